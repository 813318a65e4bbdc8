package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"byline/articles"
)

func TestLines(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 100_000)
	var got []string
	for l := range linesUpTo(t.Context(), strings.NewReader("one\n\n  \ntwo\r\n"+long+"\n"+long[:70_000]+"\nlast"), 80_000) {
		switch {
		case errors.Is(l.Err, errLong):
			got = append(got, "too long")
		case l.Err != nil:
			t.Errorf("line %d: %v", l.Line, l.Err)
		default:
			got = append(got, string(l.line[:min(4, len(l.line))]))
		}
	}
	if want := []string{"one", "two\r", "too long", "xxxx", "last"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// A stream that breaks yields what came before and then the error, once.
func TestLinesOfABrokenStream(t *testing.T) {
	t.Parallel()
	broken := errors.New("cable pulled")
	var got []string
	for l := range linesUpTo(t.Context(), io.MultiReader(strings.NewReader("one\ntw"), iotest.ErrReader(broken)), 100) {
		if l.Err != nil && !errors.Is(l.Err, broken) {
			t.Errorf("%v", l.Err)
		}
		got = append(got, string(l.line))
	}
	if want := []string{"one", "tw"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// show tells an article in one line.
func show(a *articles.Article, err error) string {
	if err != nil {
		return err.Error()
	}
	return strings.TrimRight(strings.Join([]string{a.ID, a.Title, a.Author, a.Site, a.Source, a.Date.String(), a.Text}, "|"), "|")
}

func TestLinesOfJSON(t *testing.T) {
	t.Parallel()
	mapped := Columns{Text: "data.body", Title: "head", ID: "n"}
	for _, x := range []struct {
		line string
		by   Columns
		want string
	}{
		{`{"id": 12.50, "title": "A", "text": "Some words.", "more": [1]}`, Columns{}, "12.50|A|||||Some words."},
		{`{"id": "a\u0041", "body": "x", "headline": "B\u001b[31m", "url": "https://e.org/1", "authors": ["Ann Lee", "Bo Gray"], "date": "2026-03-09T10:00:00Z", "publisher": "The Wire"}`, Columns{},
			"aA|B\ufffd[31m|Ann Lee and Bo Gray|The Wire|https://e.org/1|2026-03-09T10:00:00Z|x"},
		{`{"n": 7, "id": 8, "text": "no", "head": "C", "data": {"body": "yes"}}`, mapped, "7|C|||||yes"},
		{`{"text": "no"}`, mapped, `no "data.body", which should hold the text`},
		{`{"id": 1}`, Columns{}, `no object with a text: none of "text", "body", "content"`},
		{`[]`, Columns{}, "it is a JSON array, not an object"},
		{`{`, Columns{}, "not JSON: it ends in the middle"},
		{`{"text": x}`, Columns{}, "not JSON at byte 10"},
		{`null`, Columns{}, `no object with a text: none of "text", "body", "content"`},
		{`{"id": {}, "text": "x"}`, Columns{}, `"id" is an object there; must be a string`},
		{`{"text": true}`, Columns{}, `"text" is true or false there; must be a string`},
	} {
		for r := range Lines(t.Context(), strings.NewReader(x.line)) {
			if got := show(r.Article(x.by)); got != x.want {
				t.Errorf("%s is %s, want %s", x.line, got, x.want)
			}
		}
	}
}

func TestTables(t *testing.T) {
	t.Parallel()
	const csv = "\ufeffID,Headline,Body,url\r\n1,\"A, b\",\"Two\n\nparagraphs.\",https://e.org\r\n2,C,\"so \"it\" is\",\r\n3\r\n"
	for _, x := range []struct {
		in    string
		comma rune
		by    Columns
		want  []string
	}{
		{csv, ',', Columns{}, []string{"1|A, b|||https://e.org||Two\n\nparagraphs.", `2|C|||||so "it" is`, `no column "text", which should hold the text`}},
		{"a\tb\nx y\tz", '\t', Columns{Text: "2", Title: "A"}, []string{articles.TextID("z") + "|x y|||||z"}},
		{"a;b\nx;y", ';', Columns{Text: "c"}, []string{`no column "c", which should hold the text`}},
		{"", ',', Columns{}, nil},
		{"body\nThe caf\xe9", ',', Columns{}, []string{articles.TextID("The café") + "|The café|||||The café"}},
	} {
		var got []string
		for r := range Table(t.Context(), strings.NewReader(x.in), x.comma) {
			got = append(got, show(r.Article(x.by)))
		}
		if !slices.Equal(got, x.want) {
			t.Errorf("%q is %q, want %q", x.in, got, x.want)
		}
	}
	var errs []string
	for r := range tableUpTo(t.Context(), strings.NewReader("text\nfirst\n\""+strings.Repeat("long ", 50_000)), ',', 100_000) {
		_, err := r.Article(Columns{})
		errs = append(errs, fmt.Sprint(r.Line, err))
	}
	if len(errs) != 2 || errs[1] != "3 too long: it has more than the 0 MB that a record may have" {
		t.Error(errs)
	}
}

func FuzzRecords(f *testing.F) {
	f.Add([]byte("{\"text\": \"a\", \"meta\": {\"title\": [\"b\"]}}\n{"), "meta.title")
	f.Add([]byte("id,text\n1,\"a\nb\"\n\"x"), "2")
	f.Fuzz(func(t *testing.T, data []byte, title string) {
		by := Columns{Title: title}
		for _, all := range []func() iter.Seq[Record]{
			func() iter.Seq[Record] { return linesUpTo(t.Context(), bytes.NewReader(data), 1000) },
			func() iter.Seq[Record] { return tableUpTo(t.Context(), bytes.NewReader(data), ',', 1000) },
		} {
			last := 0
			for r := range all() {
				if r.Line < last {
					t.Errorf("line %d behind %d", r.Line, last)
				}
				last = r.Line
				if a, err := r.Article(by); err == nil {
					if err := a.Check(); err != nil {
						t.Error(err)
					}
				}
			}
		}
	})
}

// TestLongTableInUTF8 holds that a table is not taken for another encoding where what is looked
// at ends within a rune.
func TestLongTableInUTF8(t *testing.T) {
	t.Parallel()
	for pad := range 4 {
		in := "text\n" + strings.Repeat("x", pad) + strings.Repeat("東", 30_000)
		for r := range Table(t.Context(), strings.NewReader(in), ',') {
			if a, err := r.Article(Columns{}); err != nil || !strings.HasSuffix(a.Text, "東") {
				t.Errorf("%d: %v", pad, err)
			}
		}
	}
}
