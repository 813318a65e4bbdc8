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

// on returns the n-th place of words in the text, counted from 0, as what an edit is about.
func on(kind annotate.Kind, words string, n int) []review.Target {
	at := strings.Index(text, words)
	for range n {
		at += len(words) + strings.Index(text[at+len(words):], words)
	}
	return []review.Target{{Kind: kind, Span: articles.Span{Start: at, End: at + len(words)}}}
}

// What a curator settled is told, and nothing that follows from what is open: a quote has its speaker, whatever that is.
func TestOnlyWhatWasSettledIsTold(t *testing.T) {
	t.Parallel()
	for _, who := range []string{"Quill", "Ferris", "Halden"} {
		tm := newTeam(t, "ann", "bob", "cy")
		for _, name := range []string{"ann", "bob"} {
			tm.do(name, review.Edit{Verb: annotate.Add, Value: "direct", Targets: on(annotate.OfQuote, "“We sold it,”", 0)})
			tm.do(name, review.Edit{Verb: annotate.Attribute, Targets: on(annotate.OfQuote, "“We sold it,”", 0), To: on("", who, 1)[0].Span})
		}
		tm.relabel("ann", "Courier", "organization")
		tm.do("ann", review.Edit{Verb: annotate.Relabel, Value: "organization", Targets: on(annotate.OfMention, who, 1)})
		for _, name := range []string{"ann", "bob"} {
			tm.do(name, review.Edit{Verb: annotate.Done})
		}
		c := tm.curation("cy")
		s := tm.open(c)
		if len(s.Questions) != 2 {
			t.Fatalf("%s: %d questions", who, len(s.Questions))
		}
		tm.take(c, "ann", 0) // about the Courier
		s = tm.open(c)
		if a, b := s.Changes("ann"), s.Changes("bob"); len(a) != 0 || len(b) != 1 || b[0].Asks != "What is “Courier”?" {
			t.Errorf("%s:\nann: %+v\nbob: %+v", who, a, b)
		}
		if q := s.Reading().Quotes; len(q) != 1 || q[0].Speaker == "" || s.Reading().Entity(q[0].Speaker).Type != annotate.Other {
			t.Errorf("%s: %+v", who, q)
		}
	}
}

// Whom a report names is who decided what is settled, not who decided something else on the same words before.
func TestWhoSettledIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		carol, dora, want string // whose answers they take
	}{
		{"ann", "bob", "dora"},
		{"bob", "ann", "dora"},
		{"ann", "ann", "carol dora"},
		{"", "bob", "dora"},
		{"bob", "", "dora"},
	} {
		tm := newTeam(t, "ann", "bob", "carol", "dora")
		tm.relabel("ann", "Courier", "organization")
		tm.relabel("bob", "Courier", "place")
		for _, who := range []string{"ann", "bob"} {
			tm.do(who, review.Edit{Verb: annotate.Done})
		}
		tm.take(tm.curation("carol"), c.carol, 0)
		tm.take(tm.curation("dora"), c.dora, 0)
		s := tm.open(tm.curation("dora"))
		all := append(s.Changes("ann"), s.Changes("bob")...)
		if len(all) == 0 {
			t.Errorf("%+v: nothing is told", c)
		}
		for _, ch := range all {
			if got := strings.Join(ch.By, " "); got != c.want {
				t.Errorf("%+v: %s settled it as %s", c, got, ch.Now)
			}
		}
	}
}
