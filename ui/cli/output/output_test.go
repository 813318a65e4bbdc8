package output

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	"byline/annotate/library"
	"byline/articles"
	"byline/ui"
)

var entries = []library.Entry{
	{ID: "0123456789abcdef", Title: "The Ferry at Low Tide", Site: "Holm Courier", Source: "ferry.txt", Format: articles.Plain,
		Date: articles.ParseDate("2026-03-09T08:15+01:00"), Added: time.Date(2026, 3, 10, 8, 0, 0, 0, time.UTC),
		Words: 700, Status: library.Reading, Progress: 0.5, Version: 1,
		Counts: annotate.Counts{People: 2, Organizations: 1, Quotes: 3, Claims: 8, Reviewed: 2}, Making: library.Making{Annotated: true}},
	{ID: "fedcba9876543210", Title: "渡し船の\x1b[31m夜明け🚢と港の話のとても長い題名がここにあります", Source: "-", Words: 3, Status: library.Unread, Version: 1},
}

// No line of the table is wider than the terminal, whatever a title holds.
func TestTable(t *testing.T) {
	t.Parallel()
	for _, width := range []int{80, 100, 140} {
		var b bytes.Buffer
		if err := EntriesTable(&b, entries, width, ui.Dates{Layout: "2 Jan 2006", Now: func() time.Time { return time.Date(2026, 3, 10, 0, 0, 0, 0, time.UTC) }}); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			line = strings.TrimSuffix(line, "\n")
			if w := ansi.StringWidth(line); w > width || strings.ContainsRune(line, 0x1b) {
				t.Errorf("width %d: %d cells: %q", width, w, line)
			}
		}
		for _, want := range []string{"01234567  The Ferry", "yesterday", "25%", "ID ", "TITLE", "QUOTES"} {
			if !strings.Contains(b.String(), want) {
				t.Errorf("width %d: no %q\n%s", width, want, b.String())
			}
		}
		if got := strings.Contains(b.String(), "PUBLICATION"); got != (width >= 140) {
			t.Errorf("width %d: publication %t\n%s", width, got, b.String())
		}
	}
}

// A column that no article has anything for is left out, and the title gets its room.
func TestTableWithoutDates(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	long := "A title of some sixty cells, so that it has to be cut at eighty columns"
	if err := EntriesTable(&b, []library.Entry{{ID: "01", Title: long, Words: 3, Tags: []string{"sea"}}}, 140, ui.Dates{}); err != nil {
		t.Fatal(err)
	}
	if got := b.String(); strings.Contains(got, "DATE") || strings.Contains(got, "PUBLICATION") || strings.Contains(got, "PEOPLE") || !strings.Contains(got, long+"  #sea") {
		t.Errorf("\n%s", got)
	}
}

func TestTSV(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := EntriesTSV(&b, entries, true); err != nil {
		t.Fatal(err)
	}
	got := strings.Split(b.String(), "\n")[1:]
	if want := "0123456789abcdef\treading\t50\t2026-03-09\t700\t2\t1\t3\t8\t2\tThe Ferry at Low Tide\tHolm Courier\tferry.txt\tannotated"; got[0] != want {
		t.Errorf("got  %q\nwant %q", got[0], want)
	}
	if names, _, _ := strings.Cut(b.String(), "\n"); strings.Count(names, "\t") != 13 {
		t.Errorf("the names of the columns: %q", names)
	}
	if n := strings.Count(got[1], "\t"); n != 13 || strings.ContainsRune(got[1], 0x1b) {
		t.Errorf("%d tabs: %q", n, got[1])
	}
}

func TestEntriesJSON(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := EntriesJSON(&b, entries, map[string][]library.Hand{entries[0].ID: {{Set: "May", Who: "ann", Done: true}}}); err != nil {
		t.Fatal(err)
	}
	var back []map[string]any
	if err := json.Unmarshal(b.Bytes(), &back); err != nil || len(back) != 2 {
		t.Fatalf("%v: %s", err, b.String())
	}
	if back[0]["annotation"] != "annotated" || back[1]["annotation"] != "not annotated" {
		t.Errorf("%s", b.String())
	}
	if who, _ := json.Marshal(back[0]["team"]); string(who) != `[{"done":true,"set":"May","who":"ann"}]` || back[1]["team"] != nil {
		t.Errorf("%s", b.String())
	}
	if back[0]["counts"].(map[string]any)["claims"] != 8.0 || back[1]["counts"] != nil || back[1]["date"] != nil {
		t.Errorf("%s", b.String())
	}
	b.Reset()
	if err := EntriesJSON(&b, nil, nil); err != nil || b.String() != "[]\n" {
		t.Errorf("nothing is %q", b.String())
	}
}

// How an annotation stands that was begun is said in every form of a list.
func TestAttempts(t *testing.T) {
	t.Parallel()
	for a, want := range map[library.Attempt]string{library.Running: "being annotated", library.BrokenOff: "annotation broken off", library.Elsewhere: "annotation begun on another computer"} {
		list := []library.Entry{{ID: "01", Title: "Ferry", Tags: []string{"sea"}, Making: library.Making{Attempt: a}}}
		var table, tsv, js bytes.Buffer
		if err := errors.Join(EntriesTable(&table, list, 100, ui.Dates{}), EntriesTSV(&tsv, list, false), EntriesJSON(&js, list, nil)); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(table.String(), "Ferry  ("+want+")  #sea") {
			t.Errorf("%s", table.String())
		}
		if !strings.HasSuffix(tsv.String(), "\t"+want+"\n") {
			t.Errorf("%q", tsv.String())
		}
		if !strings.Contains(js.String(), `"annotation": "`+want+`"`) {
			t.Errorf("%s", js.String())
		}
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
