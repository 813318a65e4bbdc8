package eval

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
)

// classes are the groups of quotes that are counted separately.
var classes = [...]struct {
	name  string
	types []annotate.QuoteType
}{
	{"all", []annotate.QuoteType{annotate.Direct, annotate.Mixed, annotate.Indirect}},
	{"direct+mixed", []annotate.QuoteType{annotate.Direct, annotate.Mixed}},
	{"direct", []annotate.QuoteType{annotate.Direct}},
	{"mixed", []annotate.QuoteType{annotate.Mixed}},
	{"indirect", []annotate.QuoteType{annotate.Indirect}},
}

// The classes for which a quote is right or wrong by itself.
const (
	inMarks  = 1
	reported = 4
)

// The classes that are a part of those in marks.
const (
	directOnly = 2
	mixedOnly  = 3
)

// A quoteCount counts the quotes of a class.
type quoteCount struct {
	Exact, Half Count
	Asked       int   // matched quotes whose speaker the gold gives, nobody included
	Right       int   // those with the same speaker in the engine's layer
	Linked      Count // overlap by half and speaker, of quotes whose speaker the gold gives
}

func (q *quoteCount) add(o *quoteCount) {
	q.Exact, q.Half, q.Linked = q.Exact.plus(o.Exact), q.Half.plus(o.Half), q.Linked.plus(o.Linked)
	q.Asked += o.Asked
	q.Right += o.Right
}

// scoreQuotes counts quotes by class. A gold and a found quote match if their intersection is at
// least half of their union, with each quote used once, the largest overlaps first; a match is
// exact if both ends are equal. Speakers are scored on matched quotes, and together with the span,
// as in Pareti et al. 2013 and the quotation sieves of Muzny et al. 2017.
func (c *comparison) scoreQuotes(l *annotate.Layer) {
	for k := range classes {
		gold, found := ofClass(c.d.Gold.Quotes, k), ofClass(l.Quotes, k)
		q := &c.Quotes[k]
		n := Count{Found: len(found), Gold: len(gold)}
		q.Exact, q.Half, q.Linked = n, n, n
		pairs := match(gold, found)
		right := make([]bool, len(found))
		for _, p := range pairs {
			right[p.found] = c.scorePair(q, gold[p.gold], found[p.found], l)
		}
		q.forgetUnknown(c.d, gold, pairs)
		if k != inMarks && k != reported {
			continue
		}
		for i := range found {
			c.countClaim("quotes", string(found[i].Type), found[i].Origin, right[i])
		}
		if c.listing {
			c.listQuotes(l, gold, found, pairs)
		}
	}
}

// scorePair counts a match and reports whether span and speaker are right; any speaker is right if
// the gold gives none.
func (c *comparison) scorePair(q *quoteCount, gold, found *annotate.Quote, l *annotate.Layer) bool {
	q.Half.Right++
	if gold.Span == found.Span {
		q.Exact.Right++
	}
	if !c.d.knowsSpeaker(gold) {
		return true
	}
	q.Asked++
	if !c.d.sameSpeaker(gold, found, l) {
		return false
	}
	q.Right++
	q.Linked.Right++
	return true
}

// forgetUnknown removes quotes whose speaker is not in the gold from the count of those with
// speakers, with the found quotes that match them.
func (q *quoteCount) forgetUnknown(d *Doc, gold []*annotate.Quote, pairs []pair) {
	for _, g := range gold {
		if !d.knowsSpeaker(g) {
			q.Linked.Gold--
		}
	}
	for _, p := range pairs {
		if !d.knowsSpeaker(gold[p.gold]) {
			q.Linked.Found--
		}
	}
}

// knowsSpeaker reports whether the gold says who speaks q, or that nobody does.
func (d *Doc) knowsSpeaker(q *annotate.Quote) bool { return !d.Loose || q.Speaker != "" }

func ofClass(qs []*annotate.Quote, k int) []*annotate.Quote {
	var some []*annotate.Quote
	for _, q := range qs {
		if q.State != annotate.Rejected && slices.Contains(classes[k].types, q.Type) {
			some = append(some, q)
		}
	}
	return some
}

// A pair is the indices of a gold quote and of the found one that matches it.
type pair struct {
	gold, found   int
	shared, union int
}

// MatchQuotes returns the indices of quotes of two lists, both in order, that match: their intersection is at least half
// of their union, each is used once, and the largest overlaps come first. The pairs are in the order of a.
func MatchQuotes(a, b []*annotate.Quote) [][2]int {
	var out [][2]int
	for _, p := range match(a, b) {
		out = append(out, [2]int{p.gold, p.found})
	}
	return out
}

// match returns the pairs in the order of the gold. Both lists must be sorted.
func match(gold, found []*annotate.Quote) []pair {
	var all []pair
	for i, g := range gold {
		for k, f := range found {
			if f.Start >= g.End {
				break
			}
			n := min(f.End, g.End) - max(f.Start, g.Start)
			if u := f.Len() + g.Len() - n; n > 0 && 2*n >= u {
				all = append(all, pair{i, k, n, u})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b pair) int { return cmp.Compare(b.shared*a.union, a.shared*b.union) })
	goldUsed, foundUsed := make([]bool, len(gold)), make([]bool, len(found))
	all = slices.DeleteFunc(all, func(p pair) bool {
		if goldUsed[p.gold] || foundUsed[p.found] {
			return true
		}
		goldUsed[p.gold], foundUsed[p.found] = true, true
		return false
	})
	slices.SortFunc(all, func(a, b pair) int { return cmp.Compare(a.gold, b.gold) })
	return all
}

// sameSpeaker reports whether found has the speaker of gold: an entity with a mention at exactly
// the same place. Nobody is an answer too.
func (d *Doc) sameSpeaker(gold, found *annotate.Quote, l *annotate.Layer) bool {
	g, f := d.Gold.Entity(gold.Speaker), l.Entity(found.Speaker)
	if d.Loose && g != nil {
		return d.sameWords(g, found, f)
	}
	if g == nil || f == nil {
		return g == nil && f == nil
	}
	at := make(map[articles.Span]bool, len(g.Mentions))
	for _, m := range g.Mentions {
		at[d.withoutArticle(m.Span)] = true
	}
	return slices.ContainsFunc(f.Mentions, func(m annotate.Mention) bool { return at[d.withoutArticle(m.Span)] })
}

// withoutArticle returns s without a leading article.
func (d *Doc) withoutArticle(s articles.Span) articles.Span {
	for _, w := range [...]string{"The ", "the ", "A ", "a ", "An ", "an "} {
		if strings.HasPrefix(s.In(d.Text), w) {
			s.Start += len(w)
			break
		}
	}
	return s
}

// sameWords reports whether found is attributed to the mention that the gold marked, or to the
// same words; if the gold has only a name, to an entity with a part of it.
func (d *Doc) sameWords(g *annotate.Entity, found *annotate.Quote, f *annotate.Entity) bool {
	for _, m := range g.Mentions {
		said := found.SpeakerMention
		if said.Overlaps(m.Span) || !said.Empty() && strings.EqualFold(said.In(d.Text), m.In(d.Text)) {
			return true
		}
	}
	if f == nil {
		return false
	}
	for _, m := range g.Mentions {
		if slices.ContainsFunc(f.Mentions, func(o annotate.Mention) bool { return o.Overlaps(m.Span) }) {
			return true
		}
	}
	name := strings.ToLower(g.Name)
	return len(g.Mentions) == 0 && slices.ContainsFunc(strings.Fields(strings.ToLower(f.Name)), func(w string) bool {
		return utf8.RuneCountInString(w) > 2 && strings.Contains(name, w)
	})
}
