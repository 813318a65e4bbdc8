package output

import (
	"fmt"
	"io"

	"byline/annotate/library"
	"byline/articles/clean"
)

// HitsText writes the articles found, each with the words around the matches.
func HitsText(w io.Writer, hits []library.Hit) error {
	if len(hits) == 0 {
		_, err := fmt.Fprintln(w, "No matches.")
		return err
	}
	for _, h := range hits {
		if _, err := fmt.Fprintf(w, "%s  %s\n          %s\n", library.ShortID(h.Entry.ID), clean.Line(h.Entry.Title), clean.Line(h.Snippet)); err != nil {
			return err
		}
	}
	return nil
}

// HitsTSV writes one line per hit, with fields separated by tabs.
func HitsTSV(w io.Writer, hits []library.Hit) error {
	for _, h := range hits {
		_, err := fmt.Fprintf(w, "%s\t%s\t%s\n", h.Entry.ID, clean.Line(h.Entry.Title), clean.Line(h.Snippet))
		if err != nil {
			return err
		}
	}
	return nil
}

// hitJSON is a hit, for scripts.
type hitJSON struct {
	entryJSON
	Snippet string   `json:"snippet"`
	Matches [][2]int `json:"matches"` // half-open, in code points of the snippet
}

// HitsJSON writes the hits as a list.
func HitsJSON(w io.Writer, hits []library.Hit) error {
	all := make([]hitJSON, len(hits))
	for i, h := range hits {
		all[i] = hitJSON{jsonOf(&h.Entry), h.Snippet, [][2]int{}}
		for _, m := range h.Matches {
			all[i].Matches = append(all[i].Matches, [2]int{codePoints(h.Snippet, m.Start), codePoints(h.Snippet, m.End)})
		}
	}
	return writeJSON(w, all)
}

// codePoints returns the number of code points before byte off.
func codePoints(text string, off int) int {
	n := 0
	for i := range text {
		if i >= off {
			break
		}
		n++
	}
	return n
}
