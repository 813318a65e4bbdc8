package known

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed others.txt
var othersList string

// othersKinds are the kinds of the lines of others.txt.
var othersKinds = map[string]Kind{"people": People, "law": Law, "product": Product}

// others returns the words of others.txt with their kinds.
var others = sync.OnceValue(func() map[string]Kind {
	m := map[string]Kind{}
	for line := range strings.Lines(othersList) {
		kind, words, ok := strings.Cut(line, ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for w := range strings.FieldsSeq(words) {
			m[w] = othersKinds[kind]
		}
	}
	return m
})

// OtherWord returns what word, as it is written, is if it is the name of neither a person nor a body nor a place: a
// people or its believers, a law, an examination. It is NoKind for any other word. The words are those of others.txt,
// which the tables do not have.
func OtherWord(word string) Kind {
	m := others()
	if k := m[word]; k != NoKind {
		return k
	}
	if k := m[strings.TrimSuffix(word, "s")]; k == People {
		return k
	}
	return NoKind
}
