package corpus

import (
	_ "embed"
	"strings"
	"sync"

	"byline/annotate/lexicon"
)

//go:embed peoples.txt
var peoplesText string

// peoples are words for members of religions, parties and peoples.
var peoples = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(peoplesText) {
		m[w] = true
	}
	return m
})

// people reports whether a word stands only for members of a nation, a religion or a party.
func people(w string) bool {
	const more = lexicon.Country | lexicon.City | lexicon.Region | lexicon.CommonFirst | lexicon.CommonSurname
	c := lexicon.Of(w)
	return peoples()[w] || c&lexicon.Demonym != 0 && c&more == 0 && capitalLetter(w)
}

// relabelPeoples labels single words for peoples as other names, whatever the source has: sources
// disagree, some even with themselves.
func (s *Sentence) relabelPeoples(noMisc bool) {
	for i, w := range s.Words {
		l := s.Labels[i]
		alone := l <= 0 || l%2 == 1 && (i+1 == len(s.Labels) || s.Labels[i+1] != l+1)
		if !alone || !people(w) {
			continue
		}
		switch {
		case noMisc || l <= 0:
			s.Labels[i] = Unsaid
		default:
			s.Labels[i] = Misc
		}
	}
}
