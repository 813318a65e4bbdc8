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
	} {
		before, from := s.shown, len(s.log)
		s.do(c.change)
		if got := before.Say(s.log[from:]); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
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
