package review

import (
	"fmt"
	"strings"
	"testing"

	"byline/annotate"
)

// told writes what is blamed, one line each.
func told(text string, bs []Blamed) string {
	var b strings.Builder
	for _, x := range bs {
		fmt.Fprintf(&b, "%q: %s %s %s %s\n", x.Span.In(text), x.Who, x.Verb, x.Value, x.Rule)
	}
	return b.String()
}

func TestBlame(t *testing.T) {
	t.Parallel()
	s := sit(t, story, machine())
	s.do(s.on(annotate.Confirm, "Tom Ferris", 0))
	s.who = "bo"
	s.do(s.typed(annotate.Relabel, "Tom Ferris", "organization", false)) // answers anew
	s.do(s.on(annotate.Reject, "Orrin Bay Courier", 0))
	s.do(Edit{Verb: annotate.Undo})
	name := s.on(annotate.Rename, "Tom Ferris", 0) // another question
	name.Value = "Ferris and Sons"
	s.do(name)
	s.who = "cy"
	ends := s.on(annotate.Respan, "Tom Ferris", 0)
	ends.To = at(story, "Tom Ferris, of Ferris & Sons", 0)
	s.do(ends)
	s.do(Edit{Verb: annotate.Attribute, Targets: []Target{{annotate.OfQuote, s.machine.Quotes[1].Span}}, To: at(story, "Quill", 1)})
	note := s.on(annotate.Note, "Halden Media", 0)
	for _, note.Value = range []string{"who?", "when?"} {
		s.do(note)
	}
	const want = `"Halden Media": cy note who? test
"Halden Media": cy note when? test
"“not the paper.”": cy attribute direct 
"Tom Ferris, of Ferris & Sons": bo relabel organization test
"Tom Ferris, of Ferris & Sons": bo rename Ferris and Sons 
"Tom Ferris, of Ferris & Sons": cy respan organization 
`
	if got := told(story, Blame(story, s.log, s.machine)); got != want {
		t.Errorf("blamed\n%s, not\n%s", got, want)
	}
	other := machine()
	other.Engine = "test-2"
	if got := told(story, Blame(story, s.log, other)); strings.Contains(got, "test") {
		t.Errorf("the rule of another engine:\n%s", got)
	}
}

func TestBlameLost(t *testing.T) {
	t.Parallel()
	s := sit(t, story, machine())
	s.do(s.on(annotate.Confirm, "Tom Ferris", 0))
	s.do(s.on(annotate.Confirm, "Marta Quill", 0))
	s.do(s.on(annotate.Confirm, "Orrin Bay Courier", 0))
	now := "Today it is said: Marta Quill, who ran something for thirty years, is gone."
	const want = `"Marta Quill": ann confirm person 
"": ann confirm person 
"": ann confirm organization 
`
	if got := told(now, Blame(now, s.log)); got != want {
		t.Errorf("blamed\n%s, not\n%s", got, want)
	}
}

// The rule of a decision is that of the layer that it was shown over; where that is not at hand, of those that have the proposal with its maker and
// score, if they agree.
func TestBlameGoesByWhatWasShown(t *testing.T) {
	t.Parallel()
	s := sit(t, story, machine())
	s.do(s.on(annotate.Confirm, "Tom Ferris", 0)) // which tells what it was shown over
	s.do(s.on(annotate.Reject, "Halden Media", 0))
	with := func(rule string, score float64, more bool) *annotate.Layer {
		l := machine()
		for _, m := range l.Mentions() {
			m.Origin.Rule, m.Origin.Score = rule, score
		}
		if more {
			l.Entities = l.Entities[:4]
		}
		return l
	}
	was := s.log[0].Score
	for _, c := range []struct {
		layers []*annotate.Layer
		want   string // of Halden Media, then of Tom Ferris
	}{
		{nil, " "},
		{[]*annotate.Layer{with("now", was, true)}, "now now"},
		{[]*annotate.Layer{with("now", was/2, false)}, " "},
		{[]*annotate.Layer{with("now", was/2, true), s.machine}, "test test"},
		{[]*annotate.Layer{with("now", was, true), s.machine}, " test"},
		{[]*annotate.Layer{with("now", was, true), with("then", was, true)}, " "},
	} {
		var rules []string
		for _, b := range Blame(story, s.log, c.layers...) {
			rules = append(rules, b.Rule)
		}
		if got := strings.Join(rules, " "); got != c.want {
			t.Errorf("%d layers: rules %q, not %q", len(c.layers), got, c.want)
		}
	}
}
