package review

import (
	"strings"
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
		{s.on(annotate.Confirm, "Tom Ferris", 0), "Confirmed “Tom Ferris”"},
		{s.typed(annotate.Add, "Adé", annotate.Person, false), "Tagged “Adé” as person"},
		{Edit{Verb: annotate.Relabel, Value: "organization", Targets: []Target{{annotate.OfMention, at(story, "Halden", 1)}}}, "Tagged “Halden” as organization, 2 mentions"},
		{Edit{Verb: annotate.Undo}, "Undone: tagged “Halden” as organization, 2 mentions"},
		{Edit{Verb: annotate.Redo}, "Redone: tagged “Halden” as organization, 2 mentions"},
		{here, "Tagged “Halden” as place"},
		{Edit{Verb: annotate.Reject, Targets: []Target{quote}}, "Rejected quote “We sold the press,”"},
		{Edit{Verb: annotate.Attribute, Targets: []Target{quote}}, "Left unattributed: quote “We sold the press,”"},
		{Edit{Verb: annotate.Tag, Value: "question", Targets: []Target{quote}}, "Flagged quote “We sold the press,”"},
		{Edit{Verb: annotate.Erase, Value: "question", Targets: []Target{quote}}, "Removed the flag from quote “We sold the press,”"},
		{Edit{Verb: annotate.Tag, Value: "claim", Targets: []Target{quote}}, "Tagged quote “We sold the press,” “claim”"},
	} {
		before, from := s.shown, len(s.log)
		s.do(c.change)
		if got := before.Say(s.log[from:]); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// A quote that somebody adds or extends says which suggested ones it replaces, and undo brings
// them back.
func TestSayReplaced(t *testing.T) {
	t.Parallel()
	all := at(story, "“We sold the press,” she said, “not the paper.”", 0)
	s := sit(t, story, machine())
	first, second := s.machine.Quotes[0].Span, s.machine.Quotes[1].Span
	for _, c := range []struct {
		edit Edit
		want string
	}{
		{Edit{Verb: annotate.Add, Value: "direct", Targets: []Target{{annotate.OfQuote, at(story, "sold the press", 0)}}}, "Replaced a suggested quote: added"},
		{Edit{Verb: annotate.Add, Value: "mixed", Targets: []Target{{annotate.OfQuote, all}}}, "Replaced 2 suggested quotes: added"},
		{Edit{Verb: annotate.Respan, Targets: []Target{{annotate.OfQuote, first}}, To: all}, "Replaced a suggested quote: added"},
		{Edit{Verb: annotate.Add, Value: "direct", Targets: []Target{{annotate.OfQuote, at(story, "was late", 0)}}}, "Added"},
		{Edit{Verb: annotate.Reject, Targets: []Target{{annotate.OfQuote, second}}}, "Added"},
		{Edit{Verb: annotate.Relabel, Value: "mixed", Targets: []Target{{annotate.OfQuote, second}}}, "Added"},
	} {
		before := s.shown
		s.do(c.edit)
		if got := before.SayReplaced("Added", s.shown.Layer, c.edit); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.edit.Verb, c.edit.Targets[0].In(story), got, c.want)
		}
		s.do(Edit{Verb: annotate.Undo})
		if qs := s.shown.Layer.Quotes; len(qs) != 2 || qs[0].Span != first || qs[1].Span != second || qs[0].State != annotate.Proposed || qs[0].Speaker == "" {
			t.Errorf("after undo of %s: %+v", c.edit.Verb, qs)
		}
	}
}

// What is said of moved ends shows the end that moved, however long the claim is.
func TestSayMoved(t *testing.T) {
	t.Parallel()
	const long = "“We had been told for years that the ferry would be replaced by a bridge.”"
	for _, c := range []struct {
		kind     annotate.Kind
		was, now string
		want     string
	}{
		{annotate.OfMention, "Steven", "Steven Hale", "Extended “Steven” to “Steven Hale”"},
		{annotate.OfMention, "Mayor Hale", "Hale", "Shortened “Mayor Hale” to “Hale”"},
		{annotate.OfMention, "the old Hale", "Hale Ltd", "Moved “the old Hale” to “Hale Ltd”"},
		{annotate.OfQuote, long, long + " she", "Extended quote “… by a bridge.” to “… by a bridge.” she”"},
		{annotate.OfQuote, "“We sold it.”", "We sold it.", "Shortened quote ““We sold it.”” to “We sold it.”"},
		{annotate.OfQuote, strings.Trim(long, "“”"), strings.Trim(long, "“”") + " by a tunnel", "Extended quote “… by a bridge.” to “… bridge. by a tunnel”"},
		{annotate.OfQuote, "Then " + strings.Trim(long, "“”"), strings.Trim(long, "“”"), "Shortened quote “Then We had been …” to “We had been told …”"},
	} {
		d := annotate.Decision{Verb: annotate.Respan, Kind: c.kind, Target: annotate.Anchor{Exact: c.was}, To: annotate.Anchor{Exact: c.now}}
		if got := (&Result{}).Say([]annotate.Decision{d}); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
