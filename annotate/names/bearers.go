package names

import (
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon"
	"byline/annotate/lexicon/en"
	"byline/articles"
)

// bearers tells who in an article has a word for a name: persons, the firm that is called after them, the town.
type bearers struct {
	person  map[string]int  // by first and last word, and by the word behind a title: the first mention in ms
	firm    map[string]int  // by first word of several: the first firm in ms
	town    map[string]int  // by first word: how many libraries, councils and papers are called by it
	partner map[string]bool // by first word: "Quill & Sons"
	honored map[string]bool // by surname behind a title
	plain   map[string]bool // by surname that stood alone before a firm had it
	formal  bool            // people named before have Mr. or Ms. before the surname
}

// bearersOf returns the bearers of the names in ms, mentions of text.
func bearersOf(text string, ms []annotate.Mention) *bearers {
	b := &bearers{person: map[string]int{}, firm: map[string]int{}, town: map[string]int{}, partner: map[string]bool{}, honored: map[string]bool{}, plain: map[string]bool{}}
	seen := map[string]bool{}
	formal, bare := 0, []string{}
	for i := range ms {
		m := &ms[i]
		w := m.In(text)
		at := strings.IndexByte(w, ' ')
		switch {
		case m.Type == annotate.Person && at > 0:
			note(b.person, w[:at], i)
			note(b.person, w[strings.LastIndexByte(w, ' ')+1:], i)
		case m.Type == annotate.Person && !m.Title.Empty():
			note(b.person, w, i)
			b.honored[w] = true
			formal++
		case m.Type == annotate.Person:
			if at, ok := b.person[w]; ok && at < i {
				bare = append(bare, w)
				_, firm := b.firm[w]
				b.plain[w] = b.plain[w] || !firm
			}
		case at > 0 && !seen[w]:
			seen[w] = true
			b.noteBody(w[:at], w[at+1:], i, m.Type)
		}
	}
	bare = slices.DeleteFunc(bare, func(w string) bool { _, firm := b.firm[w]; return firm })
	b.formal = formal > 2 && formal > 4*len(bare)
	return b
}

// noteBody notes mention i of type t, no person: first and the rest of its name.
func (b *bearers) noteBody(first, rest string, i int, t annotate.Type) {
	if t == annotate.Organization && isFirm(rest) {
		note(b.firm, first, i)
		b.partner[first] = strings.HasPrefix(rest, "&") || strings.HasPrefix(rest, "and ")
	}
	if isCivic(rest) {
		b.town[first]++
	}
}

// honors are what is called after somebody famous, who needs no first name.
var honors = wordSet("foundation organization organisation institute center centre administration campaign government cabinet library trust fund university school college memorial estate movement doctrine")

// isFirm reports whether rest, behind the first word of an organization, tells a firm or club that is called by that word: nothing
// in honor of somebody, nothing of a town.
func isFirm(rest string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(rest)) {
		if honors[w] || en.Of(w).Is(en.Civic) {
			return false
		}
	}
	return true
}

func note(first map[string]int, w string, i int) {
	if _, ok := first[w]; !ok {
		first[w] = i
	}
}

// isCivic reports whether w is called by a town: a library, a council, a paper.
func isCivic(w string) bool {
	for part := range strings.FieldsSeq(w) {
		if en.Of(strings.ToLower(part)).Is(en.Civic) {
			return true
		}
	}
	return false
}

// typeOf returns the type of mention i, s in text, that the tagger took for a person and no title stands before. One word of
// somebody who has not been named in full yet, in an article that has named a firm so, is the firm; so is who has no Mr.
// where people do; and what two bodies of a town are called by is the town.
func (b *bearers) typeOf(i int, text string, s articles.Span) annotate.Type {
	w := s.In(text)
	switch {
	case !strings.Contains(w, " "):
		return b.shared(i, text, s)
	case isBody(w):
		return annotate.Organization
	}
	return annotate.Person
}

// shared is typeOf for one word.
func (b *bearers) shared(i int, text string, s articles.Span) annotate.Type {
	w := s.In(text)
	person, borne := b.person[w]
	firm, ok := b.firm[w]
	next, _ := cutWord(text[s.End:])
	if borne && person < i && !(b.formal && b.honored[w] && !b.plain[w]) || families[next] {
		return annotate.Person
	}
	switch {
	case !borne && isEponym(text, s):
		return annotate.Other
	case b.town[w] > 1:
		return annotate.Place
	case !ok, lexicon.Of(w)&lexicon.CommonFirst != 0:
		return annotate.Person
	case borne && firm < i, !borne && !b.partner[w]:
		return annotate.Organization
	}
	return annotate.Person
}
