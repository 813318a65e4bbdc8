package review

import (
	"cmp"
	"slices"

	"byline/annotate"
	"byline/articles"
)

// A Blamed decision is one that stands: who said last what a stretch of text is.
type Blamed struct {
	Entry
	Span articles.Span // of the text now, after later changes of its ends; empty where the text no longer has it
	Rule string        // by which the machine proposed what was decided on; empty where that is not known
}

// Blame returns for the spans that people decided on the last standing answer to each
// question: its type, its ends, its name, whose it is, who says it; and all notes and
// tags. They are in the order of the text, and of one span in that of the log; those
// whose words the text no longer has come last. The rule of a proposal is told where
// machine is of the engine that made it.
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
	return inText(lastOnly(all))
}

// move gives the decisions about t the span that it has from now on.
func move(all []Blamed, t Target, to articles.Span) {
	for i := range all {
		if (Target{all[i].Kind, all[i].Span}) == t {
			all[i].Span = to
		}
	}
}

// lastOnly leaves out the decisions that a later one answered anew.
func lastOnly(all []Blamed) []Blamed {
	type asked struct {
		question
		words string // tell apart what the text no longer has
	}
	seen := map[asked]bool{}
	var out []Blamed
	for i := len(all) - 1; i >= 0; i-- {
		b := all[i]
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

// inText sorts by span, without any last.
func inText(all []Blamed) []Blamed {
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

// originsOf returns where the claims of l come from.
func originsOf(l *annotate.Layer) map[Target]annotate.Origin {
	out := map[Target]annotate.Origin{}
	for c := range l.Claims() {
		out[Target{c.Kind, c.Span}] = c.Origin
	}
	return out
}
