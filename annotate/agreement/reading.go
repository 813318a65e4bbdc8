package agreement

import (
	"cmp"
	"slices"

	"byline/annotate"
	"byline/annotate/agreement/measures"
	"byline/annotate/eval"
	"byline/annotate/segment"
	"byline/articles"
)

// An Article is a text with the readings of those who finished it.
type Article struct {
	ID, Title string
	Text      string
	Blocks    []articles.Block
	Readings  []Reading       // of different people
	Suggested *annotate.Layer // by the machine, to compare what was shown with what was hidden; nil if that is not asked for
}

// A Reading is what one person says about an article.
type Reading struct {
	Who    string
	Layer  *annotate.Layer             // the machine's with this person's decisions, and nobody else's
	Hidden func(c annotate.Claim) bool // suggestions that this person was not shown; nil for none
}

// Options say what counts.
type Options struct {
	Types   []string // of entities, and "quote"; if empty all but places and other names, which nobody is asked to review
	With    []string // types that count if Types is empty, besides those that do anyway
	Decided bool     // count only what all who read an article decided on: not what one of them left as the machine suggested it
	Seed    uint64   // of all that is drawn
	Chance  int      // annotations by chance for each article, for γ; 0 leaves γ out
	Draws   int      // of articles, for the intervals; 0 leaves them out
}

// quoteType stands for all quotes among [Options].Types.
const quoteType = "quote"

// counts reports whether a claim is one of those that are compared.
func (o *Options) counts(c annotate.Claim) bool {
	if c.State == annotate.Rejected || o.Decided && c.State != annotate.Confirmed {
		return false
	}
	if c.Kind == annotate.OfQuote {
		return len(o.Types) == 0 || slices.Contains(o.Types, quoteType)
	}
	if len(o.Types) == 0 {
		return !c.Entity.Type.Aside() || slices.Contains(o.With, string(c.Entity.Type))
	}
	return slices.Contains(o.Types, string(c.Entity.Type))
}

// A mark is a claim that counts: a mention with the type of its entity, or a quote.
type mark struct {
	articles.Span
	class
}

// A class is a type of names or of quotes. Without a type it is all of them together.
type class struct {
	about string // names or quotes
	typ   string
}

// What figures are about.
const (
	Names    = "names"
	Quotes   = "quotes"
	Clusters = "clusters"
	Speakers = "speakers"
	Shown    = "suggestions"
)

func markOf(c annotate.Claim) mark {
	if c.Kind == annotate.OfQuote {
		return mark{c.Span, class{Quotes, c.Type}}
	}
	return mark{c.Span, class{Names, string(c.Entity.Type)}}
}

func (m mark) compare(o mark) int {
	return cmp.Or(m.Span.Compare(o.Span), cmp.Compare(m.about, o.about), cmp.Compare(m.typ, o.typ))
}

// A view is one person's marks in an article.
type view struct {
	who      string
	layer    *annotate.Layer
	marks    []mark         // in order, each once
	decided  int            // claims that count and that the person decided on
	left     int            // claims that count as the machine suggested them
	numbers  []int          // of the classes of marks, see [text]
	of       []int          // how many marks there are of each class, by its number
	longest  int            // length of a mark in bytes
	entities eval.Partition // see entitiesOf
	at       map[articles.Span][]mark
}

func newView(r Reading, o *Options) *view {
	v := &view{who: r.Who, layer: r.Layer, at: map[articles.Span][]mark{}}
	for c := range r.Layer.Claims() {
		if !o.counts(c) {
			continue
		}
		if v.left++; c.State == annotate.Confirmed {
			v.left--
			v.decided++
		}
		v.marks = append(v.marks, markOf(c))
	}
	slices.SortFunc(v.marks, mark.compare)
	v.marks = slices.Compact(v.marks)
	for _, m := range v.marks {
		v.at[m.Span] = append(v.at[m.Span], m)
		v.longest = max(v.longest, m.Len())
	}
	return v
}

// leaveOut takes out what others made of suggestions that somebody left as they were: that person did not say what they
// think of it, so that it is neither agreed on nor disputed.
func (t *text) leaveOut(o *Options) {
	all := *o
	all.Decided = false
	var left []mark
	for _, r := range t.Readings {
		for c := range r.Layer.Claims() {
			if c.State == annotate.Proposed && all.counts(c) {
				left = append(left, markOf(c))
			}
		}
	}
	slices.SortFunc(left, mark.compare)
	left = slices.Compact(left)
	for _, v := range t.views {
		touched := map[mark]bool{}
		for _, m := range left {
			for _, x := range v.near(m) {
				if x.about == m.about && x.Overlaps(m.Span) {
					touched[x] = true
				}
			}
		}
		v.decided -= len(touched)
		v.marks = slices.DeleteFunc(v.marks, func(m mark) bool { return touched[m] })
		v.at = map[articles.Span][]mark{}
		for _, m := range v.marks {
			v.at[m.Span] = append(v.at[m.Span], m)
		}
	}
}

// has reports whether the person marked exactly that.
func (v *view) has(m mark) bool { return slices.Contains(v.at[m.Span], m) }

// A text is an article with what all its readings share.
type text struct {
	*Article
	views  []*view
	tokens []annotate.Token
	runes  map[int]int   // code points before a byte that a mark begins or ends at
	length int           // in code points
	number map[class]int // of the types that occur, from 1 on, in order
	types  []class       // the same
}

func newText(a *Article, o *Options) *text {
	blocks := a.Blocks
	if len(blocks) == 0 {
		blocks = nil // each line is a paragraph
	}
	t := &text{Article: a, number: map[class]int{}, tokens: segment.Split(a.Text, blocks).Tokens}
	var ends []int
	for _, r := range a.Readings {
		t.views = append(t.views, newView(r, o))
	}
	if o.Decided {
		t.leaveOut(o)
	}
	for _, v := range t.views {
		for _, m := range v.marks {
			ends = append(ends, m.Start, m.End)
			t.number[m.class] = 0
		}
	}
	slices.SortFunc(t.views, func(x, y *view) int { return cmp.Compare(x.who, y.who) })
	for c := range t.number {
		t.types = append(t.types, c)
	}
	slices.SortFunc(t.types, class.compare)
	for i, c := range t.types {
		t.number[c] = i + 1
	}
	for _, v := range t.views {
		v.of = make([]int, len(t.types)+1)
		for _, m := range v.marks {
			n := t.number[m.class]
			v.numbers = append(v.numbers, n)
			v.of[n]++
		}
	}
	t.countRunes(ends)
	return t
}

func (c class) compare(o class) int {
	return cmp.Or(cmp.Compare(c.about, o.about), cmp.Compare(c.typ, o.typ))
}

// countRunes finds the offsets of marks in code points, which are what exports have, so that whoever computes a figure
// again from an export gets the same.
func (t *text) countRunes(ends []int) {
	slices.Sort(ends)
	t.runes = make(map[int]int, len(ends))
	k := 0
	for at := range t.Text {
		for ; k < len(ends) && ends[k] <= at; k++ {
			t.runes[ends[k]] = t.length
		}
		t.length++
	}
	for ; k < len(ends); k++ {
		t.runes[ends[k]] = t.length
	}
}

// units returns the marks of a kind, with the number of their type as category.
func (t *text) units(v *view, about string) []measures.Unit {
	var out []measures.Unit
	for i, m := range v.marks {
		if m.about == about {
			out = append(out, measures.Unit{Start: t.runes[m.Start], End: t.runes[m.End], Category: v.numbers[i]})
		}
	}
	return out
}

// near returns the marks that may share text with m: those that begin before it ends, from the first that can reach it on.
func (v *view) near(m mark) []mark {
	end, _ := slices.BinarySearchFunc(v.marks, m.End, func(o mark, at int) int { return cmp.Compare(o.Start, at) })
	first, _ := slices.BinarySearchFunc(v.marks, m.Start-v.longest, func(o mark, at int) int { return cmp.Compare(o.Start, at) })
	return v.marks[first:end]
}
