package detail_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/library"
	"byline/articles"
	"byline/ui"
	"byline/ui/app"
	"byline/ui/detail"
	"byline/ui/uitest"
)

const text = "Ann Lee came. “We go on,” Lee said.\n\nNobody answered Ann Lee."

func span(s string, n int) articles.Span {
	from := 0
	for ; n > 0; n-- {
		from += strings.Index(text[from:], s) + len(s)
	}
	i := from + strings.Index(text[from:], s)
	return articles.Span{Start: i, End: i + len(s)}
}

func TestAllAboutAnEntity(t *testing.T) {
	t.Parallel()
	name := func(s string, n int) annotate.Mention { return annotate.Mention{Span: span(s, n), Form: annotate.Name} }
	l := &annotate.Layer{
		Entities: []annotate.Entity{{ID: "e1", Type: annotate.Person, Name: "Ann Lee", Mentions: []annotate.Mention{name("Ann Lee", 0), name("Lee", 1), name("Ann Lee", 1), {Span: span("We", 0), Form: annotate.Pronoun}}}, {ID: "e2", Type: annotate.Person, Name: "Bo Gray"}},
		Quotes:   []*annotate.Quote{{Span: span("“We go on,”", 0), Speaker: "e2", Also: []string{"e1"}}},
	}
	say := func(format string, args ...any) tea.Cmd { return ui.Tell(fmt.Sprintf(format, args...)) }
	m, err := app.New(app.Options{}, detail.New(context.Background(), detail.Subject{
		Article: &articles.Article{Text: text}, Layer: l,
		Go:   func(off int) tea.Cmd { return say("go %d", off) },
		Open: func(id string, off int) tea.Cmd { return say("open %s %d", id, off) },
		Elsewhere: func(context.Context) (detail.Others, error) {
			return detail.Others{
				Places: []library.Place{{Entry: library.Entry{ID: "b", Title: "Another day"}, Count: 4, Offset: 9}},
				Sayings: []detail.Saying{
					{Entry: library.Entry{ID: "c", Title: "A third day", Date: articles.Day(2026, 3, 9)}, Span: articles.Span{Start: 5, End: 9}, Text: "“No\nway”"},
				},
			}, nil
		},
	}))
	if err != nil {
		t.Fatal(err)
	}
	s, _ := uitest.Start(t, m, 80, 24)
	s.Wait(t, "person · 4 mentions · 1 quote")
	for _, want := range []string{"Ann Lee  ×2", "Lee  ×1", "“We go on,”, with Bo Gray", "Nobody answered Ann Lee.", "Another day  4 mentions", "QUOTES IN OTHER ARTICLES (1)", "2026-03-09  A third day", "  “No way”"} {
		s.Wait(t, want)
	}
	if got := s.Text(); strings.Contains(got, "We  ×1") || !strings.Contains(got, "SPELLINGS") {
		t.Errorf("a pronoun is a spelling of the name\n%s", got)
	}
	s.Type("\r")
	s.Wait(t, "go 0")
	s.Type("jj\r")
	s.Wait(t, fmt.Sprint("go ", span("“We", 0).Start))
	s.Type("G\r")
	s.Wait(t, "open b 9")
	s.Type("k\r")
	s.Wait(t, "open c 5")
}
