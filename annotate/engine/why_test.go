package engine

import (
	"fmt"
	"slices"
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
	if got, want := said(annotate.OfQuote, l.Quotes[0].Span), "the quote: she,said \nthe speaker:  Marta Quill, 2 mentions,“she” refers to this name"; got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
	first := said(annotate.OfMention, l.Entities[0].Mentions[0].Span)
	if !strings.HasPrefix(first, "the name: ") || !strings.Contains(first, "“Marta” is listed as a first name") {
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

// Of a quote that two said, both are speakers, with the words that name them.
func TestWhyTwoSpeakers(t *testing.T) {
	t.Parallel()
	const text = "Ames spoke. Tom Lee and Ames said they were “not done.”"
	span := func(words string, from int) articles.Span {
		i := from + strings.Index(text[from:], words)
		return articles.Span{Start: i, End: i + len(words)}
	}
	mention := func(s articles.Span) annotate.Mention {
		return annotate.Mention{Span: s, Form: annotate.Name, Type: annotate.Person}
	}
	lee, ames := span("Tom Lee", 0), span("Ames", 5)
	l := &annotate.Layer{
		Entities: []annotate.Entity{
			{ID: "e1", Type: annotate.Person, Name: "Ames", Mentions: []annotate.Mention{mention(span("Ames", 0)), mention(ames)}},
			{ID: "e2", Type: annotate.Person, Name: "Tom Lee", Mentions: []annotate.Mention{mention(lee)}},
		},
		Quotes: []*annotate.Quote{{Span: span("“not done.”", 0), Type: annotate.Mixed, Speaker: "e2", Also: []string{"e1"}, SpeakerMention: lee, Cue: span("said", 0)}},
	}
	rs := open(t).Why(text, l, annotate.OfQuote, l.Quotes[0].Span)
	if len(rs) != 3 || rs[1].Of != "a speaker" || rs[2].Of != "a speaker" || rs[2].Notes[0] != "Ames, 2 mentions" {
		t.Fatalf("%+v", rs)
	}
	if want := []articles.Span{lee, ames, span("said", 0)}; !slices.Equal(rs[0].Words, want) {
		t.Errorf("it rests on %v, not %v", rs[0].Words, want)
	}
}

// Two stages have a rule called surname: why somebody is one person is said in the words of the stage
// that grouped her.
func TestWhyOfTheOwnStage(t *testing.T) {
	t.Parallel()
	const text = "Marta Quill sold it. Ms. Quill left."
	e := open(t)
	l := e.Annotate(text, nil)
	for _, want := range []struct{ stage, rule, says string }{
		{"people", "surname", "The same surname as someone named in full."},
		{"names", "surname", "Somebody with this surname is named in full in the article."},
	} {
		l.Entities[0].Origin = annotate.Origin{Stage: want.stage, Rule: want.rule}
		rs := e.Why(text, l, annotate.OfMention, l.Entities[0].Mentions[0].Span)
		if len(rs) != 2 || rs[1].Says != want.says {
			t.Errorf("%s: %+v", want.stage, rs)
		}
	}
}
