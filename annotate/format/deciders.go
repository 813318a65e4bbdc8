package format

import (
	"cmp"
	"slices"

	"byline/annotate"
	"byline/articles"
)

// Deciders say who decided on the claims of a document.
type Deciders struct {
	last map[place]*annotate.Decision // the last one on each claim that was not undone
	who  string                       // whose reading it is
}

// A place is what a claim is about: its kind and span.
type place struct {
	annotate.Kind
	articles.Span
}

// claiming are the verbs by which somebody stands behind a claim, or rejects it; others say what it belongs to or note
// something on it.
var claiming = []annotate.Verb{annotate.Confirm, annotate.Reject, annotate.Relabel, annotate.Respan, annotate.Add, annotate.Attribute, annotate.Cue}

// Deciders returns who decided on the claims of d, as its log says.
func (d *Document) Deciders() *Deciders {
	undone := map[string]bool{}
	for i := range d.Log {
		if x := &d.Log[i]; x.Verb == annotate.Undo || x.Verb == annotate.Redo {
			undone[x.Value] = x.Verb == annotate.Undo
		}
	}
	out := &Deciders{last: map[place]*annotate.Decision{}, who: d.Who}
	for i := range d.Log {
		x := &d.Log[i]
		if undone[cmp.Or(x.Step, x.ID)] || !slices.Contains(claiming, x.Verb) {
			continue
		}
		out.last[place{x.Kind, x.Target.Span}] = x
		if x.Verb == annotate.Respan {
			out.last[place{x.Kind, x.To.Span}] = x
		}
	}
	return out
}

// Last returns the last decision on a claim, or nil if the log has none.
func (x *Deciders) Last(k annotate.Kind, s articles.Span) *annotate.Decision {
	return x.last[place{k, s}]
}

// Name returns who made or confirmed a claim with an origin: as that says, else as the log does, else whose reading it
// is. It is empty if nothing says.
func (x *Deciders) Name(k annotate.Kind, s articles.Span, o annotate.Origin) string {
	name := ""
	if o.Human {
		name = o.Stage
	}
	if d := x.Last(k, s); d != nil {
		name = cmp.Or(name, d.Who)
	}
	return cmp.Or(name, x.who)
}
