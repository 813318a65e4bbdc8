package output

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/articles"
)

// hostile is an article with decisions by someone who tries to control the terminal.
func hostile() *workspace.Document {
	const text = "Zoë 😀 met Quill."
	at := time.Date(2026, 11, 23, 14, 5, 6, 0, time.UTC)
	quill := review.Anchor(text, articles.Span{Start: 14, End: 19})
	gone := annotate.Anchor{Span: quill.Span, Exact: "Ferris\x1b[2J & Sons"}
	log := []annotate.Decision{
		{ID: "1", At: at, Who: "ann\x1b]0;x\a", Verb: annotate.Relabel, Kind: annotate.OfMention, Target: quill, Value: "wit\u202eness", Engine: "old\x1b-1", Score: .5},
		{ID: "2", At: at, Who: "bo\nlee", Verb: annotate.Reject, Kind: annotate.OfMention, Target: gone},
		{ID: "3", Who: strings.Repeat("cy", 40), Verb: annotate.Note, Kind: annotate.OfMention, Target: quill, Value: strings.Repeat("no\u009b ", 60)},
		{ID: "4", Verb: annotate.Undo, Value: "3"},
	}
	a := &articles.Article{ID: "5d1c", Text: text}
	return &workspace.Document{Document: format.Document{Article: a, Log: log}, Machine: &annotate.Layer{}, Result: review.Apply(text, &annotate.Layer{}, log)}
}

// Other people's decisions reach a terminal only as text, on lines no wider than it.
func TestDecisionTables(t *testing.T) {
	t.Setenv("TZ", "UTC")
	for _, width := range []int{80, 120} {
		var log, blame strings.Builder
		if err := LogTable(&log, hostile(), width, time.Local); err != nil {
			t.Fatal(err)
		}
		if err := BlameTable(&blame, hostile(), review.Blame(hostile().Text, hostile().Log), width, time.Local); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(log.String(), "\n"); n != 5 {
			t.Errorf("%d lines of a log:\n%s", n, log.String())
		}
		if n := strings.Count(blame.String(), "\n"); n != 3 || !strings.HasSuffix(blame.String(), " (gone)\n") {
			t.Errorf("%d lines of blame:\n%s", n, blame.String())
		}
		for line := range strings.Lines(log.String() + blame.String()) {
			line = strings.TrimSuffix(line, "\n")
			if strings.ContainsAny(line, "\x1b\a\u202e\u009b") || ansi.StringWidth(line) > width {
				t.Errorf("%d cells: %q", ansi.StringWidth(line), line)
			}
		}
	}
}
