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
type portion struct{ N, Of int }

func (p *portion) count(yes bool) {
	p.Of++
	if yes {
		p.N++
	}
}

// A passageCount counts passages by kind, and the speakers that are given to those that are found.
type passageCount struct {
	Kinds    [passageKinds]portion
	Speakers [speakerKinds]portion
}

func (p *passageCount) add(o *passageCount) {
	for i, k := range o.Kinds {
		p.Kinds[i].N += k.N
		p.Kinds[i].Of += k.Of
	}
	for i, s := range o.Speakers {
		p.Speakers[i].N += s.N
		p.Speakers[i].Of += s.Of
	}
}

// scorePassages counts passages in marks. Speech is right if a direct or mixed quote is found there,
// other words if none is. Which speaker speech is given is counted where it is found; the right one
// has a mention at the very place of a mention of the gold's.
func (c *comparison) scorePassages(l *annotate.Layer) {
	gold, found := ofClass(c.d.Gold.Quotes, inMarks), ofClass(l.Quotes, inMarks)
	wrong := map[*annotate.Quote]bool{} // by found quote at a passage
	for _, g := range gold {
		if !beginsWithMark(g.In(c.d.Text)) {
			continue
		}
		f := quoteAt(g.Span, gold, found)
		right := c.scoreSpeech(g, f, l)
		if f != nil {
			wrong[f] = wrong[f] || !right
		}
	}
	for _, n := range c.d.NonQuotes {
		f := quoteAt(n.Span, gold, found)
		c.scoreNonSpeech(n, f)
		if f != nil {
			wrong[f] = true
		}
	}
	if c.d.Has&Quotes != 0 {
		return // scoreQuotes counts these claims
	}
	for _, f := range found {
		if bad, at := wrong[f]; at {
			c.countClaim("quotes", string(f.Type), f.Origin, !bad)
		}
	}
}

// beginsWithMark reports whether words begin with a quotation mark; speech that is only set off, as in
// an interview, does not.
func beginsWithMark(words string) bool {
	first, _ := utf8.DecodeRuneInString(words)
	return strings.ContainsRune("\"“”„«»‘’'`", first)
}

// scoreSpeech counts a passage of speech at which f is found, or nothing, and reports whether it is
// found with the right speaker.
func (c *comparison) scoreSpeech(g, f *annotate.Quote, l *annotate.Layer) bool {
	c.Passages.count(speech, f != nil)
	if c.listing && c.d.Has&Quotes == 0 {
		c.listSpeech(g, f, l)
	}
	if f == nil {
		return false
	}
	right := c.d.sameSpeaker(g, f, l)
	of := &c.Passages.Speakers
	if g.Speaker == "" {
		of[nobodyRightly].count(right)
		of[speakerWrongly].count(!right)
	} else {
		of[rightSpeaker].count(right)
		of[otherSpeaker].count(!right && f.Speaker != "")
		of[nobodyWrongly].count(!right && f.Speaker == "")
	}
	return right
}

// scoreNonSpeech counts a passage that is no speech, at which f is found, or nothing.
func (c *comparison) scoreNonSpeech(n NonQuote, f *annotate.Quote) {
	c.Passages.count(nonSpeech, f == nil)
	switch n.Kind {
	case passageTypes[title]:
		c.Passages.Kinds[title].count(f == nil)
	case passageTypes[scare]:
		c.Passages.Kinds[scare].count(f == nil)
	}
	if f != nil && c.listing {
		c.list("quote", "not speech", f.Origin, n.Span, n.Kind)
	}
}

// quoteAt returns the quote that is found at a passage: the one that covers most of it, at least
// half. If the passage is inside another gold quote, which covers it in any case, the two must share
// half of what they cover together. It is nil if there is none.
func quoteAt(s articles.Span, gold, found []*annotate.Quote) *annotate.Quote {
	nested := false
	for _, g := range gold {
		nested = nested || g.Start <= s.Start && s.End <= g.End && g.Len() > s.Len()
	}
	var best *annotate.Quote
	most := 0
	for _, f := range found {
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

// count counts a passage of speech, or one of other words.
func (p *passageCount) count(kind int, right bool) {
	p.Kinds[kind].count(right)
	p.Kinds[allPassages].count(right)
}

// listSpeech lists speech that was missed, or was given a wrong speaker.
func (c *comparison) listSpeech(g, f *annotate.Quote, l *annotate.Layer) {
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
		if p.Of > 0 {
			all = append(all, TypeShare{types[i], shareOf(p.N, p.Of)})
		}
	}
	return all
}
