package sync

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"byline/articles"
)

// Whatever a file holds, reading it ends without a panic, and writing what was read loses no line that is not the beginning of
// another: it is the file in order, and in order already the second time.
func FuzzFile(f *testing.F) {
	id := articles.TextID(story)
	line := func(did, verb string) string {
		return fmt.Sprintf(`{"article":"%s","text":"%s","decision":{"id":"%s","who":"ann","verb":"%s"}}`, id, id, did, verb)
	}
	for _, s := range []string{"", "\n", line("01A", "confirm"), line("01B", "confirm") + "\r\n" + line("01A", "reject") + "\n" + line("01A", "confirm"), "<<<<<<< x\n", "\xef\xbb\xbf{}",
		`{"article":"` + id + `","at":"2026-11-30T02:46:59Z","title":"x"}`, `{"article":"` + id + `","text":"` + id + `","added":"2026-11-30T02:46:59Z"}`,
		`{"article":"` + id + `","text":"` + id + `","at":"2026-11-30T02:46:59Z","blocks":[{"kind":"x","start":-1,"end":99999999999}]}`, line("01A", "x")[:90] + "\n" + line("01A", "x"),
		`{"team":1,"id":"01K0A","verb":"create","set":"May","later":{"a":[1]}}`, `{"team":1,"id":"01K0A","verb":"create"}` + "\n" + `{"verb":"create","id":"01K0A"}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		tell := func(int, error) {}
		log := func(raw []byte) ([]byte, bool) {
			l := readLog("p", raw, id, "ann", tell)
			return l.bytes(), l.broken
		}
		inOrder(t, raw, log, func(was string) bool {
			l, err := parseLog([]byte(was), id)
			return err == nil && l.Who == "ann" // the same decision may be written otherwise
		})
		about := func(raw []byte) ([]byte, bool) {
			a := readAbout(raw, id, tell)
			for key, e := range a.lines {
				switch key[:1] {
				case keyAbout:
					_, _ = e.about()
				case keyBlocks:
					if made, err := e.text(story); err == nil && made.Check() != nil {
						t.Errorf("blocks that do not fit: %s", e.line)
					}
				}
			}
			a.editions()
			if s := a.source(); strings.ContainsAny(s, "\n\x1b") || strings.HasPrefix(s, "/") {
				t.Errorf("a source %q", s)
			}
			return a.bytes(), a.broken
		}
		inOrder(t, raw, about, func(was string) bool {
			_, _, err := parseAbout([]byte(was), id)
			return err == nil // a later line may take its place
		})
		team := func(raw []byte) ([]byte, bool) {
			e := readEvents(raw, tell)
			return e.bytes(), e.broken
		}
		inOrder(t, raw, team, func(was string) bool { return len(readEvents([]byte(was), tell).bad) == 0 })
	})
}

// inOrder checks what FuzzFile says of one way to read. Lines for which may is true need not stay.
func inOrder(t *testing.T, raw []byte, read func([]byte) (out []byte, broken bool), may func(line string) bool) {
	t.Helper()
	once, broken := read(raw)
	if broken {
		return
	}
	twice, broken := read(once)
	if broken || !bytes.Equal(once, twice) {
		t.Errorf("%q is read again as %q", once, twice)
	}
	for line := range strings.SplitSeq(strings.TrimPrefix(string(raw), "\xef\xbb\xbf"), "\n") {
		if line = strings.TrimRight(line, "\r"); line == "" || may(line) {
			continue
		}
		if !bytes.Contains(append([]byte("\n"), once...), []byte("\n"+line)) {
			t.Errorf("%q was lost: %q", line, once)
		}
	}
}

// Whatever comes over a wire, taking it ends without a panic.
func FuzzWire(f *testing.F) {
	for _, s := range []string{`{"ids":["0123456789abcdef"]}`, `{"end":{"touched":1,"log":1}}`, `{"give":{"article":"0123456789abcdef","files":{"articles/01/0123456789abcdef.about.jsonl":"x"}}}`,
		`{"have":[{"article":"0123456789abcdef","files":{"articles/01/0123456789abcdef.about.jsonl":"x"}}]}`, `{"team":{"events":["x"]}}`, `{"took":{"decisions":1}}`, `null`, `{"hello":null}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, said []byte) {
		w := newWire(bytes.NewReader(said), &bytes.Buffer{}, func() {})
		p := (&Library{Tell: func(error) {}}).peer(w, "there")
		if m, err := p.read(t.Context()); err == nil && m.Give != nil {
			p.wire = newWire(bytes.NewReader(said), &bytes.Buffer{}, func() {})
			given := map[string][]byte{}
			if _, err := p.given(t.Context(), m.Give.Article, given); err == nil {
				for name := range given {
					if kind, id, _ := parsePath(name); kind == foreignFile || id != m.Give.Article {
						t.Errorf("took %q", name)
					}
				}
			}
		}
		_, _, _ = splitHost(string(said))
	})
}
