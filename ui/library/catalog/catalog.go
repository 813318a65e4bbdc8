// Package catalog holds the entries of the library in memory: which of them are listed and in
// which order. It draws nothing.
//
// Each entry comes with folded words for sorting and filtering. They are computed once, by [New],
// so that a keypress costs little however many entries there are: an [Arrangement] yields an
// order, which is an array of indices, and the filter keeps some of them.
package catalog

import (
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"byline/annotate/library"
	"byline/articles/clean"
)

// A Catalog is the entries of the library and the list made of them. The zero Catalog is empty.
type Catalog struct {
	entries []library.Entry
	keys    []key // one per entry
	unread  int
	by      Arrangement
	order   []int // indices into entries: those that by admits, in its order
	filter  filter
	extent  Extent

	Removed int // articles in the trash, counted where there is no entry
}

// An Extent says how wide the columns of the listed entries have to be.
type Extent struct {
	Site         int          // the longest name of a publication, in runes; 0 for none
	Date, Opened [2]time.Time // the first and the last; zero for none
	Read         bool         // whether anything of any of them is read
	Reviewed     bool         // and reviewed
}

// A key is the folded words of an entry.
type key struct {
	title string // the title as drawn, rune for rune
	rest  string // publication and author, one per line
	order string // the title from its first letter or digit on
}

// New returns the catalog of entries, arranged. It takes a while for a large library, and may run
// on any goroutine.
func New(entries []library.Entry, by Arrangement) Catalog {
	c := Catalog{entries: entries, keys: make([]key, len(entries)), by: by}
	for i := range entries {
		c.keys[i] = newKey(&entries[i])
		if entries[i].Status == library.Unread {
			c.unread++
		}
	}
	c.sort()
	return c
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
	was := c.entries[i]
	c.set(i, e)
	if c.by.admits(&was) == c.by.admits(&e) && c.by.compare(&was, &e) == 0 && was.Title == e.Title {
		return false
	}
	c.sort()
	return true
}

// set replaces entry i.
func (c *Catalog) set(i int, e library.Entry) {
	if c.entries[i].Status == library.Unread {
		c.unread--
	}
	if e.Status == library.Unread {
		c.unread++
	}
	c.entries[i], c.keys[i] = e, newKey(&e)
}

// All returns the entries, listed or not.
func (c *Catalog) All() []library.Entry { return c.entries }

// Total returns the number of entries, and Unread how many of them are unread.
func (c *Catalog) Total() int       { return len(c.entries) }
func (c *Catalog) CountUnread() int { return c.unread }

// Has reports whether there is an entry with that ID, listed or not.
func (c *Catalog) Has(id string) bool { return c.index(id) >= 0 }

func (c *Catalog) index(id string) int {
	return slices.IndexFunc(c.entries, func(e library.Entry) bool { return e.ID == id })
}

// Len returns how many entries are listed.
func (c *Catalog) Len() int { return len(c.filter.shown) }

// At returns the entry listed at index i.
func (c *Catalog) At(i int) *library.Entry { return &c.entries[c.filter.shown[i]] }

// Find returns the index at which the entry with that ID is listed, or −1.
func (c *Catalog) Find(id string) int {
	return slices.IndexFunc(c.filter.shown, func(at int) bool { return c.entries[at].ID == id })
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
	c.filter.apply(c.keys, c.order)
	c.extent = Extent{}
	for _, i := range c.filter.shown {
		e := &c.entries[i]
		c.extent.Site = max(c.extent.Site, utf8.RuneCountInString(e.Site))
		widen(&c.extent.Date, e.Date)
		widen(&c.extent.Opened, e.Opened)
		c.extent.Read = c.extent.Read || e.Read() > 0
		c.extent.Reviewed = c.extent.Reviewed || e.Reviewed() > 0
	}
}

// widen extends a range of times to t.
func widen(within *[2]time.Time, t time.Time) {
	if t.IsZero() {
		return
	}
	if within[0].IsZero() || t.Before(within[0]) {
		within[0] = t
	}
	if t.After(within[1]) {
		within[1] = t
	}
}

// Extent returns how wide the columns of what is listed have to be.
func (c *Catalog) Extent() Extent { return c.extent }

// Tags returns the tags of all entries, each once, in order.
func (c *Catalog) Tags() []string {
	var tags []string
	for i := range c.entries {
		tags = append(tags, c.entries[i].Tags...)
	}
	slices.Sort(tags)
	return slices.Compact(tags)
}

func newKey(e *library.Entry) key {
	k := key{title: fold(Title(e)), rest: fold(clean.Line(e.Site) + "\n" + clean.Line(e.Author))}
	k.order = strings.TrimLeftFunc(k.title, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return k
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
