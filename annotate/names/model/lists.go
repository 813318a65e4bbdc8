package model

import (
	"byline/annotate/lexicon"
	"byline/annotate/lexicon/known"
)

// A listMark is a token's position in listed names.
type listMark struct {
	begin, inside, end, single lexicon.Class // of the listed classes
	mined                      [4]uint32     // value in the table of mined names, by position
	known                      [4]known.Facts
}

// listed are the classes of names that are known as a whole.
const listed = lexicon.Company | lexicon.School | lexicon.Agency | lexicon.Party | lexicon.Club | lexicon.City |
	lexicon.Region | lexicon.Country | lexicon.Demonym | lexicon.Leader

// The value of a mined name has ten bits for the phrase as a whole and ten for a word in any
// name: three bits for its most frequent kind (from 1; 5 is no name), two for the share of
// that, three for the second kind, two for how often it was seen.
const (
	WordShift = 10
	codeMask  = 1<<WordShift - 1

	// Opens is the bit of a word that begins a longer name.
	Opens = 1 << 31
)

// longest is the most tokens of a name that is looked up.
const longest = 7

// markLists marks the tokens of sentence i that are in listed names.
func (x *Document) markLists(i int) {
	s := x.d.Sentences[i].Tokens
	for t := s.First; t < s.End; t++ {
		if !x.open[t] || !x.wordAt(t).form.has(letters|digits) {
			continue
		}
		w := x.wordAt(t)
		if c := w.class & listed; c != 0 {
			x.marks[t].single |= c
		}
		x.marks[t].mined[3] = w.known & codeMask
		if w.facts&known.Types != 0 {
			x.marks[t].known[3] = w.facts
		}
		if n := w.facts.Longest(); n > 1 {
			x.markKnown(t, min(s.End, t+n))
		}
		if w.class&lexicon.Opens != 0 || w.known&Opens != 0 {
			x.markLonger(t, min(s.End, t+longest))
		}
	}
}

// markLonger marks the names of two and more tokens that start at token t.
func (x *Document) markLonger(t, end int) {
	k := x.wordAt(t).key
	for j := t + 1; j < end; j++ {
		if word := x.d.Word(j); word == "'s" || word == "’s" {
			k = k.Join("'s")
		} else {
			k = k.Add(word)
		}
		if !x.wordAt(j).form.has(upper) && !x.caseless {
			continue
		}
		if c := k.Class() & listed; c != 0 {
			x.marks[t].begin |= c
			x.marks[j].end |= c
			for n := t + 1; n < j; n++ {
				x.marks[n].inside |= c
			}
		}
		if v := find(x.m.names, uint64(k)) & codeMask; v != 0 {
			x.marks[t].mined[0] = v
			x.marks[j].mined[2] = v
			for n := t + 1; n < j; n++ {
				x.marks[n].mined[1] = v
			}
		}
	}
}

// markKnown marks the longest known name of two and more tokens that starts at token t and ends
// before end.
func (x *Document) markKnown(t, end int) {
	k := lexicon.Key(0).Token(x.d.Word(t))
	last, facts := 0, known.Facts(0)
	for j := t + 1; j < end; j++ {
		k = k.Token(x.d.Word(j))
		f := known.Of(k)
		if j == t+1 {
			end = min(end, t+f.Longest())
		}
		if f&known.Types != 0 && (x.wordAt(j).form.has(upper|digits) || x.caseless) {
			last, facts = j, f
		}
	}
	if last == 0 {
		return
	}
	x.marks[t].known[0], x.marks[last].known[2] = facts, facts
	for j := t + 1; j < last; j++ {
		x.marks[j].known[1] = facts
	}
}

// The parts of the facts about a form that are features: its tier, type and kind in its best list;
// and all types and doubts with the tier.
const (
	bestFacts = 1<<25 - 1<<16
	allFacts  = 1<<20 - 1<<15 + 1<<12 - 1
)

// addKnown adds what is known of the names here and next to here.
func (p *tokenWindow) addKnown(b *bag) {
	for k, t := range [3]int{p.token, p.token - 1, p.token + 1} {
		if t < p.first || t >= p.end {
			continue
		}
		for place, f := range p.x.marks[t].known {
			if f != 0 {
				b.add(Known, true, uint64(210+k*4+place), uint64(f&bestFacts))
				b.add(Known, true, uint64(230+k*4+place), uint64(f&allFacts))
			}
		}
	}
}
