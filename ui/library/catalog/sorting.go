package catalog

import (
	"cmp"
	"slices"
	"strings"

	"byline/annotate/library"
)

// An Arrangement says which entries are listed, and in what order.
type Arrangement struct {
	Status  library.Status // empty for all
	Tag     string         // empty for all
	Sort    Sorting
	Reverse bool
}

func (a Arrangement) admits(e *library.Entry) bool {
	return (a.Status == "" || e.Status == a.Status) && (a.Tag == "" || slices.Contains(e.Tags, a.Tag))
}

// compare orders two entries by everything but their titles.
func (a Arrangement) compare(x, y *library.Entry) int {
	c := a.Sort.compare(x, y)
	if a.Reverse && (a.Sort.hasKey(x) || a.Sort.hasKey(y)) && a.Sort.hasKey(x) == a.Sort.hasKey(y) {
		return -c
	}
	return c
}

// sort lists the entries that the arrangement admits, in its order. Equal entries stay in the
// order of entries, with the one added last first.
func (c *Catalog) sort() {
	order := make([]int, 0, len(c.entries))
	for i := range c.entries {
		if c.by.admits(&c.entries[i]) {
			order = append(order, i)
		}
	}
	by, entries := c.by, c.entries
	compare := func(i, j int) int { return by.compare(&entries[i], &entries[j]) }
	if by.Sort == ByTitle {
		compare = c.compareTitles
	}
	slices.SortFunc(order, func(i, j int) int {
		if n := compare(i, j); n != 0 {
			return n
		}
		return cmp.Compare(i, j)
	})
	c.order = order
	c.refilter()
}

func (c *Catalog) compareTitles(i, j int) int {
	n := strings.Compare(c.keys[i].order, c.keys[j].order)
	if c.by.Reverse {
		return -n
	}
	return n
}

// A Sorting is a criterion that a list is sorted by.
type Sorting uint8

// The sortings, in the order in which [Sorting.Next] cycles through them.
const (
	byAdded Sorting = iota
	ByTitle
	ByDate
	ByOpened
	ByLength
	ByProgress
	ByQuotes
	ByReviewed
	sortings

	// AsGiven keeps the order of the entries. Next never comes to it.
	AsGiven
)

// Next returns the sorting after s; after the last comes the first.
func (s Sorting) Next() Sorting { return (s%sortings + 1) % sortings }

// String returns the name of s as it is shown: "added".
func (s Sorting) String() string {
	return [...]string{"added", "title", "date", "opened", "length", "read", "quotes", "reviewed", "", "removed"}[s]
}

// compare orders entries by everything but titles, the newest or largest first.
func (s Sorting) compare(a, b *library.Entry) int {
	switch s {
	case ByTitle, AsGiven:
		return 0
	case ByDate:
		return b.Date.Compare(a.Date)
	case ByOpened:
		return b.Opened.Compare(a.Opened)
	case ByLength:
		return cmp.Compare(b.Words, a.Words)
	case ByProgress:
		return cmp.Compare(b.Read(), a.Read())
	case ByQuotes:
		return cmp.Compare(b.Counts.Quotes, a.Counts.Quotes)
	case ByReviewed:
		return cmp.Compare(b.Reviewed(), a.Reviewed())
	}
	return b.Added.Compare(a.Added)
}

// hasKey reports whether e has the value that s sorts by. Entries without it come last, in either
// direction.
func (s Sorting) hasKey(e *library.Entry) bool {
	switch s {
	case ByDate:
		return !e.Date.IsZero()
	case ByOpened:
		return !e.Opened.IsZero()
	}
	return true
}
