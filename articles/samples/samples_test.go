package samples_test

import (
	"slices"
	"strings"
	"testing"

	"byline/articles"
	"byline/articles/samples"
)

func all(t *testing.T) []*articles.Article {
	t.Helper()
	stories, err := samples.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return stories
}

func TestStoriesAreComplete(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, a := range all(t) {
		if err := a.Check(); err != nil {
			t.Errorf("%s: %v", a.Source, err)
		}
		if a.Title == "" || a.Author == "" || a.Site == "" || a.Date.IsZero() || !strings.HasPrefix(a.Source, "sample:") {
			t.Errorf("%s lacks something: %q, %q, %q, %v", a.Source, a.Title, a.Author, a.Site, a.Date)
		}
		if n := a.Words(); n < 350 || n > 700 {
			t.Errorf("%s has %d words", a.Source, n)
		}
		if a.Text[:len(a.Title)] != a.Title {
			t.Errorf("%s does not begin with its title %q", a.Source, a.Title)
		}
		if i := strings.IndexAny(a.Text, "\ufffd\"<>"); i >= 0 {
			t.Errorf("%s holds %.20q", a.Source, a.Text[i:])
		}
		if seen[a.ID] {
			t.Errorf("%s is there twice", a.Source)
		}
		seen[a.ID] = true
	}
}

// The stories show what a reader of news encounters.
func TestStoriesCoverHardCases(t *testing.T) {
	t.Parallel()
	stories := all(t)
	some := func(what string, holds func(*articles.Article) bool) {
		if !slices.ContainsFunc(stories, holds) {
			t.Errorf("no story has %s", what)
		}
	}
	kind := func(k articles.BlockKind, f articles.Format) func(*articles.Article) bool {
		return func(a *articles.Article) bool {
			return a.Format == f && slices.ContainsFunc(a.Blocks, func(b articles.Block) bool { return b.Kind == k })
		}
	}
	some("headings, in Markdown", kind(articles.Heading, articles.Markdown))
	some("a list", kind(articles.Item, articles.Markdown))
	some("a table", kind(articles.Row, articles.Markdown))
	some("headings, in HTML", kind(articles.Heading, articles.HTML))
	some("a block quote", func(a *articles.Article) bool {
		return slices.ContainsFunc(a.Blocks, func(b articles.Block) bool { return b.Quote > 0 })
	})
	some("links", func(a *articles.Article) bool {
		return slices.ContainsFunc(a.Inline, func(in articles.Inline) bool { return in.Target != "" })
	})
	some("single outer marks", func(a *articles.Article) bool {
		return strings.Count(a.Text, "‘") > 5 && strings.Count(a.Text, "‘") > 2*strings.Count(a.Text, "“")
	})
	some("a quote over paragraphs", func(a *articles.Article) bool {
		for i, b := range a.Blocks[1:] {
			before := a.Blocks[i].In(a.Text)
			if strings.HasPrefix(b.In(a.Text), "“") && strings.HasPrefix(before, "“") && !strings.Contains(before, "”") {
				return true
			}
		}
		return false
	})
	for _, words := range []string{"(HSA)", "Ferris & Sons", "President ", "Mr. ", "Dr. ", "ccording to", "told the", "so-called", "‘", " she said"} {
		some(words, func(a *articles.Article) bool { return strings.Contains(a.Text, words) })
	}
}
