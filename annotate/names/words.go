package names

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/lexicon"
)

//go:embed triggers.txt
var triggersText string

//go:embed known.txt
var knownText string

// A trigger is a set of what a word says about its neighbours or, of a known name,
// about itself.
type trigger uint32

const (
	title      trigger = 1 << iota // "Senator": a person follows
	prefix                         // "former": goes before a title
	role                           // "actor": a person follows or stands beside
	spoken                         // "said": a person or organization goes before
	orgSuffix                      // "Inc.": ends an organization
	orgHead                        // "Ministry", "Police": ends an organization
	orgOf                          // "University": starts one with of
	placeHead                      // "River": ends a place
	placeOf                        // "Lake": starts a place
	compass                        // "Northern"
	otherHead                      // "Treaty": ends something else
	calendar                       // "Monday": no name
	particle                       // "van": inside a person's name
	prep                           // "in": a place may follow
	weak                           // "However": no name of its own
	roman                          // "Jr."
	settled                        // "village": stands beside a place
	business                       // "company": stands before an organization
	noName                         // "GDP": capitals that are no name
	otherFirst                     // "Hurricane": starts something else
	owners                         // "People": goes on with 's and more of the name
	ruled                          // "government": stands behind the name of who leads it
	knownOrg
	knownMedia
	knownPlace
	knownOther
	opens // the first word of a known name of several words
)

const knownAny = knownOrg | knownMedia | knownPlace | knownOther

var triggerNames = map[string]trigger{
	"title": title, "prefix": prefix, "role": role, "spoken": spoken, "orgsuffix": orgSuffix, "orghead": orgHead,
	"orgof": orgOf, "lochead": placeHead, "locfirst": placeOf, "north": compass, "mischead": otherHead, "cal": calendar,
	"particle": particle, "prep": prep, "weak": weak, "roman": roman, "settled": settled, "business": business, "nonorg": noName, "ruled": ruled, "event": otherFirst, "owners": owners,
	"org": knownOrg, "media": knownMedia, "place": knownPlace, "other": knownOther,
}

// triggers returns the tables of triggers.txt and known.txt, read when first asked for.
var triggers = sync.OnceValue(func() map[lexicon.Key]trigger {
	t := make(map[lexicon.Key]trigger, 2048)
	readTable(t, triggersText, " ")
	readTable(t, knownText, ", ")
	return t
})

// readTable adds the lines "class: name, name" of text to t.
func readTable(t map[lexicon.Key]trigger, text, between string) {
	for line := range strings.Lines(text) {
		class, names, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || strings.HasPrefix(class, "#") {
			continue
		}
		for name := range strings.SplitSeq(names, between) {
			var k lexicon.Key
			words := strings.Fields(name)
			for i, w := range words {
				k = k.Add(w)
				if i == 0 && len(words) > 1 {
					t[k] |= opens
				}
			}
			t[k] |= triggerNames[class]
		}
	}
}

// A shape is a set of how a token is written and where it stands.
type shape uint8

const (
	capital shape = 1 << iota // starts with a capital letter, or has one inside ("eBay")
	caps                      // two letters or more, all of them capitals: "TASS", "U.S."
	initial                   // one capital letter, with a dot or without
	start                     // where a capital says nothing
	lower                     // a word that starts with a small letter
)

// A word is what is known of a token.
type word struct {
	key   lexicon.Key
	class lexicon.Class // known of capitalised words only
	trig  trigger
	shape shape
}

func (w *word) is(t trigger) bool          { return w.trig&t != 0 }
func (w *word) in(c lexicon.Class) bool    { return w.class&c != 0 }
func (w *word) has(s shape) bool           { return w.shape&s != 0 }
func (w *word) lacks(c lexicon.Class) bool { return w.class&c == 0 }

// shapeOf returns how s is written.
func shapeOf(s string) shape {
	r, n := utf8.DecodeRuneInString(s)
	if !unicode.IsUpper(r) {
		if unicode.IsLower(r) && capitalLater(s) {
			return capital
		}
		return lower
	}
	if rest := s[n:]; rest == "" || rest == "." {
		return capital | initial
	}
	for _, r := range s {
		if unicode.IsLower(r) {
			return capital
		}
	}
	return capital | caps
}

// capitalLater reports whether s, which starts with a small letter, is written like a
// name all the same: "eBay", "al-Orrin", "d’Orrin".
func capitalLater(s string) bool {
	for i := 1; i < min(len(s)-1, 6); i++ {
		if s[i]-'A' < 26 {
			return i == 1 && s[2]-'a' < 26 || s[i-1] == '-' || s[i-1] == '\'' || s[i-1] >= utf8.RuneSelf
		}
	}
	return false
}

// compound reports whether s ends with a hyphen and a word written small, as in
// "Orrin-based".
func compound(s string) bool {
	i := strings.LastIndexByte(s, '-')
	return i > 0 && i+1 < len(s) && s[i+1]-'a' < 26
}

// classOf returns what the lists know of a word; where they know nothing, what they know
// of it without diacritics, or of its first and last part.
func classOf(k lexicon.Key, text string) lexicon.Class {
	if c := k.Class(); c != 0 {
		return c
	}
	if plain := lexicon.Plain(text); plain != text {
		if c := lexicon.Of(plain); c != 0 {
			return c
		}
	}
	i := strings.LastIndexByte(text, '-')
	if i <= 0 || i+1 == len(text) || text[i+1]-'A' >= 26 {
		return 0
	}
	const names = lexicon.First | lexicon.CommonFirst | lexicon.Surname | lexicon.CommonSurname
	first, last := lexicon.Of(lexicon.Plain(text[:i])), lexicon.Of(lexicon.Plain(text[i+1:]))
	return first & last & names
}

// note fills in r.words.
func (r *run) note() {
	table := triggers()
	r.words = make([]word, len(r.d.Tokens))
	for i := range r.words {
		w := &r.words[i]
		switch r.d.Tokens[i].Kind {
		case annotate.Word:
			text := r.d.Word(i)
			w.shape = shapeOf(text)
			w.key = lexicon.Key(0).Add(text)
			w.trig = table[w.key]
			if w.shape&capital != 0 {
				w.class = classOf(w.key, text)
			}
			if w.class == 0 && w.shape&capital != 0 && compound(text) {
				w.shape = lower
			}
			if w.shape&lower != 0 {
				r.small.add(w.key)
			}
		case annotate.Punct:
			if r.d.Word(i) == "&" {
				w.key = lexicon.Key(0).Add("&")
			}
		}
	}
}

// A sieve is a set of keys that may take a key for a member that is none.
type sieve [1 << 9]uint64

func (s *sieve) add(k lexicon.Key) { s[k>>6%uint64Len] |= 1 << (k & 63) }

func (s *sieve) has(k lexicon.Key) bool { return s[k>>6%uint64Len]&(1<<(k&63)) != 0 }

const uint64Len = lexicon.Key(1 << 9)
