package output

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"byline/annotate/library"
	"byline/articles/clean"
	"byline/ui"
)

// EntriesTable writes one line per article, none wider than width cells, below the names of the
// columns. A column that would be empty is left out.
func EntriesTable(w io.Writer, entries []library.Entry, width int, dates ui.Dates) error {
	if len(entries) == 0 {
		_, err := fmt.Fprintln(w, `The library is empty. Add articles with "byline add FILE".`)
		return err
	}
	t := table{width: width, columns: []tableColumn{
		{name: "ID"}, {name: "TITLE", elastic: true}, {name: "PUBLICATION", most: max(16, (width-60)/4)}, {name: "DATE", right: true}, {name: "MIN", right: true},
		{name: "READ", right: true}, {name: "PEOPLE", right: true}, {name: "ORGS", right: true}, {name: "QUOTES", right: true}, {name: "REVIEWED", right: true},
	}}
	for i := range entries {
		e := &entries[i]
		title := clean.Line(e.Title)
		if e.Attempt != library.NoAttempt {
			title += "  (" + e.Attempt.String() + ")"
		}
		if len(e.Tags) > 0 {
			title += clean.Line("  #" + strings.Join(e.Tags, " #"))
		}
		people, orgs, quotes, reviewed := "", "", "", ""
		if e.Annotated {
			people, orgs, quotes = fmt.Sprint(e.Counts.People), fmt.Sprint(e.Counts.Organizations), fmt.Sprint(e.Counts.Quotes)
			reviewed = percent(e.Counts.Reviewed, e.Counts.Claims)
		}
		t.rows = append(t.rows, []string{
			library.ShortID(e.ID), title, clean.Line(e.Site), dates.Of(e.Date), fmt.Sprint(e.Minutes()), fmt.Sprintf("%.0f%%", 100*e.Read()),
			people, orgs, quotes, reviewed,
		})
	}
	return t.write(w)
}

// percent formats a share in per cent; empty if whole is 0.
func percent(part, whole int) string {
	if whole == 0 {
		return ""
	}
	return fmt.Sprintf("%d%%", 100*part/whole)
}

// entryFields are the names of the columns of [EntriesTSV].
const entryFields = "id\tstatus\tread\tdate\twords\tpeople\torganizations\tquotes\tclaims\treviewed\ttitle\tsite\tsource\tannotation"

// EntriesTSV writes one line per article, with fields separated by tabs, below their names if
// header.
func EntriesTSV(w io.Writer, entries []library.Entry, header bool) error {
	return EachEntryTSV(w, func(each func(*library.Entry)) error {
		for i := range entries {
			each(&entries[i])
		}
		return nil
	}, header)
}

// EachEntryTSV is EntriesTSV for articles that come one by one.
func EachEntryTSV(w io.Writer, entries func(each func(*library.Entry)) error, header bool) error {
	b := bufio.NewWriter(w)
	if header {
		fmt.Fprintln(b, entryFields)
	}
	err := entries(func(e *library.Entry) { fmt.Fprintln(b, entryLine(e)) })
	return cmp.Or(err, b.Flush())
}

// entryLine returns the fields of an article.
func entryLine(e *library.Entry) string {
	counts := make([]string, 5)
	if e.Annotated {
		for i, n := range []int{e.Counts.People, e.Counts.Organizations, e.Counts.Quotes, e.Counts.Claims, e.Counts.Reviewed} {
			counts[i] = strconv.Itoa(n)
		}
	}
	fields := append([]string{e.ID, string(e.Status), fmt.Sprintf("%.0f", 100*e.Read()), e.Date.Day().String(), strconv.Itoa(e.Words)}, counts...)
	return strings.Join(append(fields, clean.Line(e.Title), clean.Line(e.Site), clean.Line(e.Source), e.Making.String()), "\t")
}

// entryJSON is an article of the library, for scripts.
type entryJSON struct {
	ID       string    `json:"id"`
	Title    string    `json:"title"`
	Author   string    `json:"author,omitempty"`
	Site     string    `json:"site,omitempty"`
	Source   string    `json:"source"`
	Format   string    `json:"format"`
	Date     string    `json:"date,omitempty"`      // without a time of day
	Said     string    `json:"published,omitempty"` // the same, as precisely as the source says it
	Added    time.Time `json:"added"`
	Words    int       `json:"words"`
	Status   string    `json:"status"`
	Progress float64   `json:"progress"`
	theirsJSON
	Version int `json:"version"`
	madeJSON
}

// theirsJSON is what people made an article part of.
type theirsJSON struct {
	Tags []string   `json:"tags,omitempty"`
	Team []handJSON `json:"team,omitempty"` // who has it in which set
}

// madeJSON is what the machine made of an article.
type madeJSON struct {
	Annotation string      `json:"annotation"`
	Counts     *countsJSON `json:"counts,omitempty"`
}

// handJSON is somebody to whom an article is assigned in a set.
type handJSON struct {
	Set  string `json:"set"`
	Who  string `json:"who"`
	Done bool   `json:"done"`
}

type countsJSON struct {
	People        int `json:"people"`
	Organizations int `json:"organizations"`
	Quotes        int `json:"quotes"`
	Claims        int `json:"claims"`
	Reviewed      int `json:"reviewed"`
}

func jsonOf(e *library.Entry) entryJSON {
	j := entryJSON{
		ID: e.ID, Title: e.Title, Author: e.Author, Site: e.Site, Source: clean.Line(e.Source), Format: string(e.Format),
		Date: e.Date.Day().String(), Said: e.Date.String(), Added: e.Added.UTC(), Words: e.Words, Status: string(e.Status),
		Progress: e.Read(), theirsJSON: theirsJSON{Tags: e.Tags}, Version: e.Version,
		madeJSON: madeJSON{Annotation: e.Making.String()},
	}
	if e.Annotated {
		c := e.Counts
		j.Counts = &countsJSON{c.People, c.Organizations, c.Quotes, c.Claims, c.Reviewed}
	}
	return j
}

// EntriesJSON writes the articles as a list, with who has them in a team, by ID.
func EntriesJSON(w io.Writer, entries []library.Entry, hands map[string][]library.Hand) error {
	all := make([]entryJSON, len(entries))
	for i := range entries {
		all[i] = jsonOf(&entries[i])
		for _, h := range hands[entries[i].ID] {
			all[i].Team = append(all[i].Team, handJSON(h))
		}
	}
	return writeJSON(w, all)
}

// writeJSON writes v indented, without escaping the special characters of HTML.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
