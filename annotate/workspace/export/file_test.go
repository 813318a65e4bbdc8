package export

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"byline/articles"
)

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// An existing file is complete and unchanged unless it was to be replaced; no partial file is left
// next to it.
func TestWriteTo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "out.json")
	if err := WriteFile(path, []byte("one"), false); err != nil || read(t, path) != "one" {
		t.Fatalf("%v", err)
	}
	if err := WriteFile(path, []byte("two"), false); err == nil || read(t, path) != "one" {
		t.Errorf("a file that is there is replaced: %v", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(path, []byte("three"), true); err != nil || read(t, path) != "three" {
		t.Errorf("--force: %v", err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("its rights are lost: %v", info.Mode())
	}
	full := errors.New("disk full")
	err := WriteTo(path, true, func(w io.Writer) error {
		_, _ = io.WriteString(w, "half")
		return full
	})
	if !errors.Is(err, full) || read(t, path) != "three" {
		t.Errorf("half a file: %v, %q", err, read(t, path))
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Errorf("next to it: %v, %v", files, err)
	}
}

// A symbolic link stays one, and --force is about the file it points to.
func TestWriteThroughLink(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, link := filepath.Join(dir, "real"), filepath.Join(dir, "link")
	if err := errors.Join(os.WriteFile(path, []byte("one"), 0o644), os.Symlink("real", link)); err != nil {
		t.Skip(err)
	}
	if err := WriteFile(link, []byte("two"), false); err == nil {
		t.Errorf("replaced through a link")
	}
	if err := WriteFile(link, []byte("two"), true); err != nil || read(t, path) != "two" {
		t.Errorf("%v, %q", err, read(t, path))
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v", err)
	}
}

func TestWriteToElsewhere(t *testing.T) {
	t.Parallel()
	if err := WriteFile(os.DevNull, []byte("x"), false); err != nil {
		t.Errorf("a device: %v", err)
	}
	if err := WriteFile(t.TempDir(), []byte("x"), true); err == nil || !strings.Contains(err.Error(), "is a directory") {
		t.Errorf("a directory: %v", err)
	}
	if err := WriteFile(filepath.Join(t.TempDir(), "no", "such"), []byte("x"), false); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no directory: %v", err)
	}
}

func TestFileName(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"The Ferry at Low Tide": "the-ferry-at-low-tide", "../../etc/passwd": "etc-passwd", ".hidden": "hidden",
		"  ": "", "Ärzte & Müller": "ärzte-müller", "a\x00b\x1b[31m": "a-b-31m", "e\u0301te\u0301": "e\u0301te\u0301",
	} {
		if got := fileName(title); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
	if n := len(fileName(strings.Repeat("ä", 1000))); n > 110 {
		t.Errorf("%d bytes", n)
	}
}

// A file is named after the one that the article was read from, else after its title.
func TestNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ source, title, want string }{
		{"/home/ann/news/seagal.txt", "Steven Seagal, the American Actor", "seagal"}, {"Harbour Report.v2.html", "x", "harbour-report-v2"},
		{"https://news.example/a/story.html", "The Ferry at Low Tide", "the-ferry-at-low-tide"}, {"sample:harbour.md", "A Harbour", "harbour"},
		{"mail.mbox#17", "Re: the press", "re-the-press"}, {"", "The Ferry", "the-ferry"}, {"-", "", "article"},
	} {
		a := &articles.Article{ID: "abcdef0123", Source: c.source, Title: c.title}
		if got := FileName(a); got != c.want {
			t.Errorf("%q: %q, not %q", c.source, got, c.want)
		}
	}
	var n Names
	for _, c := range []struct{ source, title, want string }{
		{"a/index.html", "The Ferry", "index"}, {"b/index.html", "The Bank", "the-bank"}, {"c/index.html", "The Bank", "the-bank-abcdef0"},
	} {
		if got := n.Of(&articles.Article{ID: "abcdef0123", Source: c.source, Title: c.title}); !strings.HasPrefix(got, c.want[:min(len(c.want), 12)]) || got == "index" != (c.want == "index") {
			t.Errorf("%q: %q, not %q", c.source, got, c.want)
		}
	}
}
