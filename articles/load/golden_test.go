package load_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"byline/articles"
	"byline/articles/load"
)

var update = flag.Bool("update", false, "write what comes out into the files of testdata")

var kinds = [...]string{"paragraph", "heading", "item", "code", "row", "rule", "caption", "attribution"}

var styles = [...]string{"emphasis", "strong", "strike", "mono", "link", "image", "note"}

// dump writes the result of an importer: one line per block, its inlines below, then its pictures.
func dump(a *articles.Article) string {
	var b strings.Builder
	for _, f := range [][2]string{{"title", a.Title}, {"author", a.Author}, {"site", a.Site}} {
		if f[1] != "" {
			fmt.Fprintf(&b, "%s: %s\n", f[0], f[1])
		}
	}
	if !a.Date.IsZero() {
		fmt.Fprintf(&b, "date: %s\n", a.Date)
	}
	at := 0
	for _, k := range a.Blocks {
		fmt.Fprintf(&b, "%s\n", block(a, k))
		for ; at < len(a.Inline) && k.Covers(a.Inline[at].Span); at++ {
			in := a.Inline[at]
			fmt.Fprintln(&b, strings.TrimRight(fmt.Sprintf("    %s %q %s", styles[in.Kind], in.In(a.Text), in.Target), " "))
		}
	}
	for _, p := range a.Pictures {
		before := a.Text[:p.Start]
		where := fmt.Sprintf("behind %q", before[strings.LastIndexByte(before, ' ')+1:])
		if !p.Empty() {
			where = fmt.Sprintf("%q", p.In(a.Text))
		}
		fmt.Fprintln(&b, strings.Join(strings.Fields(fmt.Sprintf("picture %s %s %s %s", where, p.Address, p.Beside, p.Alt)), " "))
	}
	return b.String()
}

func block(a *articles.Article, k articles.Block) string {
	words := []string{kinds[k.Kind]}
	if k.Level > 0 {
		words = append(words, fmt.Sprint(k.Level))
	}
	words = append(words, k.Marker, strings.Repeat(">", k.Quote), k.Variant, map[bool]string{true: "head"}[k.Head])
	text := fmt.Sprintf("%q", k.In(a.Text))
	for i, c := range k.Cells {
		if i == 0 {
			text = ""
		}
		text += fmt.Sprintf("%q ", c.In(a.Text))
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ") + ": " + strings.TrimSpace(text)
}

// Each file of testdata contains a source, with the name that it is loaded under, and the expected
// article.
func TestImports(t *testing.T) {
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
				src, want := ar.Files[i], &ar.Files[i+1]
				a, err := load.Bytes(t.Context(), src.Name, src.Data)
				if err != nil {
					t.Fatal(err)
				}
				check(t, a)
				if got := dump(a); *update {
					want.Data = []byte(got)
				} else if got != string(want.Data) {
					t.Errorf("%s:\n%s\nwant\n%s", src.Name, got, want.Data)
				}
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
