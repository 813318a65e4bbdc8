package main

import (
	"strings"
	"testing"

	"byline/articles"
)

// TestOwn checks that passages.txt has the names and passages that it marks.
func TestOwn(t *testing.T) {
	docs, err := own()
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[bool]int{}
	for i := range docs {
		d := &docs[i]
		if strings.ContainsAny(d.doc.Text, "[]{}|") {
			t.Errorf("%s: a bracket is left", d.doc.Text)
		}
		for _, p := range d.passages {
			kinds[p.speech]++
		}
		if got := len(d.examples()); got != len(d.passages) {
			t.Errorf("%s: %d passages are found, not %d", d.doc.Text, got, len(d.passages))
		}
	}
	if kinds[true] < 100 || kinds[false] < 100 {
		t.Errorf("passages by whether they are speech: %v", kinds)
	}
	for _, bad := range []string{"“Yes,” [Roth] said.", "Nothing."} {
		if _, err := sentence("xx", bad); err == nil {
			t.Errorf("two letters fit %q", bad)
		}
	}
}

func TestLine(t *testing.T) {
	l := line{ID: "a", Text: "Mr. Röth said “no” to “Low Water.”"}
	l.Entities = append(l.Entities, struct {
		ID, Type, Name string
		Mentions       []struct{ Start, End int }
	}{"e1", "PER", "Röth", []struct{ Start, End int }{{4, 8}}})
	l.Quotes = append(l.Quotes, struct {
		Start, End    int
		Kind, Speaker string
	}{14, 18, "speech", "e1"}, struct {
		Start, End    int
		Kind, Speaker string
	}{22, 34, "title", ""})
	d := l.document()
	if got := d.passages[1].In(l.Text); got != "“Low Water.”" || d.passages[1].speech || !d.passages[0].speech {
		t.Errorf("passages %v", d.passages)
	}
	m := d.entities[0].Mentions[0]
	if m.In(l.Text) != "Röth" || m.Title.In(l.Text) != "Mr." {
		t.Errorf("mention %q with title %q", m.In(l.Text), m.Title.In(l.Text))
	}
	if p := d.passage(articles.Span{Start: d.passages[0].Start + 3, End: d.passages[0].End}); p != &d.passages[0] {
		t.Error("half of a passage is not it")
	}
}
