package brat

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/offsets"
	"byline/annotate/format/records"
	"byline/annotate/format/standoff"
)

// A reader collects what the lines of a file state.
type reader struct {
	*standoff.Reader
	own   bool       // byline wrote the file
	joins [][]string // IDs of one entity each
}

// read reads brat's standoff. The input is the .ann file, the text is next to it in a
// .txt file. Text-bound annotations are mentions, those of type Quote quotes. "*" lines
// of any name and relations of type Coref join mentions of one entity. Relations of type
// Speaker or Attribution lead from a quote to its speaker, those of type Cue to its cue.
// Annotator notes become notes, references tags. Events and other relations are lost.
func read(in format.Input) (*format.Document, error) {
	name := strings.TrimSuffix(filepath.Base(in.Name), filepath.Ext(in.Name))
	if in.Open == nil {
		return nil, errors.New("its text lies in a file beside it, and there is none: name a file")
	}
	text, err := beside(in, name+".txt")
	if err != nil {
		return nil, err
	}
	r := &reader{Reader: standoff.NewReader(in.Loss)}
	if err := r.lines(in); err != nil {
		return nil, err
	}
	r.join()
	d := &format.Document{Article: standoff.Article(name, text)}
	d.Layer = r.Layer(text, offsets.CodePoints)
	d.Labels, d.Own, d.Who = r.Labels(), r.own, r.Who()
	if about, err := beside(in, name+standoff.About.Extension); err == nil && r.own {
		standoff.ReadAbout(about, d.Article)
	}
	return d, d.Layer.Check(text)
}

// join makes annotations mentions of one entity, which the lines about them may precede.
func (r *reader) join() {
	for _, ids := range r.joins {
		there := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return r.Annotation(id) == nil })
		r.Loss.Add(len(ids)-len(there), "members of a group that are not in the file")
		for _, id := range there[min(1, len(there)):] {
			r.Join(there[0], id)
		}
	}
}

// beside returns the text of a file beside that of in.
func beside(in format.Input, name string) (string, error) {
	f, err := in.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, records.Limit+1))
	switch {
	case err != nil:
		return "", err
	case len(data) > records.Limit:
		return "", fmt.Errorf("%s is longer than %d bytes", name, records.Limit)
	case !utf8.Valid(data):
		return "", fmt.Errorf("%s is not UTF-8: save it as that", name)
	}
	return string(data), nil
}

func (r *reader) lines(in io.Reader) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 1<<16), 64<<20)
	n := 0
	for lines.Scan() {
		n++
		if line := strings.TrimRight(lines.Text(), "\r"); strings.TrimSpace(line) != "" {
			if err := r.line(line); err != nil {
				r.Loss.AddSuch("lines that cannot be read", fmt.Sprintf("line %d: %v", n, err))
			}
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("behind line %d: %w", n, err)
	}
	return nil
}

func (r *reader) line(line string) error {
	id, rest, _ := strings.Cut(line, "\t")
	fields, text, _ := strings.Cut(rest, "\t")
	words := strings.Fields(fields)
	if id == "" || len(words) == 0 {
		return fmt.Errorf("%.60q is no annotation", line)
	}
	if id[0] == 'E' {
		r.Loss.Add(1, "events: only mentions, entities and quotes are read")
		return nil
	}
	if len(words) < 2 {
		return fmt.Errorf("%.60q is no annotation", line)
	}
	switch id[0] {
	case 'T':
		return r.readTextBound(id, fields, text)
	case '*':
		r.joins = append(r.joins, words[1:])
	case 'R':
		return r.relation(words)
	case 'A', 'M':
		r.attribute(words)
	case '#':
		r.note(words, text)
	case 'N':
		b := r.Annotation(words[1])
		if b == nil || len(words) < 3 {
			r.Loss.Add(1, "references of what is no mention or quote")
			return nil
		}
		b.Remarks = append(b.Remarks, annotate.Remark{Text: words[2], Tag: true})
	default:
		r.Loss.Add(1, "lines of a kind that is not known: only mentions, entities and quotes are read")
	}
	return nil
}

// readTextBound reads "T1<TAB>Person 0 5;8 11<TAB>words".
func (r *reader) readTextBound(id, fields, text string) error {
	label, places, _ := strings.Cut(strings.TrimSpace(fields), " ")
	var pieces []offsets.Stretch
	for piece := range strings.SplitSeq(places, ";") {
		ends := strings.Fields(piece)
		if len(ends) != 2 {
			return fmt.Errorf("%s: %q are not offsets", id, places)
		}
		start, err := strconv.Atoi(ends[0])
		end, err2 := strconv.Atoi(ends[1])
		if err != nil || err2 != nil {
			return fmt.Errorf("%s: %q are not offsets", id, places)
		}
		pieces = append(pieces, offsets.Stretch{Start: start, End: end})
	}
	if len(pieces) == 1 {
		pieces[0].Exact = text
	}
	return r.Add(id, label, pieces...)
}

func (r *reader) relation(words []string) error {
	if len(words) < 3 {
		return fmt.Errorf("%q is not a relation", strings.Join(words, " "))
	}
	_, one, _ := strings.Cut(words[1], ":")
	_, two, _ := strings.Cut(words[2], ":")
	r.Relate(words[0], one, two)
	return nil
}

// attribute reads "A1<TAB>Negated T1".
func (r *reader) attribute(words []string) {
	if r.Annotation(words[1]) == nil || !slices.Contains(ourAttributes, words[0]) {
		r.Loss.Add(1, fmt.Sprintf("attributes %.40s", words[0]))
		return
	}
	r.Say(words[1], words[0], strings.Join(words[2:], " "))
	r.own = r.own || words[0] == "Origin"
}

// note reads "#1<TAB>AnnotatorNotes T1<TAB>words". Brat adds tabs before the words each
// time it saves them.
func (r *reader) note(words []string, text string) {
	text = strings.TrimLeft(text, "\t")
	if b := r.Annotation(words[1]); b != nil && (words[0] == "AnnotatorNotes" || words[0] == "Tag") {
		b.Remarks = append(b.Remarks, annotate.Remark{Text: text, Tag: words[0] == "Tag"})
		return
	}
	if r.Annotation(words[1]) == nil || !slices.Contains(ourNotes, words[0]) {
		r.Loss.Add(1, "notes on what is no mention or quote")
		return
	}
	r.Say(words[1], words[0], text)
}

// ourNotes are the types of notes of which a layer has the meaning, beside remarks.
var ourNotes = []string{"Name", "Type", "Decider"}

// ourAttributes are the attributes of which a layer has the meaning.
var ourAttributes = []string{"Form", "Origin", "Score"}

// databaseID matches a tag that brat takes for a reference to a database: "Wikidata:Q42".
var databaseID = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*:\S+$`)

// sniff reports whether head is the start of brat's standoff.
func sniff(head []byte) bool { return magic.Match(head) }

var magic = regexp.MustCompile(`\A(?:[TRAMN#*]\d*\t[^\t\n]+(?:\t[^\n]*)?\r?\n)*T\d+\t\S+ \d+ \d+(?:;\d+ \d+)*\t`)
