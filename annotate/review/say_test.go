package review

import (
	"testing"

	"byline/annotate"
)

func TestSay(t *testing.T) {
	t.Parallel()
	s := sit(t, story, machine())
	quote := Target{annotate.OfQuote, s.machine.Quotes[0].Span}
	here := s.on(annotate.Relabel, "Halden", 2)
	here.Value, here.Here = "place", true
	for _, c := range []struct {
		change Edit
		want   string
	}{
		{s.on(annotate.Confirm, "Tom Ferris", 0), "“Tom Ferris” confirmed"},
		{s.typed(annotate.Add, "Adé", annotate.Person, false), "“Adé” is a person"},
		{Edit{Verb: annotate.Relabel, Value: "organization", Targets: []Target{{annotate.OfMention, at(story, "Halden", 1)}}}, "“Halden” is an organization, in 2 places"},
		{Edit{Verb: annotate.Undo}, "undone: “Halden” is an organization, in 2 places"},
		{Edit{Verb: annotate.Redo}, "done again: “Halden” is an organization, in 2 places"},
		{here, "“Halden” is a place"},
		{Edit{Verb: annotate.Reject, Targets: []Target{quote}}, "the quote We sold the press, rejected"},
		{Edit{Verb: annotate.Attribute, Targets: []Target{quote}}, "the quote We sold the press, has no speaker"},
	} {
		before, from := s.shown, len(s.log)
		s.do(c.change)
		if got := before.Say(s.log[from:]); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
