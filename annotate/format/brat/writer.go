package brat

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"
	"unicode"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/escape"
	"byline/annotate/format/offsets"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// write writes brat's standoff for the text of d (Stenetorp et al. 2012):
//
//	T1	Person 0 11	Marta Quill       mentions, Quote and Cue; offsets in code points
//	*	Coref T1 T4                   mentions of one entity
//	R1	Speaker Arg1:T5 Arg2:T4       from a quote to each speaker, SpeakerEntity if that mention does not name it there;
//	                                SpeakerMention, to other words that do; Cue, to its cue
//	A1	Form T4 pronoun               form of a mention, type of a quote
//	A2	Origin T1 human               who made the claim: human or machine
//	A3	Score T1 0.93                 of a machine's claim
//	#1	AnnotatorNotes T1	a note
//	#2	Name T1	Marta B. Quill        of an entity, unless it is the default; likewise Type
//	#3	Decider T1	ann                who made the claim, if that is known
//	N1	Reference T1 Wikidata:Q42     a tag of that form
//
// A span over a line end is written in fragments. What a person rejected is left out.
func write(w io.Writer, d *format.Document, o format.Options) error {
	l := d.Layer
	out := &writer{Writer: bufio.NewWriter(w), loss: o.Loss, labels: d.Labels, text: d.Text, points: offsets.NewPoints(d.Text), remarks: standoff.RemarksOf(l), deciders: d.Deciders()}
	at := map[standoff.Naming]string{} // the T of a mention
	for i := range l.Entities {
		out.entity(&l.Entities[i], at)
	}
	for _, q := range l.Quotes {
		if q.State != annotate.Rejected {
			out.quote(q, l, at)
		}
	}
	return out.Flush()
}

type writer struct {
	*bufio.Writer
	loss               *format.Loss
	labels             map[annotate.Type]string
	text               string
	points             *offsets.Points
	bounds, rels, atts int
	notes, refs        int
	remarks            standoff.Remarks // not yet written
	deciders           *format.Deciders
}

func (w *writer) entity(e *annotate.Entity, at map[standoff.Naming]string) {
	var ids []string
	for _, m := range e.Mentions {
		if m.State == annotate.Rejected {
			continue
		}
		label := format.OwnLabel(e.Type, cmp.Or(ascii(w.labels[e.Type]), ascii(standoff.Label(e.Type))))
		id := w.writeTextBound(label, m.Span)
		if m.Form != annotate.Name {
			w.attribute("Form", id, string(m.Form))
		}
		if standoff.TypeSpelled(label) != e.Type {
			w.note("Type", id, format.OwnLabel(e.Type, string(e.Type)))
		}
		if len(ids) == 0 && e.Name != standoff.LongestName(e, w.text) {
			w.note("Name", id, e.Name)
		}
		w.describe(id, annotate.OfMention, m.Span, standoff.By(m.State, m.Origin))
		ids = append(ids, id)
		if n := (standoff.Naming{Entity: e.ID, Span: m.Span}); at[n] == "" {
			at[n] = id
		}
	}
	if len(ids) > 1 {
		fmt.Fprintf(w, "*\tCoref %s\n", strings.Join(ids, " "))
	}
}

func (w *writer) quote(q *annotate.Quote, l *annotate.Layer, at map[standoff.Naming]string) {
	id := w.writeTextBound("Quote", q.Span)
	w.attribute("Form", id, string(q.Type))
	w.describe(id, annotate.OfQuote, q.Span, standoff.By(q.State, q.Origin))
	speakers := standoff.Speakers(l, q, w.text)
	for _, s := range speakers {
		w.relation(s.Relation, id, at[s.Naming()])
	}
	if named := standoff.SpeakerWords(q, speakers); !named.Empty() {
		w.relation(standoff.SpeakerMention, id, w.writeTextBound(standoff.SpeakerMention, named))
	}
	if !q.Cue.Empty() {
		w.relation("Cue", id, w.writeTextBound("Cue", q.Cue))
	}
}

// ascii returns a label as brat's configuration allows it: with letters and digits of ASCII, "-" and "_".
func ascii(label string) string {
	return strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' {
			return '_'
		}
		return r
	}, label)
}

// describe writes who made a claim, and the remarks about it.
func (w *writer) describe(id string, k annotate.Kind, s articles.Span, by standoff.Provenance) {
	origin, score := by.Words()
	w.attribute("Origin", id, origin)
	if origin == standoff.Machine && score != "" {
		w.attribute("Score", id, score)
	}
	if who := standoff.DeciderOf(w.deciders, k, s, by); who != "" {
		w.note("Decider", id, who)
	}
	for _, r := range w.remarks.Take(k, s) {
		switch {
		case r.Tag && databaseID.MatchString(r.Text):
			w.refs++
			fmt.Fprintf(w, "N%d\tReference %s %s\t%s\n", w.refs, id, r.Text, escape.Line(s.In(w.text)))
		case r.Tag:
			w.note("Tag", id, r.Text)
		default:
			w.note("AnnotatorNotes", id, r.Text)
		}
	}
}

func (w *writer) note(name, id, text string) {
	w.notes++
	w.loss.Add(strings.Count(text, "\n")+strings.Count(text, "\t"), "line ends and tabs in notes: a note is one line")
	fmt.Fprintf(w, "#%d\t%s %s\t%s\n", w.notes, name, id, escape.Line(text))
}

// writeTextBound writes a text-bound annotation and returns its ID.
func (w *writer) writeTextBound(label string, s articles.Span) string {
	w.bounds++
	id := fmt.Sprintf("T%d", w.bounds)
	var offsets, words []string
	for _, f := range fragments(w.text, s) {
		offsets = append(offsets, fmt.Sprintf("%d %d", w.points.Of(f.Start), w.points.Of(f.End)))
		words = append(words, f.In(w.text))
	}
	fmt.Fprintf(w, "%s\t%s %s\t%s\n", id, label, strings.Join(offsets, ";"), strings.Join(words, " "))
	return id
}

func (w *writer) relation(name, one, two string) {
	w.rels++
	fmt.Fprintf(w, "R%d\t%s Arg1:%s Arg2:%s\n", w.rels, name, one, two)
}

func (w *writer) attribute(name, id, value string) {
	w.atts++
	fmt.Fprintf(w, "A%d\t%s %s %s\n", w.atts, name, id, value)
}

// fragments splits s at line ends and trims white space.
func fragments(text string, s articles.Span) []articles.Span {
	var out []articles.Span
	at := s.Start
	for line := range strings.SplitSeq(s.In(text), "\n") {
		f := articles.Span{Start: at, End: at + len(line)}
		at = f.End + 1
		f.Start += len(line) - len(strings.TrimLeftFunc(line, unicode.IsSpace))
		f.End -= len(line) - len(strings.TrimRightFunc(line, unicode.IsSpace))
		if f.Start < f.End {
			out = append(out, f)
		}
	}
	return out
}
