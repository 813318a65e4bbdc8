package report

import (
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/format"
	"byline/articles"
)

// The web page says in what the chart counts, marks every type alike in text and list, and says who decided
// what and when; a decision that was undone is nobody's.
func TestHTMLSaysWho(t *testing.T) {
	t.Parallel()
	text := "Ann Lee of Oslo said “we go”, and Bo Gray said “so do all of us”. Nordic talks began."
	at := func(words string) articles.Span {
		i := strings.Index(text, words)
		return articles.Span{Start: i, End: i + len(words)}
	}
	entity := func(id string, typ annotate.Type, name string, st annotate.State) annotate.Entity {
		return annotate.Entity{ID: id, Type: typ, Name: name, Mentions: []annotate.Mention{{Span: at(name), Type: typ, Form: annotate.Name, State: st, Origin: annotate.Origin{Stage: "names", Score: .9}}}}
	}
	day := func(n int) time.Time { return time.Date(2026, 3, n, 9, 0, 0, 0, time.UTC) }
	on := func(id, who string, n int, v annotate.Verb, words string) annotate.Decision {
		return annotate.Decision{ID: id, Step: id, Who: who, At: day(n), Verb: v, Kind: annotate.OfMention, Target: annotate.Anchor{Span: at(words), Exact: words}}
	}
	d := &format.Document{
		Article: &articles.Article{Title: "Talks", Text: text, Source: "/home/ann/private/talks.txt", Date: articles.DateAt(day(1), articles.ToSecond, "")},
		Layer: &annotate.Layer{
			Entities: []annotate.Entity{
				entity("e1", annotate.Person, "Ann Lee", annotate.Confirmed), entity("e2", annotate.Person, "Bo Gray", annotate.Proposed),
				entity("e3", annotate.Place, "Oslo", annotate.Proposed), entity("e4", annotate.Other, "Nordic", annotate.Proposed),
			},
			Quotes: []*annotate.Quote{{Span: at("“we go”"), Type: annotate.Direct, Speaker: "e1"}, {Span: at("“so do all of us”"), Type: annotate.Direct, Speaker: "e2"}},
		},
		Log: []annotate.Decision{
			on("1", "cy", 2, annotate.Confirm, "Ann Lee"), on("2", "ann", 3, annotate.Confirm, "Ann Lee"), on("3", "bo", 4, annotate.Confirm, "Ann Lee"),
			{ID: "4", Step: "4", Who: "bo", At: day(5), Verb: annotate.Undo, Value: "3"},
		},
	}
	var b strings.Builder
	if err := writeHTML(&b, d, format.Options{}); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, want := range []string{
		`class="value">5 words</text>`, `class="value">2 words</text>`, "Ann Lee, person, set by ann, 3 March 2026", "Bo Gray, person, suggested, 90%",
		"talks.txt", `<time datetime="2026-03-01T09:00:00">1 March 2026`, "Decisions: cy, 1 (2 March 2026); ann, 1 (3 March 2026); bo, 2 (4 March 2026 to 5 March 2026)",
		`<a class="other machine" href="#e4-1">Nordic</a>`, `class="place machine"`, `<mark class="other human">other</mark>`, "dotted lines: suggested",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(page, "private") {
		t.Error("the folder of the source is in it")
	}
	for _, typ := range []string{"person", "place", "other"} {
		if !strings.Contains(page, "mark."+typ+" { text-decoration-color") {
			t.Errorf("%s has no line of its own", typ)
		}
	}
}
