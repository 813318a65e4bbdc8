package curation_test

import (
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// An annotator learns what was settled otherwise than they had it, by whom and why; what is open, and what they had as it
// was settled, is no change.
func TestChanges(t *testing.T) {
	t.Parallel()
	tm := newTeam(t, "ann", "bob", "cy")
	tm.relabel("ann", "Courier", "organization")
	tm.relabel("bob", "Courier", "place")
	tm.relabel("bob", "Ferris", "organization")
	for _, who := range []string{"ann", "bob"} {
		tm.do(who, review.Edit{Verb: annotate.Done})
	}
	c := tm.curation("cy")
	if got := tm.open(c).Changes("bob"); got != nil {
		t.Errorf("nothing is settled, and %+v", got)
	}
	tm.take(c, "ann", 0)
	courier := strings.Index(text, "Courier")
	note := review.Edit{Verb: annotate.Note, Value: "A newspaper.", Targets: []review.Target{{Kind: annotate.OfMention, Span: articles.Span{Start: courier, End: courier + 7}}}}
	if _, _, err := c.Edit(t.Context(), tm.a, note); err != nil {
		t.Fatal(err)
	}
	s := tm.open(c)
	if got := s.Changes("ann"); got != nil {
		t.Errorf("it was settled as ann has it, and %+v", got)
	}
	got := s.Changes("bob")
	if len(got) != 1 || got[0].Asks != "What is “Courier”?" || got[0].Was != "place" || got[0].Now != "organization" ||
		!slices.Equal(got[0].By, []string{"cy"}) || !slices.Equal(got[0].Because, []string{"A newspaper."}) {
		t.Errorf("%+v", got)
	}
	if got := s.Changes("dora"); got != nil {
		t.Errorf("of somebody else: %+v", got)
	}
	// Neither reading: both have it otherwise.
	tm.take(c, "", 1)
	s = tm.open(c)
	if a, b := s.Changes("ann"), s.Changes("bob"); len(a) != 1 || len(b) != 2 || a[0].Now != "not marked" || b[1].Was != "organization" {
		t.Errorf("ann: %+v\nbob: %+v", a, b)
	}
}
