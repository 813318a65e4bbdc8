package output

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"byline/annotate/library"
	"byline/articles/clean"
)

// EntriesTable writes one line per article, none wider than width cells.
func EntriesTable(w io.Writer, entries []library.Entry, width int) error {
	const right = "  %-10s %4s %5s %6s %4s %6s %8s\n"
	title := max(20, width+1-len(fmt.Sprintf(right, "", "", "", "", "", "", ""))-9)
	row := func(id, name string, rest ...any) error {
		name = ansi.Truncate(name, title, "…")
		pad := strings.Repeat(" ", max(0, title-ansi.StringWidth(name)))
		_, err := fmt.Fprintf(w, "%-8s %s%s"+right, append([]any{id, name, pad}, rest...)...)
		return err
	}
	if len(entries) == 0 {
		_, err := fmt.Fprintln(w, `The library is empty. Add articles with "byline add FILE".`)
		return err
	}
	if err := row("ID", "TITLE", "DATE", "MIN", "READ", "PEOPLE", "ORGS", "QUOTES", "REVIEWED"); err != nil {
		return err
	}
	for i := range entries {
		e := &entries[i]
		people, orgs, quotes, reviewed := "", "", "", ""
		if e.Annotated {
			people, orgs, quotes = fmt.Sprint(e.Counts.People), fmt.Sprint(e.Counts.Organizations), fmt.Sprint(e.Counts.Quotes)
			reviewed = percent(e.Counts.Reviewed, e.Counts.Claims)
		}
		read := fmt.Sprintf("%.0f %%", 100*e.Progress)
		err := row(library.ShortID(e.ID), clean.Line(e.Title), Day(e.Date), fmt.Sprint(e.Minutes()), read, people, orgs, quotes, reviewed)
		if err != nil {
			return err
		}
	}
	return nil
}

// percent formats a share in per cent; empty if whole is 0.
func percent(part, whole int) string {
	if whole == 0 {
		return ""
	}
	return fmt.Sprintf("%d %%", 100*part/whole)
}

// Day returns the day of t as 2026-11-29; empty for the zero time.
func Day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// EntriesTSV writes one line per article, with fields separated by tabs.
func EntriesTSV(w io.Writer, entries []library.Entry) error {
	for i := range entries {
		e := &entries[i]
		counts := make([]string, 5)
		if e.Annotated {
			for i, n := range []int{e.Counts.People, e.Counts.Organizations, e.Counts.Quotes, e.Counts.Claims, e.Counts.Reviewed} {
				counts[i] = fmt.Sprint(n)
			}
		}
		fields := append([]string{e.ID, string(e.Status), fmt.Sprintf("%.0f", 100*e.Progress), Day(e.Date), fmt.Sprint(e.Words)}, counts...)
		fields = append(fields, clean.Line(e.Title), clean.Line(e.Site), clean.Line(e.Source))
		if _, err := fmt.Fprintln(w, strings.Join(fields, "\t")); err != nil {
			return err
		}
	}
	return nil
}

// entryJSON is an article of the library, for scripts.
type entryJSON struct {
	ID       string      `json:"id"`
	Title    string      `json:"title"`
	Author   string      `json:"author,omitempty"`
	Site     string      `json:"site,omitempty"`
	Source   string      `json:"source"`
	Format   string      `json:"format"`
	Date     string      `json:"date,omitempty"`
	Added    time.Time   `json:"added"`
	Words    int         `json:"words"`
	Status   string      `json:"status"`
	Progress float64     `json:"progress"`
	Tags     []string    `json:"tags,omitempty"`
	Version  int         `json:"version"`
	Counts   *countsJSON `json:"counts,omitempty"`
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
		ID: e.ID, Title: e.Title, Author: e.Author, Site: e.Site, Source: e.Source, Format: string(e.Format),
		Date: Day(e.Date), Added: e.Added.UTC(), Words: e.Words, Status: string(e.Status),
		Progress: e.Progress, Tags: e.Tags, Version: e.Version,
	}
	if e.Annotated {
		c := countsJSON(e.Counts)
		j.Counts = &c
	}
	return j
}

// EntriesJSON writes the articles as a list.
func EntriesJSON(w io.Writer, entries []library.Entry) error {
	all := make([]entryJSON, len(entries))
	for i := range entries {
		all[i] = jsonOf(&entries[i])
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
