package corpus

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Organizations are well-known names of organizations that mean nothing else, to find labels that
// are wrong.
type Organizations struct {
	byFirst map[string][][]string // by the first word: the words of names, in no order
}

// ReadOrganizations reads the names and aliases of one owner from the list of known organizations in
// dir. A row with a note, which may be something else, is left out, and so is what another list has
// as something else, too.
func ReadOrganizations(dir string) (*Organizations, error) {
	owners := map[string]int{}
	if err := readTable(filepath.Join(dir, "knowledge", "orgs_known.tsv.gz"), func(c []string) {
		if len(c) < 7 {
			return
		}
		forms := append([]string{c[0]}, strings.Split(c[4], "|")...)
		for _, f := range append(forms, strings.Split(c[5], "|")...) {
			if owners[f]++; c[6] != "" {
				owners[f] = 2
			}
		}
	}); err != nil {
		return nil, err
	}
	if err := readTable(filepath.Join(dir, "knowledge", "forms_ambiguous.tsv.gz"), func(c []string) { owners[c[0]] = 2 }); err != nil {
		return nil, err
	}
	o := &Organizations{map[string][][]string{}}
	for f, n := range owners {
		words := strings.Fields(f)
		if len(words) > 1 && words[0] == "The" {
			words = words[1:]
		}
		if n == 1 && len(f) > 1 && (len(words) > 1 || strings.ToUpper(f) == f || len(f) > 4) {
			o.byFirst[words[0]] = append(o.byFirst[words[0]], words)
		}
	}
	return o, nil
}

// readTable calls each with the columns of each line of a gzipped table but the first.
func readTable(path string, each func([]string)) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read list: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("read list %s: %w", path, err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(make([]byte, 1<<20), 1<<24)
	lines.Scan()
	for lines.Scan() {
		each(strings.Split(lines.Text(), "\t"))
	}
	return lines.Err()
}

// Mask opens the labels of those organizations in d that have another type or none, and returns how
// many there are. A name that is a part of a longer one is left alone.
func (o *Organizations) Mask(d *Doc) (masked int) {
	for i := range d.Sentences {
		s := &d.Sentences[i]
		for t := 0; t < len(s.Words); {
			n := o.at(s.Words[t:])
			if n > 0 && s.doubtful(t, t+n) {
				for k := t; k < t+n; k++ {
					s.Labels[k] = Any
				}
				masked++
			}
			t += max(1, n)
		}
	}
	return masked
}

// at returns how many words the longest organization has that words begin with.
func (o *Organizations) at(words []string) int {
	longest := 0
	for _, name := range o.byFirst[words[0]] {
		if len(name) <= longest || len(name) > len(words) {
			continue
		}
		same := true
		for k, w := range name {
			same = same && words[k] == w
		}
		if same {
			longest = len(name)
		}
	}
	return longest
}

// doubtful reports whether the words from first to end are one name, but of no organization, or are
// no name and have no capitalized word beside them.
func (s *Sentence) doubtful(first, end int) bool {
	l := s.Labels[first]
	if l > 0 {
		return l%2 == 1 && l != Org && s.nameEnd(first) == end
	}
	for k := first; k < end; k++ {
		if s.Labels[k] > 0 {
			return false
		}
	}
	return (first == 0 || !capitalLetter(s.Words[first-1])) && (end == len(s.Words) || !capitalLetter(s.Words[end]))
}

// nameEnd returns the end of the name that starts at token t.
func (s *Sentence) nameEnd(t int) int {
	l := s.Labels[t]
	for t++; t < len(s.Labels) && s.Labels[t] == l+1; t++ {
	}
	return t
}
