package reader_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library"
	"byline/annotate/review"
	"byline/ui"
	"byline/ui/app"
	"byline/ui/detail"
	"byline/ui/reader"
	"byline/ui/uitest"
)

// Two people are marked as the speakers of a quote; the line, the panel and the details show both.
func TestTwoSpeakers(t *testing.T) {
	t.Parallel()
	d := &ledger{workspace: workspace{layer: layer()}, ids: review.IDs{Random: rand.NewChaCha8([32]byte{})}}
	d.now = review.Apply(story, d.layer, nil)
	lib := &stock{pos: library.Position{Cursor: -1}}
	r := reader.New(context.Background(), reader.Services{Library: lib, Keeper: lib, Workspace: d, Detail: func(s reader.Subject) ui.Screen {
		return detail.New(context.Background(), detail.Subject{Article: s.Article, Layer: s.Layer, Entity: s.Entity, Go: s.Go})
	}}, reader.Options{Panel: true})
	m, err := app.New(app.Options{Start: func() tea.Cmd { return r.Open(reader.Request{ID: "a", Offset: -1}) }}, r)
	if err != nil {
		t.Fatal(err)
	}
	s, _ := uitest.Start(t, m, 120, 36)
	s.Wait(t, "of 8 reviewed")
	b := &bench{s, d, t}
	b.at("}", "direct quote 1 of 2 · Marta Quill ·")
	b.costs(3, "@+2", "attribute [“We sold the press,”] → [she] direct")
	b.Wait(t, "direct quote 1 of 2 · Marta Quill and Tom Ferris · confirmed")
	b.Wait(t, "● Marta Quill and Tom Ferris") // the panel's row

	b.at("i", "Details of")
	b.at("2", "person · 1 mention · 1 quote")
	b.Wait(t, "“We sold the press,”, with Marta Quill")
	b.at("q", "direct quote 1 of 2")
	b.at("@", "● Marta Quill")
	b.at("+3", "Halden Media, Marta Quill and Tom Ferris · confirmed") // + keeps those who say it
	b.at("u", "direct quote 1 of 2 · Marta Quill and Tom Ferris")
	b.at("u", "direct quote 1 of 2 · Marta Quill · suggested, 80%")
	b.at("i", "person · 3 mentions · 2 quotes") // one speaker is not asked for
	if strings.Contains(b.Text(), ", with ") {
		t.Error("nobody says it with her")
	}
}
