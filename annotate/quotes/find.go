package quotes

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
)

// A Gender is what a lexicon knows of a first name.
type Gender uint8

// The genders that pronouns tell apart.
const (
	Unknown Gender = iota
	Male
	Female
)

// A Finder finds quotes. The zero Finder works.
type Finder struct {
	// Gender returns what a first name says of its bearer; nil knows of none.
	Gender func(first string) Gender
}

// Find returns the quotes of d in the order of [articles.Span.Compare]. The spans
// of quotes are byte ranges of d.Text; es are the entities with their mentions by
// name. See the package comment for what counts as a quote and who as its speaker.
func Find(d *annotate.Doc, es []annotate.Entity) []annotate.Quote {
	return new(Finder).Find(d, es)
}

// Find is as the function [Find], with what f knows.
func (f *Finder) Find(d *annotate.Doc, es []annotate.Entity) []annotate.Quote {
	r := newRun(d, es, f.Gender)
	if len(d.Tokens) == 0 {
		return nil
	}
	r.attributeAll()
	qs := r.quotes()
	if len(r.nested) == 0 {
		return qs
	}
	qs = append(qs, r.inQuotes()...)
	slices.SortStableFunc(qs, func(a, b annotate.Quote) int { return a.Compare(b.Span) })
	return apart(qs)
}

// A named is a mention by name with its place among tokens.
type named struct {
	articles.Span
	entity     int // index into run.es
	a, b       int // tokens [a,b)
	title      articles.Span
	possessive bool // "Quill's": does not speak itself
}

// A run is the work on one document.
type run struct {
	d        *annotate.Doc
	es       []annotate.Entity
	lex      *lexicon
	genders  []gender // by entity
	names    []named
	nameAt   []int32 // by token: 1 + index into names, 0 for none
	inside   []int32 // by token: 1 + index into marked, 0 for none
	marked   []stretch
	nested   []stretch // inside marked
	claims   []claim   // by stretch
	told     []claim   // indirect speech, in order
	roles    []roleOf
	titleEnd int  // tokens before this one are a headline with capitals
	around   *run // of the run on quotes inside quotes: that on the outer ones
	asked    asked
}

// asked is what is found when it is first asked for.
type asked struct {
	lasts map[string]int // entities by the last word of their names
	guest *int           // whom an interview is with
}

func newRun(d *annotate.Doc, es []annotate.Entity, known func(string) Gender) *run {
	r := &run{d: d, es: es, lex: words()}
	r.marked, r.nested = pair(d)
	r.place()
	r.placeNames()
	r.titleEnd = r.headline()
	r.genders = make([]gender, len(es))
	for i := range es {
		r.genders[i] = r.genderOf(&es[i], known)
	}
	r.roles = r.findRoles()
	return r
}

// headline returns the end of the first paragraph's tokens, if it is a headline of which
// most words have a capital; else 0.
func (r *run) headline() int {
	w := r.head()
	caps, lows := 0, 0
	for t := w.First; t < w.End; t++ {
		switch {
		case !r.word(t) || small[r.low(t)]:
		case r.upper(t):
			caps++
		default:
			lows++
		}
	}
	if caps < 4*lows || caps == 0 {
		return 0
	}
	return w.End
}

// head returns the tokens of the first paragraph, if it looks like a headline.
func (r *run) head() annotate.Range {
	if len(r.d.Paragraphs) < 2 {
		return annotate.Range{}
	}
	w := r.bounds(0)
	if w.End-w.First > 24 || w.End <= w.First || r.is(w.End-1, ".") || r.inside[w.First] != 0 && r.inside[w.End-1] == r.inside[w.First] {
		return annotate.Range{}
	}
	return w
}

// place finds the tokens of the marked stretches.
func (r *run) place() {
	r.inside = make([]int32, len(r.d.Tokens))
	t := 0
	for i := range r.marked {
		s := &r.marked[i]
		for t < len(r.d.Tokens) && r.d.Tokens[t].End <= s.Start {
			t++
		}
		s.a = t
		for t < len(r.d.Tokens) && r.d.Tokens[t].Start < s.End {
			r.inside[t] = int32(i + 1)
			t++
		}
		s.b = t
	}
}

// placeNames finds the tokens of the mentions by name.
func (r *run) placeNames() {
	for i := range r.es {
		for _, m := range r.es[i].Mentions {
			if (m.Form == annotate.Name || m.Form == "") && !r.wordy(m) {
				r.names = append(r.names, named{Span: m.Span, entity: i, title: m.Title})
			}
		}
	}
	sortNames(r.names)
	r.nameAt = make([]int32, len(r.d.Tokens))
	t := 0
	for i := range r.names {
		n := &r.names[i]
		for t > 0 && r.d.Tokens[t-1].End > n.Start {
			t--
		}
		for t < len(r.d.Tokens) && r.d.Tokens[t].End <= n.Start {
			t++
		}
		for n.a = t; t < len(r.d.Tokens) && r.d.Tokens[t].Start < n.End; t++ {
			if r.d.Tokens[t].Start >= n.Start { // not "pro-Orrin"
				r.nameAt[t] = int32(i + 1)
			}
		}
		n.b = t
		if c, ok := r.lex.cues[r.d.Word(min(n.a, len(r.d.Tokens)-1))]; ok && !c.base && n.b > n.a+1 { // "said Quill" was taken for a name
			r.nameAt[n.a] = 0
			n.a++
			n.Start = r.d.Tokens[n.a].Start
		}
		rest := r.d.Text[min(n.End, len(r.d.Text)):]
		n.possessive = strings.HasPrefix(rest, "'s") || strings.HasPrefix(rest, "’s") || strings.HasPrefix(rest, " 's ") ||
			strings.HasPrefix(rest, " ’s ") || strings.HasPrefix(rest, "' ") || strings.HasPrefix(rest, "’ ")
	}
}

// wordy reports whether m is no person or organization and ends with a word in lower
// case: a stretch between two quotes that somebody took for a title.
func (r *run) wordy(m annotate.Mention) bool {
	if m.Type == annotate.Person || m.Type == annotate.Organization {
		return false
	}
	last, _ := utf8.DecodeRuneInString(lastWord(m.In(r.d.Text)))
	return unicode.IsLower(last)
}

// genderOf returns the gender of an entity: of its first name, where that is known, else
// of its titles, which a namesake's may be among.
func (r *run) genderOf(e *annotate.Entity, known func(string) Gender) gender {
	if e.Type != annotate.Person {
		return thing
	}
	if first, _, more := strings.Cut(e.Name, " "); known != nil && more {
		switch known(first) {
		case Male:
			return male
		case Female:
			return female
		}
	}
	for _, m := range e.Mentions {
		if m.Title.Empty() {
			continue
		}
		for w := range strings.FieldsSeq(strings.ToLower(m.Title.In(r.d.Text))) {
			if g := titles[strings.Trim(w, ".")]; g != unknown {
				return g
			}
		}
	}
	return unknown
}

// low returns the text of token t in lower case, "" where there is none.
func (r *run) low(t int) string {
	if t < 0 || t >= len(r.d.Tokens) {
		return ""
	}
	return strings.ToLower(r.d.Word(t))
}

// word reports whether token t is there and a word.
func (r *run) word(t int) bool {
	return t >= 0 && t < len(r.d.Tokens) && r.d.Tokens[t].Kind == annotate.Word
}

// upper reports whether token t begins with a capital.
func (r *run) upper(t int) bool {
	if t < 0 || t >= len(r.d.Tokens) {
		return false
	}
	c, _ := utf8.DecodeRuneInString(r.d.Word(t))
	return unicode.IsUpper(c)
}

// is reports whether token t, where there is one, is the rune or word w.
func (r *run) is(t int, w string) bool {
	return t >= 0 && t < len(r.d.Tokens) && r.d.Word(t) == w
}

// cueAt returns the cue that token t is.
func (r *run) cueAt(t int) (cue, bool) {
	if !r.word(t) || r.nameAt[t] != 0 {
		return cue{}, false
	}
	w := r.d.Word(t)
	if t < r.titleEnd && w[0] >= 'A' && w[0] <= 'Z' && t > 0 {
		w = strings.ToLower(w) // "Halden Says"
	}
	if len(w) < 3 || len(w) > 14 || w[0] < 'a' || w[0] > 'z' {
		return cue{}, false
	}
	c, ok := r.lex.cues[w]
	if ok && (c.ing || c.base || nounish[w]) && t > 0 && articlesOf[r.low(t-1)] {
		return cue{}, false // "the hearing"
	}
	return c, ok
}

// articlesOf are words that only nouns follow.
var articlesOf = map[string]bool{
	"the": true, "a": true, "an": true, "his": true, "her": true, "its": true, "their": true, "our": true, "my": true, "your": true,
	"'s": true, "’s": true, "no": true,
}

// pronounAt returns the gender of the pronoun that token t is, with or without a verb
// drawn together with it: "she", "she'd".
func (r *run) pronounAt(t int) (gender, bool) {
	w := r.low(t)
	if n := strings.IndexAny(w, "'’"); n > 0 {
		switch strings.TrimLeft(w[n:], "'’") {
		case "d", "ll", "ve", "s", "re", "m":
			w = w[:n]
		}
	}
	g, ok := pronouns[w]
	return g, ok
}

// name returns the name at token t, or nil.
func (r *run) name(t int) *named {
	if t < 0 || t >= len(r.nameAt) || r.nameAt[t] == 0 {
		return nil
	}
	return &r.names[r.nameAt[t]-1]
}

// bounds returns the tokens of the paragraph that token t is in. It takes time in
// the logarithm of the document.
func (r *run) bounds(para int) annotate.Range {
	p := r.d.Paragraphs[para]
	if p.Sentences.First >= p.Sentences.End {
		return annotate.Range{}
	}
	return annotate.Range{
		First: r.d.Sentences[p.Sentences.First].Tokens.First,
		End:   r.d.Sentences[p.Sentences.End-1].Tokens.End,
	}
}

// span returns the bytes of tokens [a,b).
func (r *run) span(a, b int) articles.Span {
	return articles.Span{Start: r.d.Tokens[a].Start, End: r.d.Tokens[b-1].End}
}
