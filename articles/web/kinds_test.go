package web_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"byline/articles"
)

// about writes what is known of an article besides its text, one a line.
func about(a *articles.Article) string {
	var b strings.Builder
	put := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	put("title", a.Title)
	put("authors", strings.Join(a.Authors, "; "))
	put("agencies", strings.Join(a.Agencies, "; "))
	if !a.Date.IsZero() {
		put("date", a.Date.String())
	}
	put("site", a.Site)
	put("language", a.Language)
	return b.String() + "\n"
}

// Each file of testdata/kinds is a page of another kind: letters, a forum, a page that Word wrote, a newsletter; and all that is
// made of it.
func TestKinds(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/kinds/*.txtar")
	if err != nil || len(files) < 20 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil || len(ar.Files) != 2 {
				t.Fatal(len(ar.Files), err)
			}
			a := imported(t, string(ar.Files[0].Data))
			got := about(a) + outline(a)
			if *update {
				ar.Files[1].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if want := string(ar.Files[1].Data); got != want {
				t.Errorf("%s\nwant\n%s", got, want)
			}
		})
	}
}
