package main_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"byline/ui/uitest"
)

// hostile are files made to reach the terminal, or to bring the reader down. What
// they hold says PWNED in every sequence, and END as their last word.
func hostile() map[string][]byte {
	const start = "A headline for Ann Lee\n\nAnn Lee said, “We go on.” "
	esc := "\x1b[31;5mPWNED \x1b[66;66HPWNED \x1b[2J \x1b]0;PWNED\x07 \x1b]2;PWNED\x1b\\ \x1b]52;c;UFdORUQ=\x07 \x1b]8;;file://PWNED\x07x\x1b]8;;\x07 " +
		"\x1bPqPWNED\x1b\\ \x1b_GPWNED\x1b\\ \x1b^PWNED\x1b\\ \x1bXPWNED\x1b\\ \x1b[?1049l \x1bc \x1b[5i \x1b#8 " +
		"\u009b31mPWNED \u009d0;PWNED\u009c \u0090PWNED\u009c over\rwritten \b\b\b \a \v \f \x0e\x0f \x7f " +
		"\u202etxet\u202c \u2066x\u2069 \u200e\u200f\u061c zero\u200bwidth\u2060\ufeff so\u00adft line\u2028para\u2029 tag\U000e0041\U000e007f \ufff9a\ufffab\ufffb "
	entities := "&#27;]0;PWNED&#7; &#x1b;_GPWNED&#x1b;\\ &#155;31mPWNED &#x9d;0;PWNED&#x9c; &#8238;txet &#x200b; &NewLine;&Tab; &#0; &#xfffe; "
	files := map[string][]byte{
		"raw.txt":       []byte(start + esc + "END"),
		"raw.md":        []byte("# A headline for Ann Lee\n\n" + esc + "\n\n`" + esc + "`\n\n```\n" + esc + "\n```\n\n| a | " + strings.ReplaceAll(esc, "\n", " ") + " |\n|---|---|\n| x | y |\n\nEND"),
		"entities.md":   []byte("# A headline for Ann Lee " + entities + "\n\n" + entities + "\n\n[link " + entities + "](http://example.org/" + entities + " \"" + entities + "\")\n\nEND"),
		"entities.html": []byte("<html><head><title>A headline for Ann Lee " + entities + "</title><meta name=author content=\"" + entities + "\"></head><body><article><h1>A headline for Ann Lee</h1><p>" + strings.Repeat("Words of a story that is long enough to be one. ", 20) + entities + "</p><p>" + esc + "</p><p>END</p></article></body></html>"),
		"one-line.txt":  append([]byte(start), bytes.Repeat([]byte("word and word "), 10<<20/14)...),
		"no-blank.txt":  append([]byte(start), bytes.Repeat([]byte("x"), 10<<20)...),
		"marks.txt":     []byte(strings.Repeat(start, 4_000) + "a" + strings.Repeat("\u0301", 100_000) + " END"),
		"invalid.txt":   []byte(start + "\xff\xfe\xc3\x28\xf0\x28\x8c\xbc\xed\xa0\x80 END"),
		"deep.html":     []byte("<html><body>" + strings.Repeat("<div>", 100_000) + start + "END"),
		"deep.md":       []byte(start + strings.Repeat("> ", 10_000) + "deep\n\n" + strings.Repeat("[", 50_000) + "\n\n" + strings.Repeat("*a ", 50_000) + "END"),
	}
	u := []byte{0xff, 0xfe}
	for _, c := range utf16.Encode([]rune(start + esc + "END")) {
		u = append(u, byte(c), byte(c>>8))
	}
	files["utf16.txt"] = u
	return files
}

func TestHostileFilesNeverReachTheTerminal(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program")
	}
	dir := t.TempDir()
	bin := build(t)
	for name, data := range hostile() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(dir, "\x1b]0;PWNED\x07 "+name)
			if err := os.WriteFile(file, data, 0o600); err != nil {
				t.Fatal(err)
			}
			p := start(t, bin, file)
			p.Wait(t, "Ann Lee")
			for _, keys := range []string{"\t", "G", "g", "s", "i", "\x1b", "q"} {
				p.Type(keys)
			}
			p.Wait(t, "byline") // back in the library, or quit
			p.Type("\x03")
			p.Type("\x03") // the first closes what i opened, if it came late
			p.Exit(t)
			for _, f := range uitest.Foreign(p.Sent(), "PWNED") {
				t.Error(f)
			}
		})
	}
}

func TestFilesThatAreNoArticles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	bin := build(t)
	write := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, c := range []struct{ name, says string }{
		{write("empty.txt", nil), "empty"},
		{write("binary.txt", append([]byte("\x7fELF\x02\x01\x01\x00\x00\x00"), bytes.Repeat([]byte{0, 1, 2, 3, 255}, 1000)...)), "binary"},
		{filepath.Join(dir, "missing.txt"), "no such file"},
		{"/dev/zero", "not a regular file"},
	} {
		out, err := exec.Command(bin, "--library", filepath.Join(dir, "l.db"), "annotate", c.name).CombinedOutput()
		var exit *exec.ExitError
		if !asExit(err, &exit) || exit.ExitCode() == 0 {
			t.Errorf("%s: %v", c.name, err)
		}
		if !strings.Contains(string(out), c.says) || !strings.Contains(string(out), filepath.Base(c.name)) {
			t.Errorf("%s: %q does not say %q", c.name, out, c.says)
		}
	}
}

// TestNoArticlesOnTheScreen opens the same in the reader: a clear word, and the
// program goes on.
func TestNoArticlesOnTheScreen(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program")
	}
	dir := t.TempDir()
	bin := build(t)
	folder := filepath.Join(dir, "folder\x1b]0;PWNED\x07")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ data, says string }{
		"empty": {"", "empty"}, "binary": {"\x7fELF\x00\x01\x1b]0;PWNED\x07" + strings.Repeat("\x00\x01", 999), "binary"}, "locked": {"Ann Lee", "permission"}, "folder": {"-", "articles"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(dir, name+"\x1b]0;PWNED\x07.txt")
			mode := os.FileMode(0o600)
			switch {
			case name == "folder":
				path = folder
			case name == "locked" && os.Geteuid() == 0:
				t.Skip("everything may be read by root")
			case name == "locked":
				mode = 0
			}
			if name != "folder" {
				if err := os.WriteFile(path, []byte(c.data), mode); err != nil {
					t.Fatal(err)
				}
			}
			p := start(t, bin, path)
			p.Wait(t, c.says)
			p.Type("\x03")
			p.Exit(t)
			for _, f := range uitest.Foreign(p.Sent(), "PWNED") {
				t.Error(f)
			}
		})
	}
}

func asExit(err error, to **exec.ExitError) bool {
	e, ok := err.(*exec.ExitError)
	*to = e
	return ok
}
