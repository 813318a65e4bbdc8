package importer

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"byline/annotate/format"
	"byline/annotate/format/formats"
	"byline/articles"
	"byline/articles/clean/cleantest"
)

// Whatever stands before any word of a file of annotations, in whatever spelling, every string of its documents but the text is fit
// for a terminal. The files are the goldens of the formats, so a format that is added is tried as well.
func TestHostileAnnotations(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("tries thousands of files")
	}
	const folder = "../../format/formats/testdata"
	for _, f := range formats.Readable() {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			golden := filepath.Join(folder, "story-"+f.Name+f.Extension)
			data, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			copyBeside(t, f, golden, dir)
			path := filepath.Join(dir, filepath.Base(golden))
			read, n := 0, 0
			for bad := range cleantest.Variants(data) {
				n++
				if err := os.WriteFile(path, bad, 0o600); err != nil {
					t.Fatal(err)
				}
				r := Reading{As: f, Loss: &format.Loss{}, Article: func(_, title string) (*articles.Article, error) {
					return &articles.Article{Title: title, Text: "Marta Quill left."}, nil
				}}
				for d := range r.Documents([]string{path}) {
					if d.Err != nil {
						continue
					}
					read++
					if wrong := uncleanIn(d.Document); len(wrong) > 0 {
						i := bytes.Index(bad, []byte(cleantest.Mark))
						t.Fatalf("%s\nafter %q", strings.Join(wrong, "\n"), bad[max(0, i-60):max(0, i)])
					}
				}
			}
			t.Logf("%d documents of %d variants", read, n)
			if read < 10 || read < n/20 {
				t.Errorf("%d of %d variants were read: the test looks at nothing", read, n)
			}
		})
	}
}

// copyBeside copies what belongs to a file of f into dir.
func copyBeside(t *testing.T, f *format.Format, golden, dir string) {
	for _, c := range f.Beside {
		name := c.Name
		if name == "" {
			name = strings.TrimSuffix(filepath.Base(golden), f.Extension) + c.Extension
		}
		data, err := os.ReadFile(filepath.Join(filepath.Dir(golden), name))
		if err != nil {
			data = []byte("Marta Quill left Halden. ")
			data = bytes.Repeat(data, 100)
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// uncleanIn lists the strings of d, but the text of the article, that are not fit for a terminal.
func uncleanIn(d *format.Document) []string {
	return slices.DeleteFunc(cleantest.Unclean(d), func(s string) bool { return strings.HasPrefix(s, ".Article.Text:") })
}
