package people

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	"byline/annotate/library"
	"byline/articles"
	"byline/articles/clean"
	"byline/articles/spelling"
	"byline/ui"
)

// crowd is everybody, and which of them are listed in which order.
type crowd struct {
	all     []library.Person // those in most articles first
	folded  []string         // names, one for each, below it in lines those that were merged with it
	widest  widest
	shown   []int         // indices into all
	words   string        // of the filter
	kind    annotate.Type // empty for all
	sort    sorting
	reverse bool
}

// widest is how many cells columns take for all that is in them.
type widest struct {
	kind int // with the names of kinds short
	day  int // 0 where no article has a date
}

// measure returns what the columns of all take.
func measure(all []library.Person, dates *ui.Dates) widest {
	w := widest{kind: len("person")}
	var days articles.Extent
	for i := range all {
		w.kind = max(w.kind, ansi.StringWidth(kindShort(all[i].ID.Type)))
		days.Add(all[i].Last)
	}
	w.kind = min(w.kind, kindMost)
	if w.day = dates.Width(days); w.day > 0 {
		w.day = max(w.day, len("last"))
	}
	return w
}

// A sorting is what the list is sorted by.
type sorting uint8

const (
	byArticles sorting = iota
	byMentions
	byQuotes
	byLast
	byName
	sortings
)

func (s sorting) String() string {
	return [...]string{"articles", "mentions", "quotes", "last", "name"}[s]
}

func foldAll(all []library.Person) []string {
	out := make([]string, len(all))
	for i := range all {
		out[i] = library.Fold(strings.Join(append([]string{clean.Line(all[i].Name)}, all[i].Merged...), "\n"))
	}
	return out
}

func (c *crowd) replace(all []library.Person, folded []string, w widest) {
	c.all, c.folded, c.widest = all, folded, w
	c.arrange()
}

// arrange lists those of the kind whose names have all words of the filter, in order.
func (c *crowd) arrange() {
	words := strings.Fields(library.Fold(c.words))
	c.shown = c.shown[:0]
	for i := range c.all {
		if (c.kind == "" || c.all[i].ID.Type == c.kind) && c.called(i, words) >= 0 {
			c.shown = append(c.shown, i)
		}
	}
	if c.sort == byArticles && !c.reverse {
		return // as they are
	}
	slices.SortStableFunc(c.shown, func(i, j int) int {
		n := c.compare(i, j)
		if c.reverse {
			n = -n
		}
		return cmp.Or(n, cmp.Compare(i, j))
	})
}

func (c *crowd) compare(i, j int) int {
	a, b := &c.all[i], &c.all[j]
	switch c.sort {
	case byMentions:
		return cmp.Compare(b.Mentions, a.Mentions)
	case byQuotes:
		return cmp.Compare(b.Quotes, a.Quotes)
	case byLast:
		return cmp.Compare(b.Last, a.Last)
	case byName:
		return strings.Compare(c.folded[i], c.folded[j])
	}
	return cmp.Compare(b.Articles, a.Articles)
}

// called returns which of somebody's names has all words: 0 for their own, then those that were merged with it; −1 for none.
func (c *crowd) called(i int, words []string) int {
	n := 0
	for name := range strings.SplitSeq(c.folded[i], "\n") {
		if containsAll(name, words) {
			return n
		}
		n++
	}
	return -1
}

// title returns the name of who is listed at index i, with the one that the filter is about if that was merged with it.
func (c *crowd) title(i int) string {
	p := c.at(i)
	name := clean.Line(p.Name)
	if n := c.called(c.shown[i], strings.Fields(library.Fold(c.words))); n > 0 {
		name += " (" + clean.Line(p.Merged[n-1]) + ")"
	}
	return name
}

func containsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// at returns who is listed at index i.
func (c *crowd) at(i int) *library.Person { return &c.all[c.shown[i]] }

// find returns the index at which the one with that ID is listed, or −1.
func (c *crowd) find(id library.PersonID) int {
	return slices.IndexFunc(c.shown, func(i int) bool { return c.all[i].ID == id })
}

// kinds are the kinds that somebody has, empty for all first, and labels of the user's own last.
func (c *crowd) kinds() []annotate.Type {
	out := []annotate.Type{"", annotate.Person, annotate.Organization, annotate.Place, annotate.Other}
	n := len(out)
	for i := range c.all {
		if t := c.all[i].ID.Type; !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	slices.Sort(out[n:])
	return out
}

// likely returns whom p may be merged with: those of its kind, first those whose names share most words
// with its name, or have words that are spelled almost as its are.
func likely(all []library.Person, p *library.Person) []library.Person {
	words := strings.Fields(library.Fold(p.Name))
	like := map[library.PersonID]int{}
	var out []library.Person
	for i := range all {
		x := &all[i]
		if x.ID == p.ID || x.ID.Type != p.ID.Type {
			continue
		}
		if n := likeness(words, strings.Fields(library.Fold(x.Name))); n > 0 {
			like[x.ID] = n
		}
		out = append(out, *x)
	}
	slices.SortStableFunc(out, func(a, b library.Person) int { return cmp.Compare(like[b.ID], like[a.ID]) })
	return out[:min(len(out), mostOffered)]
}

// mostOffered is how many names a list of names to merge with has.
const mostOffered = 2000

// likeness says how much two names, in words, look alike: 4 for each word of more than two letters
// that they share, 3 for one that is spelled otherwise.
func likeness(a, b []string) int {
	n := 0
	for _, w := range a {
		switch {
		case utf8.RuneCountInString(w) <= 2:
		case slices.Contains(b, w):
			n += 4
		case slices.ContainsFunc(b, func(o string) bool { return spelling.Same(w, o) }):
			n += 3
		}
	}
	return n
}
