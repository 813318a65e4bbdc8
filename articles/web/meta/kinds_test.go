package meta_test

import (
	"bufio"
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what comes out into the files of testdata")

// text is what the files of testdata mean by TEXT.
const text = "<p>The town of Halden loses its last printed paper this week, and nobody in the town was surprised, least of all the woman who ran it for thirty years.</p>"

// page makes a page of a line of testdata.
func page(line string) (head, body string) {
	line = strings.ReplaceAll(line, "TEXT", text)
	if !strings.Contains(line, text) {
		line = "<article><h1>The press is sold</h1>" + line + text + "</article>"
	}
	return "<title>The press is sold</title>", line
}

// linesOf returns the lines of a file of testdata but for its comments.
func linesOf(t *testing.T, name string) (out []string) {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if line := s.Text(); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

// However a page writes the date, it is read.
func TestDates(t *testing.T) {
	t.Parallel()
	for _, line := range linesOf(t, "dates.txt") {
		head, body := page(line)
		if got := read(t, head, body).Published.Day().String(); got != "2026-11-02" {
			t.Errorf("%s: %s", line, got)
		}
	}
}

// Each line of bylines.txt is a byline, and behind a tab who wrote the article: people, and behind a slash agencies.
func TestBylines(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	for _, line := range linesOf(t, "bylines.txt") {
		src, want, _ := strings.Cut(line, "\t")
		head, body := page(src)
		p := read(t, head, body)
		got := strings.Join(p.Authors, "; ")
		if len(p.Agencies) > 0 {
			got += " / " + strings.Join(p.Agencies, "; ")
		}
		out.WriteString(src + "\t" + got + "\n")
		if got != want && !*update {
			t.Errorf("%s: %q, want %q", src, got, want)
		}
	}
	if *update {
		if err := os.WriteFile("testdata/bylines.txt", []byte("# A byline, and who wrote the article.\n"+out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
