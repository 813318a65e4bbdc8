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

// admits reports whether the arrangement lists a row.
func (c *Catalog) admits(r *row) bool {
	return (c.by.Status == "" || r.state() == c.by.Status) && (c.by.Tag == "" || slices.Contains(c.tags[r.tags], c.by.Tag))
}

// compare orders two rows by everything but their titles.
func (a Arrangement) compare(x, y *row) int {
	c := a.Sort.compare(x, y)
	if a.Reverse && (a.Sort.hasKey(x) || a.Sort.hasKey(y)) && a.Sort.hasKey(x) == a.Sort.hasKey(y) {
		return -c
	}
	return c
}

// sort lists the entries that the arrangement admits, in its order. Equal entries stay in the
// order of entries, with the one added last first.
func (c *Catalog) sort() {
	order := make([]int32, 0, len(c.rows))
	for i := range c.rows {
		if c.admits(&c.rows[i]) {
			order = append(order, int32(i))
		}
	}
	by, rows := c.by, c.rows
	compare := func(i, j int32) int { return by.compare(&rows[i], &rows[j]) }
	if by.Sort == ByTitle {
		compare = c.compareTitles
	}
	slices.SortFunc(order, func(i, j int32) int {
		if n := compare(i, j); n != 0 {
			return n
		}
		return cmp.Compare(i, j)
	})
	c.order = order
	c.refilter()
}

func (c *Catalog) compareTitles(i, j int32) int {
	n := strings.Compare(c.table.order(i), c.table.order(j))
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

// compare orders rows by everything but titles, the newest or largest first.
func (s Sorting) compare(a, b *row) int {
	switch s {
	case ByTitle, AsGiven:
		return 0
	case ByDate:
		return cmp.Compare(b.date, a.date)
	case ByOpened:
		return cmp.Compare(b.opened, a.opened)
	case ByLength:
		return cmp.Compare(b.words, a.words)
	case ByProgress:
		return cmp.Compare(b.read(), a.read())
	case ByQuotes:
		return cmp.Compare(b.quotes, a.quotes)
	case ByReviewed:
		return cmp.Compare(b.shareReviewed(), a.shareReviewed())
	}
	return cmp.Compare(b.added, a.added)
}

// hasKey reports whether r has the value that s sorts by. Entries without it come last, in either
// direction.
func (s Sorting) hasKey(r *row) bool {
	switch s {
	case ByDate:
		return r.date != 0
	case ByOpened:
		return r.opened != 0
	}
	return true
}
