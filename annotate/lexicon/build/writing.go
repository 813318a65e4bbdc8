package main

import (
	"bufio"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate/lexicon"
	"byline/annotate/lexicon/known"
)

// A writing counts how forms are written in mid-sentence: in small letters, or as a name is.
type writing struct {
	counts  map[lexicon.Key]*caseCounts // by form; an acronym's small letters are those of the folded word
	longest map[lexicon.Key]int         // tokens of the longest form by the first one
}

// count counts in text, one paragraph per line. Words at the start of a sentence or after a mark do not count,
// nor do lines in which most words are capitalized.
func (es *entities) count(text io.Reader) (*writing, error) {
	w := &writing{counts: map[lexicon.Key]*caseCounts{}, longest: map[lexicon.Key]int{}}
	for _, e := range es.all {
		for _, u := range e.uses {
			w.want(u.form)
		}
	}
	sc := bufio.NewScanner(text)
	sc.Buffer(make([]byte, 1<<20), 1<<26)
	for sc.Scan() {
		if words := strings.Fields(sc.Text()); !shouts(words) {
			w.line(words)
		}
	}
	return w, sc.Err()
}

func (w *writing) want(f form) {
	w.counts[f.key()] = &caseCounts{}
	if isThe(f) {
		w.counts[form{f.tokens[1:]}.key()] = &caseCounts{}
	}
	if f.acronym() {
		w.counts[f.folded()] = &caseCounts{}
	}
	first := lexicon.Key(0).Token(f.tokens[0])
	w.longest[first] = max(w.longest[first], len(f.tokens))
}

// shouts reports whether most words are capitalized.
func shouts(words []string) bool {
	capitals := 0
	for _, s := range words {
		if isCapital(s) {
			capitals++
		}
	}
	return capitals*2 > len(words)
}

func isCapital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// hasCapital reports whether s is written as a name: "Nokia", "al-Qaeda", "eBay".
func hasCapital(s string) bool { return strings.ContainsFunc(s, unicode.IsUpper) }

func (w *writing) line(words []string) {
	for i := 1; i < len(words); i++ {
		if !strings.ContainsAny(words[i-1][len(words[i-1])-1:], ".!?:;\"'”’—–-•*") {
			w.place(words[i:])
		}
	}
}

// place counts the forms that words begin with.
func (w *writing) place(words []string) {
	var key lexicon.Key
	longest := 1
	for n := 0; n < min(longest, len(words)); n++ {
		s := strings.TrimRight(words[n], ",.;:!?)\"”’'")
		key = key.Token(s)
		if n == 0 {
			longest = w.longest[key]
			if k := known.Acronym(s); strings.ToUpper(s) == s && w.counts[k] != nil {
				w.counts[k].capital++
			}
		}
		if c := w.counts[key]; c != nil {
			switch {
			case !hasCapital(words[0]) && !hasCapital(s):
				c.small++
			case hasCapital(words[0]):
				c.capital++
			}
		}
		if s != words[n] {
			return
		}
	}
}

// of returns how often a form is in small letters. An acronym is a word in capitals as writers
// emphasize it if these are fewer than one in a hundred, and may be one if fewer than one in five.
func (w *writing) of(f form) known.Facts {
	c := w.counts[f.key()]
	if c == nil || len(f.tokens) > 1 && strings.EqualFold(f.tokens[0], "the") { // "the Guardian"
		return 0
	}
	small, capital := float64(c.small), float64(c.capital)
	if f.acronym() {
		small = float64(w.counts[f.folded()].small)
		switch {
		case small >= atLeast && capital < small/100:
			return known.MostlySmall
		case small >= atLeast && capital < small/5:
			return known.SometimesSmall
		}
		return 0
	}
	switch share := small / (small + capital); {
	case small < atLeast:
		return 0
	case share > 0.2:
		return known.MostlySmall
	case share > 0.02:
		return known.SometimesSmall
	}
	return 0
}
