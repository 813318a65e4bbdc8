package eval

import (
	"reflect"
	"testing"

	"byline/annotate"
	"byline/articles"
)

// Speech is found where a direct or mixed quote covers half of it, and so are titles and scare words
// that are taken for speech; of a found one the speaker counts, nobody too.
func TestPassages(t *testing.T) {
	t.Parallel()
	const text = `“One, ” said Ann. “Two, two.” “Three.” “Four.” “Five.” “Six” and “Seven” and “Eight”`
	g := &reading{text: text}
	g.entity("a", annotate.Person, "Ann")
	g.quote(annotate.Direct, "a", "“One, ”")
	g.quote(annotate.Direct, "a", "“Two, two.”")
	g.quote(annotate.Direct, "a", "“Three.”")
	g.quote(annotate.Direct, "", "“Four.”")
	g.quote(annotate.Direct, "", "“Five.”")
	d := &Doc{Text: text, Gold: g.Layer, Has: Passages, NonQuotes: []NonQuote{{g.span("“Six”"), "title"}, {g.span("“Seven”"), "title"}, {g.span("“Eight”"), "scare"}}}
	m := &reading{text: text}
	m.entity("e1", annotate.Person, "Ann")
	m.entity("e2", annotate.Other, "Two")
	m.quote(annotate.Direct, "e1", "“One, ”")
	m.quote(annotate.Mixed, "e2", "“Two, t")
	m.quote(annotate.Direct, "", "Three.” “Four.”") // one quote, two passages
	m.quote(annotate.Indirect, "e1", "“Five.”")
	m.quote(annotate.Mixed, "e1", "“Seven”")
	m.quote(annotate.Mixed, "e1", "ht”") // less than half
	r := Score(d, engineOf(&m.Layer), true).Report(false, false)
	if want := []TypeShare{{"speech", shareOf(4, 5)}, {"title", shareOf(1, 2)}, {"scare", shareOf(1, 1)}, {"no speech", shareOf(2, 3)}, {"both", shareOf(6, 8)}}; !reflect.DeepEqual(r.Passages, want) {
		t.Errorf("passages %v, want %v", r.Passages, want)
	}
	if want := []TypeShare{{"the right speaker", shareOf(1, 3)}, {"another speaker", shareOf(1, 3)}, {"nobody, wrongly", shareOf(1, 3)}, {"nobody, rightly", shareOf(1, 1)}, {"a speaker, wrongly", shareOf(0, 1)}}; !reflect.DeepEqual(r.Speakers, want) {
		t.Errorf("speakers %v, want %v", r.Speakers, want)
	}
	var errors []string
	for _, e := range r.Errors {
		errors = append(errors, e.What+": "+e.Gold)
	}
	if want := []string{"speaker Two: Ann", "speaker nobody: Ann", "missed speech: nobody", "not speech: title"}; !reflect.DeepEqual(errors, want) {
		t.Errorf("errors %q, want %q", errors, want)
	}
}

// A quote covers the passages that are nested in it, and is none of them.
func TestNestedPassages(t *testing.T) {
	t.Parallel()
	span := func(start, end int) *annotate.Quote {
		return &annotate.Quote{Span: articles.Span{Start: start, End: end}}
	}
	gold := []*annotate.Quote{span(0, 40)}
	inner := articles.Span{Start: 10, End: 20}
	if f := quoteAt(inner, gold, []*annotate.Quote{span(0, 40)}); f != nil {
		t.Errorf("the outer quote %v is found at %v", f.Span, inner)
	}
	if f := quoteAt(inner, gold, []*annotate.Quote{span(0, 40), span(10, 18)}); f == nil || f.End != 18 {
		t.Errorf("the nested quote is not found")
	}
	if f := quoteAt(inner, nil, []*annotate.Quote{span(0, 40)}); f == nil {
		t.Errorf("a longer quote that covers a passage is not found at it")
	}
}
