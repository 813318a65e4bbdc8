package library

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"byline/annotate/library"
	"byline/articles/clean"
)

// A stock is all entries of the library, with what filter and sort look at.
type stock struct {
	entries []library.Entry
	keys    []key // one an entry
	unread  int
}

// A key is the words of an entry, folded.
type key struct {
	title string // rune for rune the title as it is drawn
	rest  string // publication and author, a line each
	order string // the title from its first letter or digit on
}

func newStock(entries []library.Entry) stock {
	st := stock{entries: entries, keys: make([]key, len(entries))}
	for i := range entries {
		st.keys[i] = newKey(&entries[i])
		if entries[i].Status == library.Unread {
			st.unread++
		}
	}
	return st
}

func newKey(e *library.Entry) key {
	k := key{title: fold(title(e)), rest: fold(clean.Line(e.Site) + "\n" + clean.Line(e.Author))}
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

// index returns where the entry with that ID is, or −1.
func (st *stock) index(id string) int {
	return slices.IndexFunc(st.entries, func(e library.Entry) bool { return e.ID == id })
}

// set replaces an entry.
func (st *stock) set(i int, e library.Entry) {
	for _, x := range []struct {
		e *library.Entry
		n int
	}{{&st.entries[i], -1}, {&e, 1}} {
		if x.e.Status == library.Unread {
			st.unread += x.n
		}
	}
	st.entries[i], st.keys[i] = e, newKey(&e)
}

// tags lists the tags of all entries, each once, in order.
func (st *stock) tags() []string {
	var tags []string
	for i := range st.entries {
		tags = append(tags, st.entries[i].Tags...)
	}
	slices.Sort(tags)
	return slices.Compact(tags)
}

// An arrangement says which entries are listed, and in what order.
type arrangement struct {
	status  library.Status // empty for all
	tag     string         // empty for all
	sort    sorting
	reverse bool
}

func (a arrangement) admits(e *library.Entry) bool {
	return (a.status == "" || e.Status == a.status) && (a.tag == "" || slices.Contains(e.Tags, a.tag))
}

// compare orders two entries by all but their titles.
func (a arrangement) compare(x, y *library.Entry) int {
	c := a.sort.compare(x, y)
	if a.reverse && (a.sort.known(x) || a.sort.known(y)) && a.sort.known(x) == a.sort.known(y) {
		return -c
	}
	return c
}

// sorted returns the indices of what a admits, in its order. Entries that are alike
// stay in the order in which they came: the one that was added last is first.
func (st *stock) sorted(a arrangement) []int {
	order := make([]int, 0, len(st.entries))
	for i := range st.entries {
		if a.admits(&st.entries[i]) {
			order = append(order, i)
		}
	}
	less := func(i, j int) int { return a.compare(&st.entries[i], &st.entries[j]) }
	if a.sort == byTitle {
		less = func(i, j int) int {
			c := strings.Compare(st.keys[i].order, st.keys[j].order)
			if a.reverse {
				return -c
			}
			return c
		}
	}
	slices.SortFunc(order, func(i, j int) int {
		if c := less(i, j); c != 0 {
			return c
		}
		return cmp.Compare(i, j)
	})
	return order
}

// A sorting is what a list is ordered by.
type sorting uint8

const (
	byAdded sorting = iota
	byTitle
	byDate
	byOpened
	byLength
	byProgress
	byQuotes
	byReviewed
	sortings
)

func (s sorting) String() string {
	return [...]string{"added", "title", "date", "opened", "length", "read", "quotes", "reviewed"}[s]
}

// compare orders entries, what is newest or most first; titles are not its business.
func (s sorting) compare(a, b *library.Entry) int {
	switch s {
	case byTitle:
		return 0
	case byDate:
		return b.Date.Compare(a.Date)
	case byOpened:
		return b.Opened.Compare(a.Opened)
	case byLength:
		return cmp.Compare(b.Words, a.Words)
	case byProgress:
		return cmp.Compare(b.Progress, a.Progress)
	case byQuotes:
		return cmp.Compare(b.Counts.Quotes, a.Counts.Quotes)
	case byReviewed:
		return cmp.Compare(reviewed(b), reviewed(a))
	}
	return b.Added.Compare(a.Added)
}

// known reports whether e has what s orders by. Entries that have not come last,
// whichever way round the others are.
func (s sorting) known(e *library.Entry) bool {
	switch s {
	case byDate:
		return !e.Date.IsZero()
	case byOpened:
		return !e.Opened.IsZero()
	}
	return true
}

// reviewed returns the share of claims that a person decided on, 0 to 1.
func reviewed(e *library.Entry) float64 {
	if e.Counts.Claims == 0 {
		return 0
	}
	return float64(e.Counts.Reviewed) / float64(e.Counts.Claims)
}
