package formats

import (
	"bytes"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/formattest"
	"byline/annotate/format/standoff"
	"byline/articles"
)

// published is an article of which everything is known.
func published() *format.Document {
	const text = "“We sold the press,” Zoë Hart said."
	a := &articles.Article{ID: articles.TextID(text), Title: "The <press>", Source: "press.html", Text: text, Site: "Northern & Wire",
		Author: "Ann Lee and Bo Gray", Date: articles.ParseDate("2026-03-09T14:05:00"), Blocks: standoff.Paragraphs(text)}
	a.Credits = articles.Credits{Authors: []string{"Ann Lee", "Bo Gray"}, URL: "https://wire.example/press?a=1&b=2", Section: "Business", Language: "en-GB", Updated: articles.Day(2026, 3, 10)}
	at := func(words string) articles.Span {
		i := strings.Index(text, words)
		return articles.Span{Start: i, End: i + len(words)}
	}
	by := annotate.Origin{Human: true, Stage: "ann", Score: 1}
	return &format.Document{Article: a, Who: "ann", Layer: &annotate.Layer{
		Entities: []annotate.Entity{{ID: "e1", Type: annotate.Person, Name: "Zoë Hart", Origin: by,
			Mentions: []annotate.Mention{{Span: at("Zoë Hart"), Type: annotate.Person, Form: annotate.Name, State: annotate.Confirmed, Origin: by}}}},
		Quotes: []*annotate.Quote{{Span: at("“We sold the press,”"), Type: annotate.Direct, Speaker: "e1", State: annotate.Confirmed, Origin: by}}}}
}

// Where and when an article was published is in every file, or counted as lost, and is read back: as precisely as its source said,
// with the zone.
func TestCredits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ published, updated string }{
		{"2026-03-09T14:05:00", "2026-03-10"}, {"2026-03", "2026-05"}, {"2026", ""}, {"2026-03-09T14:05+01:00", "2026-03-09T14:05:30Z"}, {"2026-03-09T23:30Z", ""}, {"2026-03-09T00:30-03:30", "2026-03-10T00:30:00-03:30"},
	} {
		d := published()
		d.Date, d.Updated = articles.ParseDate(c.published), articles.ParseDate(c.updated)
		t.Run(c.published, func(t *testing.T) { testCredits(t, d) })
	}
}

func testCredits(t *testing.T, d *format.Document) {
	for _, f := range Writable() {
		loss := &format.Loss{}
		files, names := formattest.Write(t, f, format.Options{Loss: loss}, d)
		counted := strings.Contains(strings.Join(loss.Lines(), "\n"), "where and when they were published, such as")
		if counted {
			continue
		}
		if f.Read == nil || f.Extension == ".csv" || f.Extension == ".tsv" { // the text is in the library
			all := bytes.Join([][]byte{files[names[0]]}, nil)
			when := d.Date.String()
			if f.Name == "markdown" { // for reading
				when = d.Date.Words()
			}
			for _, words := range []string{"wire.example/press", "Ann Lee", "Bo Gray", "Northern", when, "Wire"} {
				if !bytes.Contains(all, []byte(words)) {
					t.Errorf("%s has no %q", f.Name, words)
				}
			}
			continue
		}
		back := files.Read(t, f, loss, names)[0]
		got, want := standoff.CreditsOf(back.Article), standoff.CreditsOf(d.Article)
		if got != want {
			t.Errorf("%s: %+v\nnot %+v", f.Name, got, want)
		}
		if back.Title != d.Title {
			t.Errorf("%s: the title is %q", f.Name, back.Title)
		}
	}
}
