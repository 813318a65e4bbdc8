package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes"
	"byline/articles"
)

// A share is so many right of so many.
type share struct{ right, of int }

func (s *share) count(right bool) {
	s.of++
	if right {
		s.right++
	}
}

func (s share) plus(o share) share { return share{s.right + o.right, s.of + o.of} }

func (s share) String() string {
	return fmt.Sprintf("%5.1f %% (%d of %d)", 100*float64(s.right)/float64(max(1, s.of)), s.right, s.of)
}

// Figures are what was found of passages in marks, with the names given.
type figures struct {
	speech, other       share
	short, middle, long share // speech of 1–3, 4–7 and more words
	speaker, nobody     share // of speech that was found, somebody's or nobody's
	rules               map[string]share
	claims              []scored // what was found
}

// A scored is a quote that was found: its score, and whether it and its speaker are right.
type scored struct {
	score float64
	right bool
}

// measure tells what is found of docs, of those that are kept out or of the others.
func measure(docs []document, kept bool, list io.Writer) string {
	f := figures{rules: map[string]share{}}
	for i := range docs {
		if docs[i].kept == kept && docs[i].id != ownID {
			f.measure(&docs[i], list)
		}
	}
	return f.String()
}

// String returns a line for each figure.
func (f *figures) String() string {
	var b strings.Builder
	for _, row := range []struct {
		name  string
		share share
	}{
		{"speech", f.speech}, {"  1-3 words", f.short}, {"  4-7 words", f.middle}, {"  8 and more", f.long}, {"other", f.other},
		{"both", f.speech.plus(f.other)}, {"speaker", f.speaker}, {"nobody", f.nobody}, {"who", f.speaker.plus(f.nobody)},
	} {
		fmt.Fprintf(&b, "%-20s %v\n", row.name, row.share)
	}
	fmt.Fprintf(&b, "%-20s %5.1f %%\n%-20s %v\n", "calibration error", 100*calibrationError(f.claims), "wrong in last fifth", wrongInLastFifth(f.claims))
	for _, r := range slices.Sorted(maps.Keys(f.rules)) {
		fmt.Fprintf(&b, "%-20s %v\n", r, f.rules[r])
	}
	return b.String()
}

// measure counts what is found of d, and writes what is wrong to list.
func (f *figures) measure(d *document, list io.Writer) {
	finder := quotes.Finder{Gender: en.FirstName}
	found := finder.Find(d.doc, d.entities)
	for _, q := range found {
		if q.Type != annotate.Indirect {
			p := d.passage(q.Span)
			if p == nil { // not between double marks, which is all that is annotated
				continue
			}
			f.claims = append(f.claims, scored{q.Origin.Score, p.speech && p.speaker == q.Speaker})
		}
	}
	for i := range d.passages {
		p := &d.passages[i]
		q := taken(found, p.Span)
		if !p.speech {
			f.other.count(q == nil)
			if q != nil {
				d.list(list, "not speech", p, q)
			}
			continue
		}
		f.speech.count(q != nil)
		f.byLength(len(strings.Fields(p.In(d.doc.Text))), q != nil)
		if q == nil {
			d.list(list, "missed", p, q)
			continue
		}
		right := q.Speaker == p.speaker
		f.countSpeaker(q.Origin.Rule, p.speaker == "", right)
		if !right {
			d.list(list, "speaker", p, q)
		}
	}
}

// bins is the number of bins of the calibration error.
const bins = 10

// calibrationError returns the expected calibration error (Naeini et al. 2015): how far scores are from
// the share that is right, in the mean over ten bins of equal width.
func calibrationError(cs []scored) float64 {
	var gap [bins]float64
	for _, c := range cs {
		b := min(bins-1, int(c.score*bins))
		gap[b] += c.score
		if c.right {
			gap[b]--
		}
	}
	sum := 0.0
	for _, g := range gap {
		sum += max(g, -g)
	}
	return sum / float64(max(1, len(cs)))
}

// wrongInLastFifth returns how many of what is wrong are in the fifth with the lowest scores.
func wrongInLastFifth(cs []scored) share {
	cs = slices.Clone(cs)
	slices.SortStableFunc(cs, func(a, b scored) int { return cmp.Compare(a.score, b.score) })
	var s share
	for i, c := range cs {
		if !c.right {
			s.count(i < len(cs)/5)
		}
	}
	return s
}

// countSpeaker counts what a rule says of who speaks.
func (f *figures) countSpeaker(rule string, nobody, right bool) {
	of := f.rules[rule]
	of.count(right)
	f.rules[rule] = of
	if nobody {
		f.nobody.count(right)
	} else {
		f.speaker.count(right)
	}
}

func (f *figures) byLength(words int, found bool) {
	switch {
	case words <= 3:
		f.short.count(found)
	case words <= 7:
		f.middle.count(found)
	default:
		f.long.count(found)
	}
}

// taken returns the direct or mixed quote that covers half of what it and s cover.
func taken(qs []*annotate.Quote, s articles.Span) *annotate.Quote {
	for _, q := range qs {
		n := min(q.End, s.End) - max(q.Start, s.Start)
		if q.Type != annotate.Indirect && n > 0 && 2*n >= q.Len()+s.Len()-n {
			return q
		}
	}
	return nil
}

// list writes one error.
func (d *document) list(w io.Writer, what string, p *passage, q *annotate.Quote) {
	text := d.doc.Text
	fmt.Fprintf(w, "%s | %s", what, d.id)
	if p.speech {
		fmt.Fprintf(w, " | gold %s", d.nameOf(p.speaker))
	}
	if q != nil {
		fmt.Fprintf(w, " | found %s (%s) by %s, %s", d.nameOf(q.Speaker), q.SpeakerMention.In(text), q.Origin.Rule, q.Cue.In(text))
	}
	const around = 150
	before, after := text[max(0, p.Start-around):p.Start], text[p.End:min(len(text), p.End+around/2)]
	fmt.Fprintf(w, " | %s\n", strings.ReplaceAll(strings.ToValidUTF8(before+"[["+p.In(text)+"]]"+after, ""), "\n", "⏎"))
}

func (d *document) nameOf(id string) string {
	for i := range d.entities {
		if d.entities[i].ID == id {
			return d.entities[i].Name
		}
	}
	return "nobody"
}
