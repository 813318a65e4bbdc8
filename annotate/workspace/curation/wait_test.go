package curation_test

import (
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// While the readings of an article are compared, a screen is told at once what it draws: of another article, of the same one that an
// annotator changed meanwhile, and while somebody decides there.
func TestNobodyWaitsForWhatIsCompared(t *testing.T) {
	t.Parallel()
	tm := newTeam(t, "ann", "bob", "cy")
	tm.relabel("ann", "Courier", "organization")
	for _, who := range []string{"ann", "bob"} {
		tm.do(who, review.Edit{Verb: annotate.Done})
	}
	other, err := tm.work["cy"].Add(t.Context(), &articles.Article{ID: articles.TextID("Halden left."), Title: "Halden", Format: articles.Plain, Text: "Halden left."})
	if err != nil {
		t.Fatal(err)
	}
	c := tm.curation("cy")
	before := tm.open(c)
	begun, goOn := make(chan struct{}), make(chan struct{})
	c.Before(func() {
		begun <- struct{}{}
		<-goOn
	})
	take := review.Edit{Verb: review.Take, Take: review.Taking{Who: "bob", Questions: []string{before.Asked(0)}}}
	for what, work := range map[string]func() error{
		"another article": func() error { _, err := c.Open(t.Context(), other.ID); return err },
		"a changed one":   func() error { _, err := c.Open(t.Context(), tm.a.ID); return err },
		"a decision":      func() error { _, _, err := c.Edit(t.Context(), tm.a, take); return err },
	} {
		if what != "another article" {
			tm.relabel("ann", "Ferris", map[string]string{"a changed one": "place", "a decision": "organization"}[what])
		}
		done := make(chan error, 1)
		go func() { done <- work() }()
		<-begun
		told := make(chan struct{})
		go func() {
			if c.Now(tm.a.ID) == nil || c.Barred(tm.a.ID) != nil || c.Mixed(tm.a.ID) != "" {
				t.Errorf("%s: the sitting is gone", what)
			}
			close(told)
		}()
		select {
		case <-told:
		case <-time.After(20 * time.Second):
			t.Fatalf("%s: whoever asks waits until all is compared", what)
		}
		goOn <- struct{}{}
		if err := <-done; err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
}
