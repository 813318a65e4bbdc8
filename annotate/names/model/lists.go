package model

import "byline/annotate/lexicon"

// A listMark is a token's position in listed names.
type listMark struct {
	begin, inside, end, single lexicon.Class // of the listed classes
	mined                      [4]uint32     // value in the table of mined names, by position
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
