package web_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"byline/articles"
	"byline/articles/web"
)

var update = flag.Bool("update", false, "write what comes out into the files of testdata")

// body is what a page means by BODY: four paragraphs of a story.
const body = `<p>Marta Quill, who ran the Courier for thirty years, sold its press on Monday, and nobody in the town of Halden was surprised, least of all herself.</p>
<p>The press had stood in the yard behind the harbour since her father bought it from a printer who wanted to go to sea, and it had printed on every day but five.</p>
<p>“There is much that we never printed,” she said, and laughed, as she has laughed in council rooms and courts for as long as anybody can remember her.</p>
<p>Nordvik Media, which owns four other papers on the coast, will print the Courier in Larvik from the first of May, and has promised to keep the eleven reporters.</p>`

var blockNames = [...]string{"paragraph", "heading", "item", "code", "row", "rule", "caption", "attribution"}

// outline writes the blocks of an article one a line; the four paragraphs of BODY are one line.
func outline(a *articles.Article) string {
	var b strings.Builder
	for _, k := range a.Blocks {
		fmt.Fprintf(&b, "%s%s: %s\n", strings.Repeat("> ", k.Quote), blockNames[k.Kind], strings.ReplaceAll(k.In(a.Text), "\n", "⏎"))
	}
	s := b.String()
	four := "paragraph: " + strings.ReplaceAll(strings.NewReplacer("<p>", "", "</p>", "").Replace(body), "\n", "\nparagraph: ") + "\n"
	return strings.ReplaceAll(s, four, "BODY\n")
}

// Each file of testdata is a kind of page: pages, and the article in each.
func TestPages(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil || len(ar.Files)%2 != 0 {
				t.Fatal(len(ar.Files), err)
			}
			for i := 0; i < len(ar.Files); i += 2 {
				checkPage(t, ar.Files[i], &ar.Files[i+1])
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// checkPage compares the article of a page with what is wanted.
func checkPage(t *testing.T, src txtar.File, want *txtar.File) {
	t.Helper()
	page := strings.ReplaceAll(string(src.Data), "BODY", body)
	if !strings.Contains(page, "<html") {
		page = "<!doctype html><html><head><title>The press is sold</title></head><body>" + page + "</body></html>"
	}
	got := ""
	a, err := web.Import(t.Context(), []byte(page))
	switch {
	case err != nil:
		got = err.Error() + "\n"
	case a.Check() != nil:
		t.Fatal(a.Check())
	default:
		got = outline(a)
	}
	if *update {
		want.Data = []byte(got)
	}
	if string(want.Data) != got {
		t.Errorf("%s:\n%s\nwant\n%s", src.Name, got, want.Data)
	}
}
