package people

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/lexicon"
	"byline/annotate/lexicon/en"
)

// A name is the words of a mention, normalized for comparison: lower case, straight apostrophes,
// no diacritics, no dots; without honorifics, suffixes and legal forms.
type name struct {
	raw    string
	typ    annotate.Type
	title  string
	words  []string
	bare   string // words with blanks between them
	mark   string // distinguishes bearers of the same words: "jr", "iii", "mr", "mrs"
	gender en.Gender
	shouts bool   // all in capitals
	letter bool   // may be an acronym: two capitals or more
	firm   bool   // has a legal form
	called string // the nickname in marks: "connie" of 'Constance "Connie" Quill'
}

// namesOf returns the names of mentions. Mentions with the same words share one, since names would
// take most of the memory of a long article.
func namesOf(text string, ms []annotate.Mention) []*name {
	type key struct {
		raw, title string
		typ        annotate.Type
	}
	known := map[key]*name{}
	names := make([]*name, len(ms))
	for i := range ms {
		k := key{ms[i].In(text), ms[i].Title.In(text), ms[i].Type}
		if k.title == "" && k.typ == annotate.Person {
			k.title = titleBefore(text[:ms[i].Start])
		}
		if known[k] == nil {
			known[k] = newName(k.raw, k.title, k.typ)
		}
		names[i] = known[k]
	}
	return names
}

// titleBefore returns the last word of text if it is an honorific, for names that were marked
// without it.
func titleBefore(text string) string {
	text, ok := strings.CutSuffix(text, " ")
	w := text[strings.LastIndexAny(text[max(0, len(text)-20):], " \n(“\"")+1+max(0, len(text)-20):]
	if r, _ := utf8.DecodeRuneInString(w); !ok || !unicode.IsUpper(r) || !en.Of(strings.ToLower(strings.TrimSuffix(w, "."))).Is(en.Honorific) {
		return ""
	}
	return w
}

func newName(raw, title string, typ annotate.Type) *name {
	n := &name{raw: raw, title: title, typ: typ, words: strings.Fields(fold(raw)), shouts: strings.ToUpper(raw) == raw}
	n.letter = countCapitals(raw) > 1
	if last := len(n.words) - 1; last >= 0 {
		n.words[last] = strings.TrimSuffix(n.words[last], "'s")
	}
	if typ == annotate.Person {
		n.reorder()
		n.stripTitles()
		n.called = quoted(raw)
	}
	if typ == annotate.Organization && len(n.words) > 2 {
		n.shortenCountry()
	}
	for len(n.words) > 1 && n.skipLast(n.words[len(n.words)-1]) {
		n.words = n.words[:len(n.words)-1]
	}
	if len(n.words) > 1 && n.words[0] == "the" {
		n.words = n.words[1:]
	}
	n.bare = strings.Join(n.words, " ")
	if typ == annotate.Person {
		n.gender = genderOf(n.bare, n.title)
		if n.mark == "" && !n.isFull() && n.title != "" {
			n.mark = [...]string{"", "mr", "mrs"}[genderOf("", n.title)]
		}
	}
	return n
}

// shortenCountry makes "united states" at the start "us", and "united kingdom" "uk".
func (n *name) shortenCountry() {
	switch n.words[0] + " " + n.words[1] {
	case "united states":
		n.words = append([]string{"us"}, n.words[2:]...)
	case "united kingdom":
		n.words = append([]string{"uk"}, n.words[2:]...)
	}
}

// quoted returns the word in marks inside raw, normalized; "" if there is none or it has a blank.
func quoted(raw string) string {
	const marks = `"“”‘`
	open := strings.IndexAny(raw, marks)
	if open < 1 {
		return ""
	}
	_, size := utf8.DecodeRuneInString(raw[open:])
	word := raw[open+size:]
	end := strings.IndexAny(word, marks+"’")
	if end < 1 || strings.Contains(word[:end], " ") {
		return ""
	}
	return fold(word[:end])
}

// reorder puts the first name of "Quill, Marta" first.
func (n *name) reorder() {
	if last, _, ok := strings.Cut(n.raw, ", "); ok && len(n.words) == 2 && !strings.Contains(last, " ") && !generations[n.words[1]] {
		n.words[0], n.words[1] = n.words[1], n.words[0]
	}
}

// stripTitles removes the titles that are part of the mention from the name.
func (n *name) stripTitles() {
	for len(n.words) > 1 && en.Of(n.words[0]).Is(en.Honorific) && !generations[n.words[1]] {
		if n.title == "" {
			n.title = n.words[0]
		}
		n.words = n.words[1:]
	}
}

// generations distinguish people with the same name.
var generations = set("jr sr junior senior i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

func countCapitals(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n
}

// skipLast reports whether w, the last word of the name, does not distinguish its bearers, or only
// as a mark, which it records.
func (n *name) skipLast(w string) bool {
	switch {
	case n.typ == annotate.Person && generations[w]:
		n.mark = w
		return true
	case n.typ == annotate.Organization && forms[w]:
		n.firm = true
		return true
	}
	return false
}

// forms are legal forms.
var forms = set("inc incorporated corp corporation ltd limited llc llp lp plc co gmbh mbh ag sa nv bv ab asa oyj spa srl se kk & company")

// fold returns s in lower case, without diacritics and dots and with straight apostrophes.
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
	}, lexicon.StripDiacritics(s)))
}

// last returns the surname: the last word, without an Arabic article.
func (n *name) last() string {
	if len(n.words) == 0 {
		return ""
	}
	return trimArticle(n.words[len(n.words)-1])
}

// trimArticle returns w without al- or el-.
func trimArticle(w string) string {
	if len(w) > 5 && (w[:3] == "al-" || w[:3] == "el-") {
		return w[3:]
	}
	return w
}

// isFull reports whether the name has a first name and a surname.
func (n *name) isFull() bool { return len(n.words) > 1 }
