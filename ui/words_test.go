package ui_test

import (
	"testing"

	"byline/ui"
)

func TestQuoted(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"A wall": "“A wall”", "“I correct in pencil”": "“‘I correct in pencil’”", "He said “no” twice": "“He said ‘no’ twice”", "": "“”",
	} {
		if got := ui.Quoted(words); got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
}

func TestNewArticles(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "No new articles", 1: "1 new article", 12: "12 new articles"} {
		if got := ui.NewArticles(n); got != want {
			t.Errorf("%d: %s, not %s", n, got, want)
		}
	}
}
