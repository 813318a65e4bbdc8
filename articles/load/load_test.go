package load_test

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"byline/articles"
	"byline/articles/clean"
	"byline/articles/load"
)

func bytesOf(t *testing.T, name, data string) *articles.Article {
	t.Helper()
	a, err := load.Bytes(t.Context(), name, []byte(data))
	if err != nil {
		t.Fatal(err)
	}
	check(t, a)
	return a
}

func check(t *testing.T, a *articles.Article) {
	t.Helper()
	if err := a.Check(); err != nil {
		t.Errorf("%s: %v\n%q", a.Format, err, a.Text)
	}
	for what, s := range map[string]string{"text": a.Text, "title": a.Title, "author": a.Author, "site": a.Site} {
		if clean.String(s) != s || what != "text" && clean.Line(s) != s {
			t.Errorf("%s: the %s is not clean: %q", a.Format, what, s)
		}
	}
}

func TestKindsByContentThenName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, data string
		want       articles.Format
	}{
		{"a.txt", "# not a heading\n\n**nor bold**", articles.Plain},
		{"a.md", "Just words.", articles.Markdown},
		{"a", "# A heading\n\nWith a [link](http://example.org).", articles.Markdown},
		{"a", "Just words about C# and 2 * 3 * 4.", articles.Plain},
		{"a.txt", "<!DOCTYPE html><html><body><p>Hello there</p></body></html>", articles.HTML},
		{"a.html", "<p>Hello <b>there</b></p>", articles.HTML},
	} {
		if a := bytesOf(t, c.name, c.data); a.Format != c.want {
			t.Errorf("%s %q is %s", c.name, c.data, a.Format)
		}
	}
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	const text = "Zoë Müller said “non” in São Paulo."
	wide := func(order string) string {
		var b strings.Builder
		for _, c := range utf16.Encode([]rune(text)) {
			if order == "le" {
				b.WriteByte(byte(c))
				b.WriteByte(byte(c >> 8))
			} else {
				b.WriteByte(byte(c >> 8))
				b.WriteByte(byte(c))
			}
		}
		return b.String()
	}
	for name, data := range map[string]string{
		"utf-8": text, "utf-8 with a mark": "\ufeff" + text, "utf-16le": "\xff\xfe" + wide("le"), "utf-16be": "\xfe\xff" + wide("be"),
		"utf-16 without a mark": wide("le"),
		"windows-1252":          "Zo\xeb M\xfcller said \x93non\x94 in S\xe3o Paulo.",
	} {
		if a := bytesOf(t, "a.txt", data); a.Text != text {
			t.Errorf("%s: %q", name, a.Text)
		}
	}
	page := "<html><head><meta charset=iso-8859-2><title>T</title></head><body><p>Wa\xb3\xeasa m\xf3wi</p></body></html>"
	if a := bytesOf(t, "a.html", page); !strings.Contains(a.Text, "Wałęsa mówi") {
		t.Errorf("%q", a.Text)
	}
}

// The sign of the encoding may come late in the file, and a page may declare an encoding that
// nothing can be decoded from.
func TestEncodingsThatAreHardToTell(t *testing.T) {
	t.Parallel()
	ascii := strings.Repeat("Plain words of a story that goes on.\n\n", 1000)
	for name, c := range map[string]struct{ file, data, want string }{
		"late windows-1252": {"a.txt", ascii + "Zo\xeb said \x93non\x94.", "Zoë said “non”."},
		"late utf-8":        {"a.txt", ascii + "Zoë said “non”.", "Zoë said “non”."},
		"a broken byte":     {"a.txt", ascii + "Zoë said “non”, Zoë did.\xff", "Zoë said “non”, Zoë did.\ufffd"},
		"an unsafe charset": {"a.html", "<html><meta charset=iso-2022-kr><body><p>Zoë said “non”.</p></body></html>", "Zoë said “non”."},
	} {
		if a := bytesOf(t, c.file, c.data); !strings.HasSuffix(a.Text, c.want) {
			t.Errorf("%s: %q", name, a.Text[max(0, len(a.Text)-80):])
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name, data string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, c := range []struct {
		path string
		want error
	}{
		{file("a.rtf", "{\\rtf1 no nought}"), load.ErrBinary}, {file("noise", "\xff\xfe"+strings.Repeat("\x00\xd8\x01\x00\x02\x00", 900)), load.ErrBinary}, {file("noise32", "\xff\xfe"+strings.Repeat("\x00\x00\x01\x00\x02\x00", 900)), load.ErrBinary}, {file("a.md", "PK\x03\x04 an archive"), load.ErrBinary},
		{file("empty", ""), load.ErrEmpty}, {file("blank", " \n\n "), load.ErrEmpty}, {file("pairs", strings.Repeat("\x00\x01", 999)), load.ErrBinary}, {file("elf", "\x7fELF\x00\x01\x02\x00"), load.ErrBinary},
		{file("page.html", "<html><script>1</script></html>"), load.ErrEmpty}, {dir, load.ErrDirectory}, {"/dev/zero", load.ErrIrregular}, {filepath.Join(dir, "none"), fs.ErrNotExist},
	} {
		_, err := load.File(t.Context(), c.path)
		if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.path) {
			t.Errorf("%s: %v", c.path, err)
		}
		if _, _, err := load.Head(t.Context(), c.path); !errors.Is(err, c.want) {
			t.Errorf("head of %s: %v", c.path, err)
		}
	}
}

func TestNoPermission(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "secret.txt")
	if err := os.WriteFile(path, []byte("x"), 0o000); err != nil {
		t.Fatal(err)
	}
	if f, err := os.Open(path); err == nil {
		f.Close()
		t.Skip("this user may read everything")
	}
	if _, err := load.File(t.Context(), path); !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), path) {
		t.Error(err)
	}
}

func TestTooLarge(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "large.txt")
	f, err := os.Create(path)
	if err == nil {
		err = f.Truncate(256<<20 + 1) // a sparse file, which takes no space
	}
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	if _, err := load.File(t.Context(), path); !errors.Is(err, load.ErrTooLarge) {
		t.Error(err)
	}
}

// A file is identified by its path, whatever address it gives; standard input by that address.
func TestSource(t *testing.T) {
	t.Parallel()
	const src = "---\nsource: https://example.org/a\n---\nText of the article.\n"
	dir := t.TempDir()
	path := filepath.Join(dir, "a.md")
	if err := os.WriteFile(path, []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	if a, err := load.File(t.Context(), dir+"/x/../a.md"); err == nil || a != nil {
		t.Errorf("%v, %v", a, err)
	}
	if a, err := load.File(t.Context(), dir+"/./a.md"); err != nil || a.Source != path || a.ID != articles.TextID("Text of the article.") {
		t.Errorf("%+v, %v", a, err)
	}
	for src, want := range map[string]string{"# T\n\n- a\n- b": "-", strings.Replace(src, "Text", "# A [link](http://e.org)\n\nText", 1): "https://example.org/a"} {
		if a, err := load.Reader(t.Context(), strings.NewReader(src), "-"); err != nil || a.Source != want {
			t.Errorf("%+v, %v", a, err)
		}
	}
}

func TestWalk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"b.md", "a.txt", "c.png", ".hidden.txt", "sub/d.html", ".git/e.txt"} {
		path := filepath.Join(dir, name)
		os.MkdirAll(filepath.Dir(path), 0o700)
		os.WriteFile(path, []byte("x"), 0o600)
	}
	if err := os.Symlink(filepath.Join(dir, "b.md"), filepath.Join(dir, "c.md")); err != nil {
		t.Fatal(err)
	}
	outside := filepath.Join(t.TempDir(), "secret.txt")
	os.WriteFile(outside, []byte("x"), 0o600)
	for name, to := range map[string]string{"loop.md": dir, "out.md": outside, "nowhere.md": "missing", "round.md": "round.md", "device": "/dev/null"} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	socket, err := net.Listen("unix", filepath.Join(dir, "pipe"))
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	passed := map[string]string{"loop.md": "a link to a folder", "out.md": outside + ", outside the folder", "nowhere.md": "no such file", "round.md": "a link", "device": "outside the folder", "pipe": "not a regular file"}
	for _, root := range []string{dir, link} {
		var got []string
		n := 0
		for path, err := range load.Walk(root) {
			rel, _ := filepath.Rel(root, path)
			if err == nil {
				got = append(got, rel)
				continue
			}
			if n++; passed[rel] == "" || !strings.Contains(err.Error(), passed[rel]) || !strings.Contains(err.Error(), path) {
				t.Errorf("%s: %v", rel, err)
			}
		}
		if want := []string{"a.txt", "b.md", "c.md", "sub/d.html"}; !slices.Equal(got, want) || n != len(passed) {
			t.Errorf("%q, want %q; %d passed over", got, want, n)
		}
	}
}

func TestHeadIsTheBeginningOfTheWhole(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, unit := range map[string]string{
		"a.txt": "A paragraph of some words, said “Ann Lee”.\nAnd a line.\n\n",
		"a.md":  "## Part\n\nA *paragraph* of [some][later] [words](http://example.org), said **Ann Lee**.\n\n- one\n- two\n\n```\ncode\n\ncode\n```\n\n> quoted\n\n| a | b |\n|---|---|\n| c | d |\n\n",
	} {
		path := filepath.Join(dir, name)
		os.WriteFile(path, []byte(strings.Repeat(unit, 8000)+"[later]: http://example.org/later\n"), 0o600)
		head, whole, err := load.Head(t.Context(), path)
		if err != nil || whole {
			t.Fatal(whole, err)
		}
		all, err := load.File(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		check(t, head)
		check(t, all)
		if len(head.Text) < 10_000 || !strings.HasPrefix(all.Text, head.Text) {
			t.Errorf("%s: the head, %d bytes, is not the beginning of the whole", name, len(head.Text))
		}
		for i := range head.Blocks {
			if head.Blocks[i].Span != all.Blocks[i].Span || head.Blocks[i].Kind != all.Blocks[i].Kind {
				t.Fatalf("%s: block %d is %+v and %+v", name, i, head.Blocks[i], all.Blocks[i])
			}
		}
	}
}

// A beginning without text is not used: the whole file is read.
func TestHeadOfBlanks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, blank := range map[string]string{"a.txt": strings.Repeat(" \n", 20_000), "b.txt": strings.Repeat("\n", 1<<20+10), "a.md": "<!--" + strings.Repeat("\n\nnot seen", 110_000) + "-->\n\n"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(blank+"The text."), 0o600); err != nil {
			t.Fatal(err)
		}
		a, whole, err := load.Head(t.Context(), path)
		if err != nil || !whole || strings.TrimSpace(a.Text) != "The text." {
			t.Errorf("%s: %v, %v", name, whole, err)
		}
	}
}

func FuzzBytes(f *testing.F) {
	for _, s := range []string{
		"Ann Lee\n\nsaid so.", "# T\n\n- a\n  - b *c*\n\n> q\n\n| a | b |\n|--|--|\n| `c` | d |\n", "---\ntitle: x\n---\nbody &#27;[m \\&amp; [l](http://e.org)",
		"<html><body><article><h1>T &#155;</h1><p>a <b>b</b><br>c</p><ul><li>x<ul><li>y</ul></ul><table><tr><th>a<td>b</table><pre> c\n d</pre></article>",
		"\xff\xfea\x00b\x00", "```\ncode", "[a]: http://x\n[a] ![i](j) <b>raw</b> <!-- c -->", "1. a\n\n   b\n\n2) c\n- [x] d", "\u2000\ufe0f\u3000\u200dx",
	} {
		for _, name := range []string{"a.txt", "a.md", "a.html", "a"} {
			f.Add(name, []byte(s))
		}
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		a, err := load.Bytes(t.Context(), name, data)
		if err != nil {
			return
		}
		check(t, a)
	})
}
