package eval

import (
	"strings"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
)

// A NonQuote is words in marks that nobody says.
type NonQuote struct {
	articles.Span
	Kind string // "title" or "scare"; empty if the gold does not tell them apart
}

// The kinds of passages in marks.
const (
	speech = iota
	title
	scare
	nonSpeech
	allPassages
	passageKinds
)

var passageTypes = [passageKinds]string{"speech", "title", "scare", "no speech", "both"}

// The speakers that passages of speech are given, by what the gold has.
const (
	rightSpeaker = iota
	otherSpeaker
	nobodyWrongly
	nobodyRightly
	speakerWrongly
	speakerKinds
)

var speakerTypes = [speakerKinds]string{"the right speaker", "another speaker", "nobody, wrongly", "nobody, rightly", "a speaker, wrongly"}

// A portion is some out of all.
type portion struct{ n, of int }

func (p *portion) count(yes bool) {
	p.of++
	if yes {
		p.n++
	}
}

// A passageCount counts passages by kind, and the speakers that are given to those that are found.
type passageCount struct {
	kinds    [passageKinds]portion
	speakers [speakerKinds]portion
}

func (p *passageCount) add(o *passageCount) {
	for i, k := range o.kinds {
		p.kinds[i].n += k.n
		p.kinds[i].of += k.of
	}
	for i, s := range o.speakers {
		p.speakers[i].n += s.n
		p.speakers[i].of += s.of
	}
}

// scorePassages counts passages in marks. Speech is right if a direct or mixed quote is found there,
// other words if none is. Which speaker speech is given is counted where it is found; the right one
// has a mention at the very place of a mention of the gold's.
func (c *comparison) scorePassages(l *annotate.Layer) {
	gold, found := ofClass(c.d.Gold.Quotes, inMarks), ofClass(l.Quotes, inMarks)
	for i := range gold {
		g := &gold[i]
		if first, _ := utf8.DecodeRuneInString(g.In(c.d.Text)); !strings.ContainsRune("\"“”„«»‘’'`", first) {
			continue
		}
		f := quoteAt(g.Span, gold, found)
		c.passages.kinds[speech].count(f != nil)
		c.passages.kinds[allPassages].count(f != nil)
		if f != nil {
			c.scorePassageSpeaker(g, f, l)
		}
		if c.listing && c.d.Has&Quotes == 0 {
			c.listPassage(g, f, l)
		}
	}
	for _, n := range c.d.NonQuotes {
		f := quoteAt(n.Span, gold, found)
		c.passages.kinds[nonSpeech].count(f == nil)
		c.passages.kinds[allPassages].count(f == nil)
		if k := nonQuoteKinds[n.Kind]; k != speech {
			c.passages.kinds[k].count(f == nil)
		}
		if f != nil && c.listing {
			c.list("quote", "not speech", f.Origin, n.Span, n.Kind)
		}
	}
}

var nonQuoteKinds = map[string]int{"title": title, "scare": scare}

// quoteAt returns the quote that is found at a passage: the one that covers most of it, at least
// half. If the passage is inside another gold quote, which covers it in any case, the two must share
// half of what they cover together. It is nil if there is none.
func quoteAt(s articles.Span, gold, found []annotate.Quote) *annotate.Quote {
	nested := false
	for _, g := range gold {
		nested = nested || g.Start <= s.Start && s.End <= g.End && g.Len() > s.Len()
	}
	var best *annotate.Quote
	most := 0
	for i := range found {
		f := &found[i]
		shared := min(f.End, s.End) - max(f.Start, s.Start)
		whole := s.Len()
		if nested {
			whole += f.Len() - shared
		}
		if shared > most && 2*shared >= whole {
			best, most = f, shared
		}
	}
	return best
}

// scorePassageSpeaker counts the speaker that f gives to the speech g.
func (c *comparison) scorePassageSpeaker(g, f *annotate.Quote, l *annotate.Layer) {
	of := &c.passages.speakers
	if g.Speaker == "" {
		of[nobodyRightly].count(f.Speaker == "")
		of[speakerWrongly].count(f.Speaker != "")
		return
	}
	right := c.d.sameSpeaker(g, f, l)
	of[rightSpeaker].count(right)
	of[otherSpeaker].count(!right && f.Speaker != "")
	of[nobodyWrongly].count(!right && f.Speaker == "")
}

// listPassage lists speech that was missed, or was given a wrong speaker.
func (c *comparison) listPassage(g, f *annotate.Quote, l *annotate.Layer) {
	if f == nil {
		c.list("quote", "missed speech", annotate.Origin{}, g.Span, speakerName(&c.d.Gold, g))
	} else if !c.d.sameSpeaker(g, f, l) {
		c.list("quote", "speaker "+speakerName(l, f), f.Origin, g.Span, speakerName(&c.d.Gold, g))
	}
}

// A TypeShare is the share of the passages of a type that are right, or of the speakers of one.
type TypeShare struct {
	Type string `json:"type"`
	Share
}

// typeShares returns the shares of the types that occur.
func typeShares(types []string, of []portion) []TypeShare {
	var all []TypeShare
	for i, p := range of {
		if p.of > 0 {
			all = append(all, TypeShare{types[i], shareOf(p.n, p.of)})
		}
	}
	return all
}
