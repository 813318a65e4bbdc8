package review

import (
	"cmp"
	"slices"
	"time"

	"byline/annotate"
	"byline/articles"
)

// A Blamed decision is one that is in force: the last answer to a question about a span.
type Blamed struct {
	Entry
	Span articles.Span // in the present text, after later changes of its ends; empty if it is no longer there
	Rule string        // by which the machine proposed the claim; empty if unknown
}

// Blame returns the decisions of log that are in force: for each span that people decided
// on, the last answer about its type, ends, name, entity, speaker and cue, and all notes
// and tags. They are sorted by span, then as in the log; those whose words the text no
// longer has come last. Rules are known only for proposals of the engine of machine.
func Blame(text string, machine *annotate.Layer, log []annotate.Decision) []Blamed {
	origins := originsOf(machine)
	var all []Blamed
	for _, e := range Entries(text, log) {
		if e.Undone || verbs[e.Verb].apply == nil {
			continue
		}
		b := Blamed{Entry: e, Span: e.Target.Span}
		if e.Engine != "" && e.Engine == machine.Engine {
			b.Rule = origins[Target{e.Kind, e.Target.Span}].Rule
		}
		if e.Verb == annotate.Respan && !e.To.Empty() {
			move(all, Target{e.Kind, b.Span}, e.To.Span)
			b.Span = e.To.Span
		}
		all = append(all, b)
	}
	return sortBySpan(removeSuperseded(all))
}

// move gives the decisions about t its new span.
func move(all []Blamed, t Target, to articles.Span) {
	for i := range all {
		if (Target{all[i].Kind, all[i].Span}) == t {
			all[i].Span = to
		}
	}
}

// removeSuperseded removes decisions that a later one superseded.
func removeSuperseded(all []Blamed) []Blamed {
	type asked struct {
		question
		words string // distinguish what the text no longer has
	}
	seen := map[asked]bool{}
	erased := map[asked]bool{}
	var out []Blamed
	for i := len(all) - 1; i >= 0; i-- {
		b := all[i]
		note := asked{question{kind: b.Kind, span: b.Span}, b.Value}
		switch b.Verb {
		case annotate.Erase:
			erased[note] = true
			continue
		case annotate.Note, annotate.Tag:
			if all := (asked{question: note.question}); erased[note] || erased[all] {
				continue
			}
		}
		q, _, ok := asks(&b.Decision)
		q.span = b.Span
		a := asked{question: q}
		if b.Span.Empty() {
			a.words = b.Target.Exact
		}
		if ok && seen[a] {
			continue
		}
		seen[a] = true
		out = append(out, b)
	}
	slices.Reverse(out)
	return out
}

// sortBySpan sorts by span; decisions without one come last.
func sortBySpan(all []Blamed) []Blamed {
	slices.SortStableFunc(all, func(x, y Blamed) int {
		if x, y := x.Span.Empty(), y.Span.Empty(); x != y {
			if x {
				return 1
			}
			return -1
		}
		return cmp.Or(x.Span.Compare(y.Span), cmp.Compare(x.Kind, y.Kind))
	})
	return all
}

// originsOf returns the origins of the claims of l.
func originsOf(l *annotate.Layer) map[Target]annotate.Origin {
	out := map[Target]annotate.Origin{}
	for c := range l.Claims() {
		out[Target{c.Kind, c.Span}] = c.Origin
	}
	return out
}

// A Verdict is what one person decided about a name in an article, wherever it is there.
type Verdict struct {
	Who   string
	Words string        // the name as the text has it
	Verb  annotate.Verb // relabel: it is of Type; confirm: it stays so; reject: it is not
	Type  annotate.Type
	At    time.Time // of the last such decision
}

// Verdicts returns what people decided about the names of text and did not take back: those that they
// tagged, confirmed or rejected. What they tagged in one place only says nothing about the name
// elsewhere, so it counts as confirmed.
func Verdicts(text string, log []annotate.Decision) []Verdict {
	here := map[string]bool{} // steps about one place
	for i := range log {
		if log[i].Verb == annotate.Split {
			here[stepID(&log[i])] = true
		}
	}
	var out []Verdict
	seen := map[Verdict]int{} // without their times
	for _, b := range Blame(text, &annotate.Layer{}, log) {
		v, ok := verdictOf(&b, here[stepID(&b.Decision)])
		if !ok {
			continue
		}
		if v.Words = words(b.Span.In(text)); formOf(v.Words) != annotate.Name {
			continue
		}
		i, ok := seen[v]
		if !ok {
			i = len(out)
			seen[v], out = i, append(out, v)
		}
		if b.At.After(out[i].At) {
			out[i].At = b.At
		}
	}
	return out
}

// verdictOf returns what a decision in force says of the name at its span, still without the words and the
// time.
func verdictOf(b *Blamed, here bool) (v Verdict, ok bool) {
	v = Verdict{Who: b.Who, Verb: b.Verb, Type: annotate.Type(b.Value)}
	switch {
	case b.Kind != annotate.OfMention || b.Span.Empty() || v.Type == "":
		return v, false
	case (b.Verb == annotate.Add || b.Verb == annotate.Relabel) && here:
		v.Verb = annotate.Confirm
	case b.Verb == annotate.Add || b.Verb == annotate.Relabel:
		v.Verb = annotate.Relabel
	}
	return v, v.Verb == annotate.Relabel || v.Verb == annotate.Confirm || v.Verb == annotate.Reject
}
