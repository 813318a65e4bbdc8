package catalog

import (
	"slices"

	"byline/annotate/library"
)

// Hits are what a search found, and of these, what a filter keeps. The zero Hits are none.
type Hits struct {
	All    []library.Hit
	Shown  []library.Hit // those in articles that match the filter, in the order of All
	Quotes bool          // they are quotes
	ByTime bool          // the latest comes first, as the query has no words to rank by

	within *Catalog // of All, with the filter; nil for none
}

// Replace replaces all hits; the filter stays.
func (h *Hits) Replace(all []library.Hit, ranked bool) {
	text := h.FilterText()
	*h = Hits{All: all, Shown: all, Quotes: len(all) > 0 && all[0].Quote}
	h.ByTime = !ranked || h.Quotes
	h.Filter(text)
}

// Filter shows only the hits in articles that match text, as [Catalog.Filter] does; all for an empty one.
func (h *Hits) Filter(text string) {
	if text == "" {
		h.Shown, h.within = h.All, nil
		return
	}
	if h.within == nil {
		entries := make([]library.Entry, len(h.All))
		for i := range h.All {
			entries[i] = h.All[i].Entry
		}
		c := New(entries, Arrangement{Sort: AsGiven})
		h.within = &c
	}
	h.within.Filter(text)
	kept := map[string]bool{}
	for _, id := range h.within.IDs() {
		kept[id] = true
	}
	h.Shown = slices.DeleteFunc(slices.Clone(h.All), func(x library.Hit) bool { return !kept[x.Entry.ID] })
}

// FilterText returns the text of the filter, empty for none.
func (h *Hits) FilterText() string {
	if h.within == nil {
		return ""
	}
	return h.within.FilterText()
}

// Pieces splits a title at the matches of the filter.
func (h *Hits) Pieces(title string) []Piece {
	if h.within == nil {
		return []Piece{{Text: title}}
	}
	return h.within.Pieces(title)
}

// Last returns the index at which the last hit in the article with that ID is shown, or −1.
func (h *Hits) Last(id string) int {
	for i, x := range slices.Backward(h.Shown) {
		if x.Entry.ID == id {
			return i
		}
	}
	return -1
}
