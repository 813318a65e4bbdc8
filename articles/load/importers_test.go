package load

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"byline/articles"
)

// zipOf returns an archive of files, given as names and contents.
func zipOf(t *testing.T, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err == nil {
			_, err = f.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// samples returns the start of a file for each row, with a name.
func samples(t *testing.T) map[string]struct{ file, data string } {
	const letter = "From: a@example.org\nTo: b@example.org\nSubject: One\n\nMarta Quill left.\n"
	return map[string]struct{ file, data string }{
		"plain":    {"a", "Marta Quill left Halden."},
		"markdown": {"a", "# The sale\n\n**Marta Quill** left [Halden](https://example.org)."},
		"html":     {"a", "<!doctype html><html><body><p>Marta Quill left.</p></body></html>"},
		"epub": {"a.epub", zipOf(t, "META-INF/container.xml", `<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>`,
			"b.opf", `<package><manifest><item id="a" href="a.html" media-type="text/html"/></manifest><spine><itemref idref="a"/></spine></package>`, "a.html", "<p>Marta Quill left.</p>")},
		"docx":    {"a", zipOf(t, "word/document.xml", "")},
		"odt":     {"a", zipOf(t, "content.xml", "")},
		"pdf":     {"a", "%PDF-1.7\n"},
		"mailbox": {"a", "From a@example.org Mon Mar  9 10:30:00 2026\n" + letter},
		"email":   {"a", letter},
		"wiki":    {"a", "<mediawiki><page></page></mediawiki>"},
	}
}

// Every row recognizes a file of its own kind by its contents.
func TestRowsKnowTheirFiles(t *testing.T) {
	t.Parallel()
	all := samples(t)
	for i := range importers {
		row := &importers[i]
		if row.bytes == nil && row.inside == nil && row.text == nil {
			if row.format != articles.Record {
				t.Errorf("%s: nothing says what its files look like", row.name)
			}
			continue
		}
		s, ok := all[row.name]
		if !ok {
			t.Errorf("%s: the test has no file of this kind", row.name)
			continue
		}
		in, imp := inputOf(s.file, strings.NewReader(s.data))
		if imp == nil || imp.inside != nil {
			var err error
			if imp, err = readInput(t.Context(), &in, imp); err != nil {
				t.Errorf("%s: %v", row.name, err)
				continue
			}
		}
		if imp != row {
			t.Errorf("%q is taken for %s, not %s", s.data[:min(len(s.data), 60)], imp.name, row.name)
		}
	}
}

// Walking a folder finds the files of every row.
func TestFoldersHoldFilesOfEveryRow(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var want, got []string
	owner := map[string]string{}
	for i := range importers {
		for _, ext := range importers[i].extensions {
			if was, taken := owner[ext]; taken || !strings.HasPrefix(ext, ".") || ext != strings.ToLower(ext) {
				t.Errorf("%s: the extension %q; %s has it", importers[i].name, ext, was)
			}
			owner[ext] = importers[i].name
			name := "a" + strings.ToUpper(ext)
			if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
				t.Fatal(err)
			}
			want = append(want, name)
		}
	}
	for path, err := range Walk(dir) {
		if err != nil {
			t.Error(err)
		}
		got = append(got, filepath.Base(path))
	}
	if slices.Sort(want); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// Rows have distinct names and a reader, and texts have a head.
func TestRowsAreComplete(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for i := range importers {
		row := &importers[i]
		if row.name == "" || seen[row.name] || row.format == "" || row.read == nil || row.head != nil && row.text == nil {
			t.Errorf("%+v", row)
		}
		seen[row.name] = true
	}
	if f := Formats(); f[0] != articles.Plain || f[len(f)-1] != articles.Record || !slices.Contains(f, articles.Wiki) {
		t.Error(f)
	}
	if r := RecordFormats(); !slices.Equal(r, []string{"jsonl", "csv", "tsv"}) {
		t.Error(r)
	}
}

// Every reader stops with its context, even if the file has been read completely, and returns the
// error.
func TestReadersEndWithTheirContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, s := range samples(t) {
		in, imp := inputOf(s.file, strings.NewReader(s.data))
		if imp == nil || !imp.many || imp.inside != nil {
			var err error
			if imp, err = readInput(t.Context(), &in, imp); err != nil {
				t.Fatal(name, err)
			}
		}
		n := 0
		for it := range imp.read(ctx, in) {
			if a, err := it.Load(); a != nil || !errors.Is(err, context.Canceled) {
				t.Errorf("%s: %v, %v", name, a, err)
			}
			n++
		}
		if n != 1 {
			t.Errorf("%s: %d articles", name, n)
		}
	}
}

// A compressed file is read as what it holds, under its own name; one that holds nothing to read is not.
func TestCompressed(t *testing.T) {
	t.Parallel()
	gzipped := func(s string) []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write([]byte(s))
		z.Close()
		return b.Bytes()
	}
	a, err := Bytes(t.Context(), "/a/story.html.gz", gzipped("<html><head><title>The press</title></head><body><p>Marta Quill sold it.</p></body></html>"))
	if err != nil || a.Title != "The press" || a.Source != "/a/story.html.gz" || a.Format != articles.HTML {
		t.Errorf("%+v, %v", a, err)
	}
	if a, err = Bytes(t.Context(), "notes.txt.gz", gzipped("# no heading")); err != nil || a.Format != articles.Plain || a.Text != "# no heading" {
		t.Errorf("%+v, %v", a, err)
	}
	if _, err := Bytes(t.Context(), "disk.gz", gzipped("\x00\x01\x02")); !errors.Is(err, ErrBinary) {
		t.Errorf("binary: %v", err)
	}
	if !Readable("a/story.html.gz") || Readable("backup.tar.gz") || Readable("log.gz") {
		t.Error("only compressed articles are found in folders")
	}
}
