package engine

import (
	"fmt"
	"strings"
	"testing"

	"byline/annotate"
	"byline/articles"
)

func TestWhy(t *testing.T) {
	t.Parallel()
	l := open(t).Annotate(story, nil)
	said := func(k annotate.Kind, s articles.Span) string {
		var out []string
		for _, r := range open(t).Why(story, l, k, s) {
			if r.Says == "" {
				t.Errorf("rule %q says nothing", r.Origin.Rule)
			}
			words := []string{}
			for _, w := range r.Words {
				words = append(words, w.In(story))
			}
			out = append(out, fmt.Sprintf("%s: %s %s", r.Of, strings.Join(words, ","), strings.Join(r.Notes, ",")))
		}
		return strings.Join(out, "\n")
	}
	if got, want := said(annotate.OfQuote, l.Quotes[0].Span), "the quote: she,said \nthe speaker:  Marta Quill, 2 mentions,she stands for the name"; got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
	first := said(annotate.OfMention, l.Entities[0].Mentions[0].Span)
	if !strings.HasPrefix(first, "the name: ") || !strings.Contains(first, "“Marta” is in the lists as a first name") {
		t.Errorf("got %q", first)
	}
	if open(t).Why(story, l, annotate.OfQuote, articles.Span{Start: 1, End: 2}) != nil {
		t.Error("a reason for no quote")
	}
	for _, e := range l.Entities {
		for _, m := range e.Mentions {
			said(annotate.OfMention, m.Span)
		}
	}
}
