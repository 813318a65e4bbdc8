// Package catalog holds the entries of the library in memory: which of them are listed and in
// which order. It draws nothing.
//
// Folded words for sorting and filtering are kept beside each entry, so that a keypress costs little however many
// entries there are: an [Arrangement] yields an order, which is an array of indices, and the filter keeps some of them.
package catalog

import (
	"maps"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"byline/annotate/library"
	"byline/articles"
	"byline/articles/clean"
)

// A Catalog is the entries of the library and the list made of them. The zero Catalog is empty.
type Catalog struct {
	table
	unread int
	by     Arrangement
	order  []int32 // indices of rows: those that by admits, in its order
	filter filter
	extent Extent

	Removed int // articles in the trash, counted where there is no entry
	Coming  Coming
}

// Coming says what is not in the catalog yet while only its first entries are there.
type Coming struct{ Entries, Unread int }

// An Extent says how wide the columns of the listed entries have to be.
type Extent struct {
	Site         int // the longest name of a publication, in runes; 0 for none
	Date, Opened articles.Extent
	Read         bool // whether anything of any of them is read
	Reviewed     bool // and reviewed
}

// New returns the catalog of entries, arranged. It takes a while for a large library, and may run
// on any goroutine.
func New(entries []library.Entry, by Arrangement) Catalog {
	c, _ := Collect(func(each func(*library.Entry)) error {
		for i := range entries {
			each(&entries[i])
		}
		return nil
	}, by, len(entries))
	return c
}

// Collect is New for entries that come one by one, some n; they are not kept.
func Collect(entries func(each func(*library.Entry)) error, by Arrangement, n int) (Catalog, error) {
	c := Catalog{by: by}
	c.rows = make([]row, 0, n)
	err := entries(func(e *library.Entry) {
		c.add(e)
		if e.Status == library.Unread {
			c.unread++
		}
	})
	c.close()
	c.sort()
	return c, err
}

// Replace replaces the entries by those of n. Arrangement and filter stay those of c.
func (c *Catalog) Replace(n Catalog) {
	by, f := c.by, c.filter
	*c = n
	c.filter = f
	if by != n.by {
		c.by = by
		c.sort()
		return
	}
	c.refilter()
}

// ReplaceEntry replaces the entry with the ID of e, if there is one, and reports whether that
// changed what is listed or its order.
func (c *Catalog) ReplaceEntry(e library.Entry) bool {
	i := c.index(e.ID)
	if i < 0 {
		return false
	}
	was, title := c.rows[i], c.titles.at(int32(i))
	if was.status == 0 {
		c.unread--
	}
	if e.Status == library.Unread {
		c.unread++
	}
	if c.filter.lent {
		c.rows, c.bylines, c.titles.moved, c.filter.lent = slices.Clone(c.rows), slices.Clone(c.bylines), maps.Clone(c.titles.moved), false
	}
	c.set(i, &e)
	now := &c.rows[i]
	if c.admits(&was) == c.admits(now) && c.by.compare(&was, now) == 0 && title == c.titles.at(int32(i)) {
		return false
	}
	c.sort()
	return true
}

// All returns the entries, listed or not.
func (c *Catalog) All() []library.Entry {
	out := make([]library.Entry, len(c.rows))
	for i := range c.rows {
		out[i] = *c.entry(int32(i))
	}
	return out
}

// Total returns the number of entries, and CountUnread how many of them are unread; those that are still to come included.
func (c *Catalog) Total() int       { return len(c.rows) + c.Coming.Entries }
func (c *Catalog) CountUnread() int { return c.unread + c.Coming.Unread }

// Has reports whether there is an entry with that ID, listed or not.
func (c *Catalog) Has(id string) bool { return c.index(id) >= 0 }

func (c *Catalog) index(id string) int {
	for i := range c.rows {
		if r := &c.rows[i]; int(r.id) == len(id) && c.id(r) == id {
			return i
		}
	}
	return -1
}

// Len returns how many entries are listed.
func (c *Catalog) Len() int { return len(c.filter.shown) }

// At returns a copy of the entry listed at index i.
func (c *Catalog) At(i int) *library.Entry { return c.entry(c.filter.shown[i]) }

// IDs returns the IDs of the listed entries, in the order of the list.
func (c *Catalog) IDs() []string {
	out := make([]string, len(c.filter.shown))
	for i, at := range c.filter.shown {
		out[i] = c.id(&c.rows[at])
	}
	return out
}

// Find returns the index at which the entry with that ID is listed, or −1.
func (c *Catalog) Find(id string) int {
	return slices.IndexFunc(c.filter.shown, func(at int32) bool { return c.id(&c.rows[at]) == id })
}

// Arrangement returns the arrangement.
func (c *Catalog) Arrangement() Arrangement { return c.by }

// Arrange lists the entries in another arrangement.
func (c *Catalog) Arrange(by Arrangement) {
	c.by = by
	c.sort()
}

// Filter lists only the entries whose title, publication or author contains the words of text or
// resembles them. An empty text lists all.
func (c *Catalog) Filter(text string) {
	c.filter.set(text)
	c.refilter()
}

// FilterText returns the text of the filter, empty for none.
func (c *Catalog) FilterText() string { return c.filter.text }

// Pieces splits a text at the matches of the filter, never between a letter and its accents.
func (c *Catalog) Pieces(text string) []Piece { return c.filter.pieces(text) }

func (c *Catalog) refilter() {
	c.filter.apply(&c.table, c.order)
	c.measure()
}

// measure sets the extent of what is listed.
func (c *Catalog) measure() {
	c.extent = Extent{}
	site := make([]bool, len(c.names))
	for _, i := range c.filter.shown {
		r := &c.rows[i]
		site[c.bylines[i].site] = true
		c.extent.Date.Add(articles.Date(r.date))
		if r.opened != 0 {
			c.extent.Opened.Add(articles.DateAt(fromMillis(r.opened), articles.ToSecond, ""))
		}
		c.extent.Read = c.extent.Read || r.progress > 0 || r.reviewed > 0 && r.claims > 0
		c.extent.Reviewed = c.extent.Reviewed || r.reviewed > 0
	}
	for i, on := range site {
		if on {
			c.extent.Site = max(c.extent.Site, utf8.RuneCountInString(c.names[i].text))
		}
	}
}

// Extent returns how wide the columns of what is listed have to be.
func (c *Catalog) Extent() Extent { return c.extent }

// Tags returns the tags of all entries, each once, in order.
func (c *Catalog) Tags() []string {
	var tags []string
	for i := range c.rows {
		tags = append(tags, c.tags[c.rows[i].tags]...)
	}
	slices.Sort(tags)
	return slices.Compact(tags)
}

// fold returns s in lower case and without accents, rune for rune.
func fold(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return strings.Map(foldRune, s)
		}
	}
	return strings.ToLower(s)
}

func foldRune(r rune) rune {
	if r < 0xc0 {
		return unicode.ToLower(r)
	}
	if whole := norm.NFD.PropertiesString(string(r)).Decomposition(); len(whole) > 0 {
		r, _ = utf8.DecodeRune(whole)
	}
	return unicode.ToLower(r)
}

// Title returns the title of e, safe to draw; the name of its source if it has none.
func Title(e *library.Entry) string {
	if t := clean.Line(e.Title); t != "" {
		return t
	}
	return "(" + clean.Line(path.Base(e.Source)) + ")"
}
