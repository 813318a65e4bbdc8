package review

import (
	"slices"
	"time"

	"byline/annotate"
	"byline/articles"
)

// An Event is one step of a log as people read it.
type Event struct {
	At     time.Time
	Who    string
	Did    string        // as [Result.Say] tells it
	Span   articles.Span // of its first claim, in the text it was decided on
	Note   string        // of a note
	Undone bool
}

// History returns the steps of the log, the latest first.
func (r *Result) History() []Event {
	if r.Steps == nil {
		return nil
	}
	var out []Event
	for _, st := range slices.Backward(r.Steps.All) {
		var ds []annotate.Decision
		for _, d := range st.Decisions {
			ds = append(ds, *d)
		}
		e := Event{At: ds[0].At, Who: st.Who, Did: r.Say(ds), Span: ds[0].Target.Span, Undone: st.Undone}
		if ds[0].Verb == annotate.Note {
			e.Note = ds[0].Value
		}
		out = append(out, e)
	}
	return out
}
