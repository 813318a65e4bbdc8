package model

import (
	"byline/annotate"
	"byline/annotate/lexicon/packed"
	"byline/articles"
)

// A letterCase says how a sentence is written.
type letterCase uint8

const (
	normal  letterCase = iota
	title              // most words are capitalized: a headline
	allCaps            // most words are in capitals
	noCaps             // no word is capitalized
)

// seenMost is how many different neighbours of a word are recorded.
const seenMost = 4

// A note is what a document shows about a word, in any case.
type note struct {
	small  int32 // how often it is in lower case
	mid    int32 // how often capitalized inside a sentence
	beside [4]neighbourCounts
}

// The neighbours of a capitalized word that a note records.
const (
	runBefore = iota // capitalized, before it
	runAfter
	plainBefore // not capitalized, before it
	plainAfter
)

// neighbourCounts are the first few neighbours of a word, by their index in notes, with counts.
type neighbourCounts struct {
	low [seenMost]int32
	n   [seenMost]int32
}

func (s *neighbourCounts) add(low int32) {
	for i := range s.low {
		if s.n[i] == 0 {
			s.low[i] = low
		}
		if s.low[i] == low {
			s.n[i]++
			return
		}
	}
}

// A Document is a text prepared for tagging: each different word looked up once, with the evidence
// about it from the whole text.
type Document struct {
	m        *Model
	d        *annotate.Doc
	words    []word
	token    []int32  // by token: index into words
	notes    []note   // by lower-cased word
	smalls   []uint64 // by lower-cased word: hash
	writing  []letterCase
	open     []bool     // by token: it may be in a name
	marks    []listMark // by token
	caps     []capitals // by token
	caseless bool
	topic    uint8   // of the whole
	topics   []uint8 // by sentence
	scratch  []byte
}

// Prepare prepares d for tagging.
func (m *Model) Prepare(d *annotate.Doc) *Document {
	x := &Document{m: m, d: d}
	x.lookUp()
	x.writing = make([]letterCase, len(d.Sentences))
	letters, uppers := 0, 0
	for i := range d.Sentences {
		l, u := x.scanCase(i)
		letters += l
		uppers += u
	}
	x.setTopics()
	x.caseless = uppers*100 < letters
	x.open = make([]bool, len(d.Tokens))
	x.marks = make([]listMark, len(d.Tokens))
	x.caps = make([]capitals, len(d.Tokens))
	for i := range d.Sentences {
		x.openTokens(i)
		x.note(i)
		x.markLists(i)
		x.runs(i)
	}
	return x
}

// lookUp fills words and token.
func (x *Document) lookUp() {
	n := len(x.d.Tokens)
	size := 16
	for size < n*2 {
		size *= 2
	}
	table := make([]int32, size)
	lows := make([]int32, size)
	x.token = make([]int32, n)
	x.words = make([]word, 0, n/2+1)
	recent := x.m.recentWords()
	for i := range x.d.Tokens {
		s := x.d.Word(i)
		h := hash(s)
		at := int(packed.Spread(h) & uint64(size-1))
		for table[at] != 0 && x.words[table[at]-1].exact != h {
			at = (at + 1) & (size - 1)
		}
		if table[at] == 0 {
			x.words = append(x.words, word{})
			w := &x.words[len(x.words)-1]
			if !recent.find(w, s, h) {
				x.scratch = x.m.look(w, s, x.scratch)
				recent.keep(w, s)
			}
			w.low = x.lowIndex(lows, w.small)
			table[at] = int32(len(x.words))
		}
		x.token[i] = table[at] - 1
	}
	if recent != nil {
		x.m.fast.kept.Put(recent)
	}
}

// lowIndex returns the index of the lower-cased word with hash h.
func (x *Document) lowIndex(table []int32, h uint64) int32 {
	mask := len(table) - 1
	at := int(packed.Spread(h) & uint64(mask))
	for table[at] != 0 && x.smalls[table[at]-1] != h {
		at = (at + 1) & mask
	}
	if table[at] == 0 {
		x.notes = append(x.notes, note{})
		x.smalls = append(x.smalls, h)
		table[at] = int32(len(x.notes))
	}
	return table[at] - 1
}

// scanCase finds out how sentence i is written, and returns the number of its words and of those
// that are capitalized.
func (x *Document) scanCase(i int) (all, uppers int) {
	s := x.d.Sentences[i].Tokens
	long, capitals, shouts := 0, 0, 0
	for t := s.First; t < s.End; t++ {
		w := &x.words[x.token[t]]
		if !w.form.has(letters) {
			continue
		}
		all++
		if w.form.has(upper) {
			uppers++
		}
		if x.d.Tokens[t].Len() < 4 {
			continue
		}
		long++
		if w.form.has(capital) {
			capitals++
		}
		if w.form.has(caps) {
			shouts++
		}
	}
	heading := x.d.Paragraphs[x.d.Sentences[i].Paragraph].Block.Kind == articles.Heading
	switch {
	case uppers == 0:
		x.writing[i] = noCaps
	case long >= 3 && shouts*10 >= long*8:
		x.writing[i] = allCaps
	case long >= 4 && capitals*10 >= long*8, heading && capitals*10 >= long*8:
		x.writing[i] = title
	}
	return all, uppers
}

// reach is how far from a capitalized word another word of a name may be.
const reach = 2

// openTokens marks the tokens of sentence i that may be in a name.
func (x *Document) openTokens(i int) {
	s := x.d.Sentences[i].Tokens
	all := x.writing[i] == title || x.writing[i] == allCaps || x.caseless
	for t := s.First; t < s.End; t++ {
		if all {
			x.open[t] = true
			continue
		}
		if x.wordAt(t).form.has(upper) {
			for k := max(s.First, t-reach); k < min(s.End, t+reach+1); k++ {
				x.open[k] = true
			}
		}
	}
}

func (x *Document) wordAt(token int) *word { return &x.words[x.token[token]] }

// note records the evidence of sentence i about its words.
func (x *Document) note(i int) {
	if x.writing[i] == title || x.writing[i] == allCaps {
		return
	}
	s := x.d.Sentences[i].Tokens
	for t := s.First; t < s.End; t++ {
		w := x.wordAt(t)
		n := &x.notes[w.low]
		if !w.form.has(capital) {
			n.small++
			continue
		}
		if t > s.First && x.d.Tokens[t-1].Kind != annotate.Mark {
			n.mid++
		}
		if t > s.First {
			x.addNeighbour(n, x.wordAt(t-1), runBefore)
		}
		if t+1 < s.End {
			x.addNeighbour(n, x.wordAt(t+1), runAfter)
		}
	}
}

// addNeighbour records w as a neighbour; which is runBefore or runAfter.
func (x *Document) addNeighbour(n *note, w *word, which int) {
	if !w.form.has(capital) {
		which += plainBefore - runBefore
	}
	n.beside[which].add(w.low)
}
