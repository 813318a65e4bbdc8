package people

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/lexicon"
)

// A name is a mention's words, made comparable: small letters, straight apostrophes, no
// diacritics, no dots; without suffixes and legal forms.
type name struct {
	raw    string
	typ    annotate.Type
	title  string
	words  []string
	bare   string // words with blanks between them
	shouts bool   // all in capitals
	letter bool   // may be an acronym: two capitals or more
}

// namesOf returns the names of mentions. Those that read alike share one: of a long
// article, it is most of the memory otherwise.
func namesOf(d *annotate.Doc, ms []annotate.Mention) []*name {
	type key struct {
		raw, title string
		typ        annotate.Type
	}
	known := map[key]*name{}
	names := make([]*name, len(ms))
	for i := range ms {
		k := key{ms[i].In(d.Text), ms[i].Title.In(d.Text), ms[i].Type}
		if known[k] == nil {
			known[k] = newName(k.raw, k.title, k.typ)
		}
		names[i] = known[k]
	}
	return names
}

func newName(raw, title string, typ annotate.Type) *name {
	n := &name{raw: raw, title: title, typ: typ, words: strings.Fields(fold(raw)), shouts: strings.ToUpper(raw) == raw}
	n.letter = capitals(raw) > 1
	for len(n.words) > 1 && n.drops(n.words[len(n.words)-1]) {
		n.words = n.words[:len(n.words)-1]
	}
	if len(n.words) > 1 && n.words[0] == "the" {
		n.words = n.words[1:]
	}
	n.bare = strings.Join(n.words, " ")
	return n
}

func capitals(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n
}

// drops reports whether the last word w of the name does not tell its bearer apart.
func (n *name) drops(w string) bool {
	switch w {
	case "jr", "sr", "ii", "iii", "iv":
		return n.typ == annotate.Person
	case "inc", "incorporated", "corp", "corporation", "ltd", "limited", "llc", "plc", "co", "gmbh", "ag", "sa", "nv", "spa", "&", "company":
		return n.typ == annotate.Organization
	}
	return false
}

// fold returns s in small letters, without diacritics and dots and with straight
// apostrophes.
func fold(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		plain = plain && s[i] < utf8.RuneSelf && s[i] != '.' && s[i] != ','
	}
	if plain {
		return strings.ToLower(s)
	}
	return strings.ToLower(strings.Map(func(r rune) rune {
		switch r {
		case '.', ',', '"', '“', '”':
			return -1
		case '’':
			return '\''
		}
		return r
	}, lexicon.Plain(s)))
}

// last returns the surname: the last word.
func (n *name) last() string {
	if len(n.words) == 0 {
		return ""
	}
	return n.words[len(n.words)-1]
}

// full reports whether the name has a first name and a surname.
func (n *name) full() bool { return len(n.words) > 1 }
