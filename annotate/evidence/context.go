package evidence

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/lexicon"
	"byline/articles"
)

// A Clue is the hash of a feature.
type Clue uint32

// clues are the features of a mention or a name.
type clues []Clue

// add adds the feature of a kind with value v.
func (c *clues) add(kind int, v uint64) {
	*c = append(*c, Clue(mix(v+uint64(kind)*0x9E3779B97F4A7C15)>>32))
}

// mix spreads the bits of h (the last steps of MurmurHash3).
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// reach is how many words on each side of a mention are looked at one by one, wide how many
// without regard to their order.
const (
	reach = 3
	wide  = 7
)

// A page is a document while the contexts of its mentions are read.
type page struct {
	d      *annotate.Doc
	ms     []annotate.Mention
	kinds  []int            // by mention: the most likely type, 0 to 4
	ranges []annotate.Range // by mention: tokens
	words  []uint64         // by token: hash of the word in small letters
}

// newPage prepares the mentions ms of d, with the shares of their types.
func newPage(d *annotate.Doc, ms []annotate.Mention, shares []Shares) *page {
	p := &page{d: d, ms: ms, kinds: make([]int, len(ms)), ranges: make([]annotate.Range, len(ms)), words: make([]uint64, len(d.Tokens))}
	at := 0
	for i := range ms {
		s := ms[i].Span
		at += sort.Search(len(d.Tokens)-at, func(k int) bool { return d.Tokens[at+k].End > s.Start })
		end := at + 1
		for end < len(d.Tokens) && d.Tokens[end].Start < s.End {
			end++
		}
		p.ranges[i] = annotate.Range{First: at, End: end}
		p.kinds[i] = mostLikely(&shares[i])
	}
	return p
}

// mostLikely returns the index of the greatest share.
func mostLikely(s *Shares) int {
	best := 0
	for k, x := range s {
		if x > s[best] {
			best = k
		}
	}
	return best
}

// word returns the hash of the word at token t in small letters, with one value for all numbers, and 1
// and 2 outside the sentence s.
func (p *page) word(s annotate.Range, t int) uint64 {
	switch {
	case t < s.First:
		return 1
	case t >= s.End:
		return 2
	}
	if p.words[t] == 0 {
		p.words[t] = wordHash(p.d.Word(t), p.d.Tokens[t].Kind)
	}
	return p.words[t]
}

func wordHash(w string, kind annotate.TokenKind) uint64 {
	if kind == annotate.Number {
		return 3
	}
	return uint64(lexicon.Key(0).Add(w))
}

// pair returns a hash of two values in order.
func pair(a, b uint64) uint64 { return mix(a)*31 + b }

// context appends the clues around mention i, which is in sentence number n of the document.
func (p *page) context(c clues, i, n int) clues {
	s, g := p.d.Sentences[n].Tokens, p.ranges[i]
	var around [2 * reach]uint64
	for k := range reach {
		around[k] = p.word(s, g.First-1-k)
		around[reach+k] = p.word(s, g.End+k)
	}
	for k, w := range around {
		c.add(1+k, w)
	}
	c.add(10, pair(around[1], around[0]))
	c.add(11, pair(around[reach], around[reach+1]))
	c.add(12, pair(around[0], around[reach]))
	c.add(13, pair(around[0], uint64(p.kinds[i])))
	c.add(14, pair(around[reach], uint64(p.kinds[i])))
	for t := max(s.First, g.First-wide); t < g.First; t++ {
		if p.plain(t) {
			c.add(15, p.word(s, t))
		}
	}
	for t := g.End; t < min(s.End, g.End+wide); t++ {
		if p.plain(t) {
			c.add(16, p.word(s, t))
		}
	}
	c = p.neighbours(c, i, s)
	c = p.signs(c, i, n)
	return p.apposition(c, s, g)
}

// plain reports whether the word at token t is in small letters.
func (p *page) plain(t int) bool {
	return p.d.Tokens[t].Kind == annotate.Word && !capital(p.d.Word(t))
}

func capital(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

// neighbours appends what stands between mention i and those beside it, with their types: "X, Y
// and Z" are of one type, "X of Y" are not.
func (p *page) neighbours(c clues, i int, s annotate.Range) clues {
	g := p.ranges[i]
	if i > 0 && p.ranges[i-1].First >= s.First {
		c.add(20, pair(p.between(s, p.ranges[i-1].End, g.First), uint64(p.kinds[i-1])))
	}
	if i+1 < len(p.ranges) && p.ranges[i+1].End <= s.End {
		c.add(21, pair(p.between(s, g.End, p.ranges[i+1].First), uint64(p.kinds[i+1])))
	}
	return c
}

// between returns a hash of the words from token a to b; 5 if they are more than two.
func (p *page) between(s annotate.Range, a, b int) uint64 {
	h := uint64(4)
	if b-a > 2 {
		return 5
	}
	for t := a; t < b; t++ {
		h = pair(h, p.word(s, t))
	}
	return h
}

// signs appends how and where mention i is written.
func (p *page) signs(c clues, i, n int) clues {
	s, g := p.d.Sentences[n].Tokens, p.ranges[i]
	if t := p.ms[i].Title; !t.Empty() {
		title := t.In(p.d.Text)
		c.add(30, 0)
		c.add(31, uint64(lexicon.Key(0).Add(title[strings.LastIndexByte(title, ' ')+1:])))
	}
	if g.First == s.First {
		c.add(32, uint64(min(n, 1)))
		if g.End < s.End {
			c.add(33, pair(p.word(s, g.End), uint64(min(n, 1))))
		}
	}
	if p.d.Paragraphs[p.d.Sentences[n].Paragraph].Block.Kind == articles.Heading {
		c.add(34, 0)
	}
	if g.End == s.End {
		c.add(35, 0)
	}
	if g.First > s.First && g.End < s.End && p.d.Word(g.First-1) == "(" && p.d.Word(g.End) == ")" {
		c.add(36, 0)
	}
	for t := max(s.First, g.First-wide); t < min(s.End, g.End+wide); t++ {
		if p.d.Tokens[t].Kind == annotate.Number && strings.ContainsAny(p.d.Word(t), "-–") {
			c.add(37, 0) // a score: "2-1"
			break
		}
	}
	return c
}

// apposition appends the nouns behind a name: those of "X, the mayor of …".
func (p *page) apposition(c clues, s, g annotate.Range) clues {
	if g.End+1 < s.End && p.d.Word(g.End) == "," {
		end := min(s.End, g.End+7)
		for t := g.End + 1; t < end && p.d.Tokens[t].Kind == annotate.Word; t++ {
			if p.plain(t) {
				c.add(40, p.word(s, t))
			}
		}
		c.add(41, p.word(s, g.End+1))
	}
	return c
}
