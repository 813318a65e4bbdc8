package output

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	"byline/annotate/library"
	"byline/articles"
)

var entries = []library.Entry{
	{ID: "0123456789abcdef", Title: "The Ferry at Low Tide", Site: "Holm Courier", Source: "ferry.txt", Format: articles.Plain,
		Date: time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC), Added: time.Date(2026, 3, 10, 8, 0, 0, 0, time.UTC),
		Words: 700, Status: library.Reading, Progress: 0.5, Version: 1,
		Counts: annotate.Counts{People: 2, Organizations: 1, Quotes: 3, Claims: 8, Reviewed: 2}, Annotated: true},
	{ID: "fedcba9876543210", Title: "渡し船の\x1b[31m夜明け🚢と港の話のとても長い題名がここにあります", Source: "-", Words: 3, Status: library.Unread, Version: 1},
}

// No line of the table is wider than the terminal, whatever a title holds.
func TestTable(t *testing.T) {
	t.Parallel()
	for _, width := range []int{80, 100, 140} {
		var b bytes.Buffer
		if err := EntriesTable(&b, entries, width); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			line = strings.TrimSuffix(line, "\n")
			if w := ansi.StringWidth(line); w > width || strings.ContainsRune(line, 0x1b) {
				t.Errorf("width %d: %d cells: %q", width, w, line)
			}
		}
		if !strings.Contains(b.String(), "01234567 The Ferry") || !strings.Contains(b.String(), "25 %") {
			t.Errorf("width %d:\n%s", width, b.String())
		}
	}
}

func TestTSV(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := EntriesTSV(&b, entries); err != nil {
		t.Fatal(err)
	}
	got := strings.Split(b.String(), "\n")
	if want := "0123456789abcdef\treading\t50\t2026-03-09\t700\t2\t1\t3\t8\t2\tThe Ferry at Low Tide\tHolm Courier\tferry.txt"; got[0] != want {
		t.Errorf("got  %q\nwant %q", got[0], want)
	}
	if n := strings.Count(got[1], "\t"); n != 12 || strings.ContainsRune(got[1], 0x1b) {
		t.Errorf("%d tabs: %q", n, got[1])
	}
}

func TestEntriesJSON(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := EntriesJSON(&b, entries); err != nil {
		t.Fatal(err)
	}
	var back []map[string]any
	if err := json.Unmarshal(b.Bytes(), &back); err != nil || len(back) != 2 {
		t.Fatalf("%v: %s", err, b.String())
	}
	if back[0]["counts"].(map[string]any)["claims"] != 8.0 || back[1]["counts"] != nil || back[1]["date"] != nil {
		t.Errorf("%s", b.String())
	}
	b.Reset()
	if err := EntriesJSON(&b, nil); err != nil || b.String() != "[]\n" {
		t.Errorf("nothing is %q", b.String())
	}
}

func TestHits(t *testing.T) {
	t.Parallel()
	hits := []library.Hit{{Entry: entries[0], Snippet: "über the ferry", Matches: []articles.Span{{Start: 10, End: 15}}, Offset: 4}}
	var b bytes.Buffer
	if err := HitsJSON(&b, hits); err != nil {
		t.Fatal(err)
	}
	var back []struct {
		ID, Snippet string
		Matches     [][2]int
	}
	if err := json.Unmarshal(b.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	m := back[0].Matches[0]
	if got := string([]rune(back[0].Snippet)[m[0]:m[1]]); got != "ferry" || back[0].ID != entries[0].ID {
		t.Errorf("%q of %+v", got, back[0])
	}
}
