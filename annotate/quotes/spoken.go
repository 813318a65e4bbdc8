package quotes

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/articles"
)

// A look is what the words between marks look like.
type look struct {
	words   int
	capital bool // begins with a capital
	ended   bool // closing punctuation inside the marks
	title   bool // all words but short ones begin with a capital
	verb    bool // holds a word that only sentences do
	letters bool
}

// sentenceWords are words that titles and terms seldom hold and sentences do.
var sentenceWords = map[string]bool{
	"is": true, "are": true, "was": true, "were": true, "am": true, "be": true, "been": true, "has": true, "have": true, "had": true,
	"do": true, "does": true, "did": true, "will": true, "would": true, "can": true, "could": true, "should": true, "must": true,
	"i": true, "we": true, "you": true, "he": true, "she": true, "they": true, "it": true, "it's": true, "it’s": true, "i'm": true,
	"i’m": true, "we're": true, "we’re": true, "don't": true, "don’t": true, "not": true, "that's": true, "that’s": true, "there": true,
	"let": true, "let's": true, "let’s": true, "me": true, "us": true, "my": true, "our": true, "your": true, "this": true, "what": true,
	"i've": true, "i’ve": true, "we've": true, "we’ve": true, "please": true, "thank": true, "no": true, "yes": true, "who": true,
	"know": true, "think": true, "want": true, "if": true, "because": true, "here": true, "never": true, "go": true, "say": true,
}

// small are words that stand in lower case inside titles.
var small = map[string]bool{
	"a": true, "an": true, "the": true, "of": true, "and": true, "in": true, "on": true, "for": true, "to": true, "at": true,
	"by": true, "with": true, "from": true, "or": true, "but": true, "as": true, "de": true, "la": true, "vs": true, "le": true,
}

// lookAt returns the look of stretch i.
func (r *run) lookAt(i int) look {
	s := &r.marked[i]
	var l look
	caps, lows := 0, 0
	for t := s.a; t < min(s.b, s.a+200); t++ {
		w := strings.Trim(r.d.Word(t), "\"'“”‘’«»`„")
		c, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) || w == "s" && t > s.a {
			continue
		}
		l.letters = l.letters || unicode.IsLetter(c)
		l.words++
		lower := strings.ToLower(w)
		switch {
		case l.words == 1:
			l.capital = unicode.IsUpper(c)
			caps++
		case unicode.IsUpper(c):
			caps++
		case unicode.IsLower(c) && !small[lower]:
			lows++
		}
		l.verb = l.verb || sentenceWords[lower]
	}
	l.title = l.capital && lows == 0 && s.a >= r.titleEnd
	inner := strings.TrimRight(s.In(r.d.Text), "\"'”’»“‘ ")
	l.ended = s.Len() > 2 && strings.HasSuffix(inner, ",") || strings.HasSuffix(inner, ".") ||
		strings.HasSuffix(inner, "!") || strings.HasSuffix(inner, "?") || strings.HasSuffix(inner, "…") || strings.HasSuffix(inner, "—")
	return l
}

// names of works and nicknames are announced by these words before the marks.
var announces = map[string]bool{
	"so-called": true, "dubbed": true, "nicknamed": true, "nickname": true, "titled": true, "entitled": true, "named": true,
	"film": true, "films": true, "movie": true, "movies": true, "song": true, "songs": true, "single": true, "album": true, "book": true,
	"novel": true, "show": true, "series": true, "play": true, "musical": true, "episode": true, "painting": true, "poem": true,
	"essay": true, "hit": true, "drama": true, "comedy": true, "thriller": true, "documentary": true, "known": true, "sitcom": true,
	"magazine": true, "column": true, "chapter": true, "headlined": true, "headline": true, "word": true, "words": true, "term": true,
	"phrase": true, "hashtag": true, "letter": true, "alias": true, "aka": true, "labeled": true, "labelled": true, "marked": true,
	"program": true, "programme": true, "podcast": true, "section": true, "subtitled": true, "game": true, "video": true, "track": true,
}

// announced reports whether the words before stretch i say that a name, a title or a
// term follows.
func (r *run) announced(i int) bool {
	s := &r.marked[i]
	lo := max(0, s.a-3)
	for t := s.a - 1; t >= lo && r.inside[t] == 0; t-- {
		w := r.low(t)
		if announces[w] {
			return true
		}
		if t < s.a-1 && !r.is(t+1, "as") || w != "as" && w != "the" && w != "," && w != "like" {
			return false
		}
	}
	return false
}

// spoken reports whether what stands in the marks of stretch i, of which a rule says
// c, is what somebody says: no title, nickname, term or scare quote.
func (r *run) spoken(i int, c *claim) bool {
	l := r.lookAt(i)
	if !l.letters {
		return false
	}
	if signs[c.who.head] && l.words < 8 {
		return false // what a sign reads, nobody says
	}
	if l.title && !l.verb && l.words < 8 && r.inPhrase(i) && !strings.ContainsAny(r.marked[i].In(r.d.Text), "!?") {
		return false // In “Low Water,” Quill said, she plays herself.
	}
	if l.title && !l.verb && l.words > 3 && !strings.ContainsAny(r.marked[i].In(r.d.Text), "!?") && c.rule != &echo {
		return false // The paper, “Low Water and High Hopes,” reports
	}
	strong := c.rule.name == "cue-then-name" || c.rule.name == "name-then-cue" || c.rule.name == "name-colon" || c.rule.name == "intro-paragraph"
	if strong && (l.ended || l.words > 3 || l.verb) {
		return true
	}
	if r.announced(i) && !l.verb {
		return false
	}
	if !l.title || l.verb || c.class == naming {
		return true
	}
	if c.gap > 2 && l.words < 8 && c.rule.name != "same-sentence" {
		return false
	}
	return l.ended || l.words == 1 && c.gap == 0 && c.class != voice
}

// signs are nouns of what is read and not said.
var signs = map[string]bool{
	"sign": true, "banner": true, "headline": true, "placard": true, "poster": true, "billboard": true, "plaque": true, "sticker": true,
	"label": true, "inscription": true, "signs": true, "banners": true, "placards": true, "posters": true, "headlines": true,
}

// inPhrase reports whether stretch i hangs on a preposition or a name's possessive
// before it, as titles do.
func (r *run) inPhrase(i int) bool {
	t := r.marked[i].a - 1
	if t < 0 || r.inside[t] != 0 || !r.word(t) {
		return false
	}
	w := r.low(t)
	return preposition[w] && w != "like" && w != "as" || w == "'s" || w == "’s" || w == "the" && t > 0 && preposition[r.low(t-1)]
}

// standsAlone reports whether stretch i is speech by its looks alone.
func (r *run) standsAlone(i int) bool {
	l := r.lookAt(i)
	if l.letters && l.ended && l.capital && l.words < 6 && r.replies(i) {
		return true // “No.”
	}
	if !l.letters || l.title && !l.verb || r.announced(i) && l.words < 8 {
		return false
	}
	if !r.opensSentence(i) && !r.continues(i) {
		return l.words >= 6 && l.ended && l.verb && l.capital
	}
	return l.ended && (l.words >= 4 || l.words >= 2 && l.verb) || l.words >= 8 && l.verb
}

// replies reports whether stretch i, short as it is, is a turn of a talk: it ends a
// sentence in its marks, begins one, and stands alone in its paragraph, or behind speech.
func (r *run) replies(i int) bool {
	s := &r.marked[i]
	inner := strings.TrimRight(s.In(r.d.Text), "\"'”’»“‘ ")
	if !strings.HasSuffix(inner, ".") && !strings.HasSuffix(inner, "!") && !strings.HasSuffix(inner, "?") || !r.opensSentence(i) {
		return false
	}
	w := r.bounds(s.first)
	alone := s.a == w.First && s.b == w.End
	if i == 0 {
		return alone
	}
	p := &r.claims[i-1]
	return p.found() && (r.marked[i-1].last == s.first || alone && r.marked[i-1].last == s.first-1) || alone && s.first > 0 && r.is(r.bounds(s.first-1).End-1, "?")
}

// opensSentence reports whether stretch i stands where a sentence begins.
func (r *run) opensSentence(i int) bool {
	s := &r.marked[i]
	lo := r.bounds(s.first).First
	return s.a <= lo || r.ends(s.a-1) || r.inside[s.a-1] != 0 || r.is(s.a-1, ":")
}

// continues reports whether stretch i goes on after the attribution of the one before.
func (r *run) continues(i int) bool {
	return i > 0 && r.marked[i-1].last == r.marked[i].first && r.claims[i-1].found() && r.is(r.marked[i].a-1, ",")
}

// full reports whether stretch i is a full quotation rather than some words quoted in
// the writer's own sentence: it stands alone, or right behind its cue, or begins with
// a capital behind a comma or colon, or goes on after an attribution.
func (r *run) full(i int, c *claim) bool {
	s := &r.marked[i]
	lo := r.bounds(s.first).First
	l := r.lookAt(i)
	if s.a <= lo || r.ends(s.a-1) || r.is(s.a-1, ":") {
		return l.ended || l.capital && r.closesWhole(s.b, c) || l.words > 3 && l.verb || l.words > 5 && l.capital || c.rule.name == "name-colon"
	}
	if r.is(s.a-1, ",") && (l.capital || c.rule.name == "split" || c.gap <= 3) {
		return true
	}
	if r.inside[s.a-1] != 0 {
		return true
	}
	if l.capital && l.ended && c.gap == 0 && (c.class == say || c.class == voice) && !c.cue.Empty() && c.rule.name == "cue-before" {
		return true // She shouted “Fire!”
	}
	return l.capital && l.words > 2 && l.verb && (c.gap <= 1 || l.ended)
}

// closesWhole reports whether the attribution c behind a stretch, at token t, shows that
// the stretch is all that is said: “No”, she said.
func (r *run) closesWhole(t int, c *claim) bool {
	switch c.rule.name {
	case "cue-then-name", "name-then-cue":
		return r.is(t, ",")
	case "attribution-line":
		return true
	}
	return false
}

// letter reports whether a span holds one.
func letter(text string, s articles.Span) bool {
	return strings.ContainsFunc(s.In(text), unicode.IsLetter)
}
