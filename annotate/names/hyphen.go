package names

import (
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/lexicon"
	"byline/annotate/lexicon/en"
	"byline/annotate/lexicon/known"
	"byline/articles"
)

// isTail reports whether w is an ordinary word that a hyphen ties to the name before it: "based", "led".
func isTail(w string) bool {
	return len(w) > 3 && strings.HasSuffix(w, "ed") && !isCapitalized(w) || en.Of(w).Is(en.Tail)
}

// nameInWord returns s, a name in text, without the ordinary word that a hyphen ties to it: "Quill" of
// "anti-Quill" and "Quill-owned".
func nameInWord(text string, s articles.Span) articles.Span {
	for {
		w := s.In(text)
		i := strings.LastIndexByte(w, '-')
		if i <= 0 || !isTail(w[i+1:]) || !isCapitalized(w) {
			break
		}
		s.End = s.Start + i
	}
	if head, name, ok := strings.Cut(s.In(text), "-"); ok && isCapitalized(name) && isHead(s.In(text), head) {
		s.Start += len(head) + 1
	}
	return s
}

// isHead reports whether a hyphen ties the ordinary word head to the rest of w, a name. With a capital it begins
// a sentence or a headline, "Ex-Quill banker", or a name: "Anti-Smuggling Force".
func isHead(w, head string) bool {
	if !isCapitalized(head) {
		return en.Of(head).Is(en.Head)
	}
	opens := en.Opens
	if strings.Contains(w, " ") {
		opens = en.Was
	}
	return en.Of(strings.ToLower(head)).Is(opens) && factsOf(w).Tier() < known.Clean
}

// sides holds the names of a document, to tell two names with a hyphen between them from one.
type sides struct {
	text    string
	names   map[string]annotate.Type
	doubles map[string]bool // surnames with a hyphen, of persons named in full
}

// sidesOf returns the names in ms, and the surnames of the persons among them.
func sidesOf(text string, ms []annotate.Mention) *sides {
	p := &sides{text, map[string]annotate.Type{}, map[string]bool{}}
	for i := range ms {
		w := ms[i].In(text)
		p.names[w] = ms[i].Type
		if at := strings.LastIndexByte(w, ' '); at >= 0 && ms[i].Type == annotate.Person {
			p.names[w[at+1:]] = annotate.Person
			p.doubles[w[at+1:]] = true
		}
	}
	return p
}

// splitPairs returns ms, the mentions of text, and their shares, with two names that a hyphen joins apart:
// "Porto-Nice".
func splitPairs(text string, ms []annotate.Mention, shares []Shares) ([]annotate.Mention, []Shares) {
	pair := func(m annotate.Mention) bool { return strings.Contains(m.In(text), "-") }
	if !slices.ContainsFunc(ms, pair) {
		return ms, shares
	}
	p := sidesOf(text, ms)
	all, allShares := make([]annotate.Mention, 0, len(ms)), make([]Shares, 0, len(ms))
	for i, m := range ms {
		one := []annotate.Mention{m}
		if pair(m) {
			one = p.split(m)
		}
		for _, m := range one {
			all, allShares = append(all, m), append(allShares, shares[i])
		}
	}
	return all, allShares
}

// split returns m as the two names beside its hyphen if the article has both elsewhere, or if they are places
// or clubs in the lists; m alone otherwise.
func (p *sides) split(m annotate.Mention) []annotate.Mention {
	w := m.In(p.text)
	i := strings.IndexByte(w, '-')
	if i <= 0 || strings.IndexByte(w[i+1:], '-') >= 0 || m.Type == annotate.Other || p.doubles[w] || factsOf(w).Tier() >= known.Clean {
		return []annotate.Mention{m}
	}
	left, right := m, m
	left.End, right.Start = m.Start+i, m.Start+i+1
	if !(p.knows(left) && p.knows(right)) && !clubs(factsOf(left.In(p.text)), factsOf(right.In(p.text))) {
		return []annotate.Mention{m}
	}
	right.Title = articles.Span{}
	return []annotate.Mention{left, right}
}

// knows reports whether m is a name of its type elsewhere in the article, or listed as a place.
func (p *sides) knows(m annotate.Mention) bool {
	w := m.In(p.text)
	if t := p.names[w]; t != "" || m.Type == annotate.Person {
		return t == m.Type
	}
	f := factsOf(w)
	return m.Type == annotate.Place && f.Tier() >= known.Clean && f.Main() == known.Place
}

// clubs reports whether a and b are clubs, which one of them may be named like something else.
func clubs(a, b known.Facts) bool {
	return (a.Kind() == known.Club || b.Kind() == known.Club) && a.Has(known.Organization) && b.Has(known.Organization)
}

// factsOf returns what is known of the name w.
func factsOf(w string) known.Facts {
	if !strings.Contains(w, " ") {
		return known.Word(w)
	}
	var k lexicon.Key
	for part := range strings.FieldsSeq(w) {
		k = k.Token(part)
	}
	return known.Of(k)
}
