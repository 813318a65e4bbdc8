package model

import (
	"byline/annotate"
	"byline/annotate/lexicon"
)

// A Feature is a hash of 24 bits, a bit that says whether it also has a row in the hidden layer,
// and a group.
type Feature uint32

// The groups of features, which are dropped at random in training.
const (
	plain   = iota // form and neighbours
	Itself         // the word itself
	Lists          // its classes in the lists
	Classes        // classes of words by their vectors
	Text           // evidence from the rest of the text
	Mined          // evidence from the raw texts
	Known          // names that are known as a whole
	Topical        // what the text and the sentence are about
)

const (
	hashBits   = 24
	hidden     = 1 << hashBits
	groupShift = hashBits + 1
)

// Group returns the group of f.
func (f Feature) Group() int { return int(f >> groupShift) }

// Hidden reports whether f has a row in the hidden layer.
func (f Feature) Hidden() bool { return f&hidden != 0 }

// Hash returns the 24 bits of f's hash.
func (f Feature) Hash() uint32 { return uint32(f) & (hidden - 1) }

// A bag collects the features of a token.
type bag []Feature

func (b *bag) add(group int, deep bool, template, h uint64) {
	h = mix(h, template)
	f := Feature(h>>(64-hashBits)) | Feature(group)<<groupShift
	if deep {
		f |= hidden
	}
	*b = append(*b, f)
}

// before and after are the words beyond the ends of a sentence.
var before, after = word{exact: 1, small: 1, shape: 1}, word{exact: 2, small: 2, shape: 2}

// A tokenWindow is a token with the words around it: two before, itself, two after.
type tokenWindow struct {
	x        *Document
	token    int
	first    int // of the sentence
	end      int
	writing  letterCase
	w        [5]*word
	sentence int
}

func (x *Document) window(sentence, token int) tokenWindow {
	s := x.d.Sentences[sentence].Tokens
	p := tokenWindow{x: x, token: token, first: s.First, end: s.End, writing: x.writing[sentence], sentence: sentence}
	for k := range p.w {
		switch t := token + k - 2; {
		case t < s.First:
			p.w[k] = &before
		case t >= s.End:
			p.w[k] = &after
		default:
			p.w[k] = x.wordAt(t)
		}
	}
	return p
}

// Features appends the features of a token to dst. The vectors of the words around it
// are those of [Document.Vectors].
func (x *Document) Features(sentence, token int, dst []Feature) []Feature {
	p := x.window(sentence, token)
	b := bag(dst)
	p.addWord(&b)
	p.neighbours(&b)
	p.classes(&b)
	p.lists(&b)
	p.addMined(&b)
	p.addKnown(&b)
	p.addRuns(&b)
	if p.w[2].form.has(capital) || x.caseless {
		p.text(&b)
		p.addTopics(&b)
	}
	return b
}

// Vectors returns the numbers of the vectors of the words around a token.
func (x *Document) Vectors(sentence, token int) (ids [Around]uint32) {
	s := x.d.Sentences[sentence].Tokens
	for k := range ids {
		if t := token + k - 2; t >= s.First && t < s.End {
			if id := x.wordAt(t).id; id < Near || k == Around/2 && id < Far {
				ids[k] = id
			}
		}
	}
	return ids
}

func (p *tokenWindow) addWord(b *bag) {
	c := p.w[2]
	b.add(plain, true, 1, 1)
	b.add(Itself, false, 2, c.exact)
	b.add(Itself, false, 3, c.small)
	b.add(plain, true, 4, c.shape)
	for k := range c.prefix {
		if c.prefix[k] != 0 {
			b.add(affixGroup(k), k < 3, uint64(5+k), c.prefix[k])
		}
		if c.suffix[k] != 0 {
			b.add(affixGroup(k), true, uint64(9+k), c.suffix[k])
		}
	}
	state := uint64(p.writing)
	if p.token == p.first {
		state |= 8
	}
	if p.token > p.first && p.x.d.Tokens[p.token-1].Kind == annotate.Mark {
		state |= 16
	}
	if c.class&lexicon.Small != 0 {
		state |= 32
	}
	if c.class&lexicon.Capital != 0 {
		state |= 64
	}
	b.add(plain, true, 13, mix(state, c.shape))
	b.add(plain, true, 14, state)
}

// affixGroup returns the group of an ending of k+1 letters: long ones identify the word.
func affixGroup(k int) int {
	if k == 3 {
		return Itself
	}
	return plain
}

func (p *tokenWindow) neighbours(b *bag) {
	p2, p1, c, n1, n2 := p.w[0], p.w[1], p.w[2], p.w[3], p.w[4]
	b.add(plain, false, 31, p1.small)
	b.add(plain, false, 32, n1.small)
	b.add(plain, false, 33, p2.small)
	b.add(plain, false, 34, n2.small)
	b.add(plain, true, 35, p1.shape)
	b.add(plain, true, 36, n1.shape)
	b.add(plain, false, 37, p2.shape)
	b.add(plain, false, 38, n2.shape)
	b.add(Itself, false, 39, mix(p1.small, c.small))
	b.add(Itself, false, 40, mix(c.small, n1.small))
	b.add(plain, true, 41, mix(p1.shape, mix(c.shape, n1.shape)))
	b.add(plain, false, 42, mix(p1.small, n1.small))
	b.add(plain, false, 43, mix(p1.small, c.shape))
	b.add(plain, false, 44, mix(c.shape, n1.small))
	b.add(plain, false, 45, mix(p2.small, p1.small))
	b.add(plain, false, 46, mix(n1.small, n2.small))
	b.add(plain, true, 47, p1.suffix[2])
	b.add(plain, true, 48, n1.suffix[2])
}

func (p *tokenWindow) classes(b *bag) {
	for k, w := range p.w {
		if w.id == 0 {
			b.add(Classes, false, uint64(100+k), 9999)
			continue
		}
		for g, class := range w.classes {
			if (k == 0 || k == 4) && g != 1 {
				continue
			}
			b.add(Classes, false, uint64(110+k*4+g), uint64(class))
		}
	}
	p1, c, n1 := p.w[1], p.w[2], p.w[3]
	if c.id > 0 {
		b.add(Classes, false, 134, mix(uint64(c.classes[1]), c.shape))
	}
	if c.id > 0 && p1.id > 0 {
		b.add(Classes, false, 131, uint64(c.classes[1])<<20|uint64(p1.classes[1]))
	}
	if c.id > 0 && n1.id > 0 {
		b.add(Classes, false, 132, uint64(c.classes[1])<<20|uint64(n1.classes[1]))
	}
	if p1.id > 0 && n1.id > 0 {
		b.add(Classes, false, 133, uint64(p1.classes[1])<<20|uint64(n1.classes[1]))
	}
}

// single are the classes of single words that are evidence of names.
const single = lexicon.First | lexicon.CommonFirst | lexicon.Surname | lexicon.CommonSurname | lexicon.Small | lexicon.Capital |
	lexicon.City | lexicon.Region | lexicon.Country | lexicon.Demonym

func (p *tokenWindow) lists(b *bag) {
	c := p.w[2]
	b.add(Lists, true, 50, uint64(c.class&single))
	b.add(Lists, true, 51, mix(uint64(c.class&single), c.shape))
	for bits := c.class & single &^ (lexicon.Small | lexicon.Capital); bits != 0; bits &= bits - 1 {
		b.add(Lists, false, 52, uint64(bits&-bits))
	}
	for k, w := range p.w {
		if k == 2 || !w.form.has(capital) && w != &before && w != &after {
			continue
		}
		b.add(Lists, true, uint64(53+k), uint64(w.class&single))
	}
	if p.w[1].form.has(capital) {
		b.add(Lists, true, 58, mix(uint64(p.w[1].class&single), uint64(c.class&single)))
	}
	if p.w[3].form.has(capital) {
		b.add(Lists, true, 59, mix(uint64(p.w[3].class&single), uint64(c.class&single)))
	}
	for k, t := range [3]int{p.token, p.token - 1, p.token + 1} {
		if t < p.first || t >= p.end {
			continue
		}
		m := &p.x.marks[t]
		for place, c := range [4]lexicon.Class{m.begin, m.inside, m.end, m.single} {
			for ; c != 0; c &= c - 1 {
				b.add(Lists, true, uint64(140+k*4+place), uint64(c&-c))
			}
		}
	}
}

// addMined adds what the raw texts show about the names and words here and next to here.
func (p *tokenWindow) addMined(b *bag) {
	if p.x.m.names.Entries == 0 {
		return
	}
	c := p.w[2]
	for k, t := range [3]int{p.token, p.token - 1, p.token + 1} {
		if t < p.first || t >= p.end {
			continue
		}
		for place, v := range p.x.marks[t].mined {
			if v != 0 {
				b.add(Mined, true, uint64(160+k*4+place), uint64(v))
				b.add(Mined, true, uint64(180+k*4+place), uint64(v&31))
			}
		}
	}
	if !c.form.has(upper) && !p.x.caseless {
		return
	}
	word := func(w *word) uint64 { return uint64(w.known >> WordShift & codeMask) }
	b.add(Mined, true, 172, word(c))
	b.add(Mined, true, 173, word(c)&31)
	b.add(Mined, true, 174, word(p.w[1])&31|word(c)&31<<5)
	b.add(Mined, true, 175, word(p.w[3])&31|word(c)&31<<5)
}

// text adds what the rest of the text shows about the word.
func (p *tokenWindow) text(b *bag) {
	c := p.w[2]
	n := &p.x.notes[c.low]
	if n.small > 0 {
		b.add(Text, true, 60, c.shape)
	}
	b.add(Text, true, uint64(61+min(n.mid, 2)), c.shape)
	for k := range n.beside {
		here := p.w[1]
		if k == runAfter || k == plainAfter {
			here = p.w[3]
		}
		none := true
		for i, low := range n.beside[k].low {
			if n.beside[k].n[i] == 0 {
				break
			}
			if n.beside[k].n[i] == 1 && here != &before && here != &after && low == here.low {
				continue
			}
			none = false
			b.add(Text, false, uint64(64+k), p.x.smalls[low])
		}
		if none {
			b.add(Text, true, uint64(64+k), 7)
		}
	}
}

// SourceFeatures appends the features that distinguish one source's annotation guidelines from
// another's.
func (x *Document) SourceFeatures(source, sentence, token int, dst []Feature) []Feature {
	if source == 0 {
		return dst
	}
	p := x.window(sentence, token)
	b := bag(dst)
	p.addSource(uint64(source), &b)
	return b
}

// homeFeatures appends the features of the sources whose guidelines the model follows.
func (x *Document) homeFeatures(sentence, token int, dst []Feature) []Feature {
	p := x.window(sentence, token)
	b := bag(dst)
	for _, s := range x.m.Sources {
		if s != 0 {
			p.addSource(uint64(s), &b)
		}
	}
	return b
}

// sourceFeatures is how many features a source has.
const sourceFeatures = 3

func (p *tokenWindow) addSource(s uint64, b *bag) {
	const known = lexicon.Country | lexicon.Demonym | lexicon.City | lexicon.First | lexicon.Small
	c := p.w[2]
	b.add(plain, false, 200, s)
	b.add(plain, false, 201, mix(s, c.shape))
	b.add(plain, false, 202, mix(s, uint64(c.class&known)))
}
