package quotes

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/grammar"
	"byline/annotate/quotes/marks"
	"byline/annotate/quotes/words"
	"byline/articles"
)

// A label is what a turn of a transcript or an interview starts with: "QUILL:", "Q:", "[00:01:12]
// Ann Lee:", "MS. LEE:".
type label struct {
	articles.Span     // without brackets, time and colon
	rest          int // the byte where the words of the turn start
	caps          bool
}

// A speakerLabel is the label of a paragraph and who that is.
type speakerLabel struct {
	label
	para, entity int
	person       bool
	ok           bool // by itself
}

// A labeler finds labels. It looks at paragraphs, and at nothing between marks.
type labeler struct {
	d       *annotate.Doc
	es      []annotate.Entity
	bearer  func(noun string) int // the only person whom the article calls so, −1 for none
	names   map[string]int        // people and organizations by their names in lower case
	lasts   map[string]int        // and by the last words of those: the first of two
	answers int                   // whom an interview is with
}

func newLabeler(d *annotate.Doc, es []annotate.Entity, bearer func(string) int) *labeler {
	return &labeler{d: d, es: es, bearer: bearer}
}

// labels returns the labels of an article that has turns, in order. A label counts if it names
// somebody, is one of those for nobody, or comes again; in lower case only if it comes again; and
// there are several in all.
func (l *labeler) labels() []speakerLabel {
	var ls []speakerLabel
	count := map[string]int{}
	for i := range l.d.Paragraphs {
		if at, ok := l.labelOf(i); ok {
			ls = append(ls, speakerLabel{label: at, para: i})
			count[strings.ToUpper(at.In(l.d.Text))]++
		}
	}
	if len(ls) < leastTurns {
		return nil
	}
	l.answers = interviewee(l.es, l.d.Paragraphs[ls[0].para].Start)
	l.readNames()
	sure := 0
	known := map[string]int{}
	for i := range ls {
		w := ls[i].In(l.d.Text)
		e, ok := known[w]
		if !ok {
			e = l.entityOf(w)
			known[w] = e
		}
		l.identify(&ls[i], e, count[strings.ToUpper(w)] > 1)
		if ls[i].ok {
			sure++
		}
	}
	if sure < leastTurns {
		return nil
	}
	ls = slices.DeleteFunc(ls, func(s speakerLabel) bool { return !l.among(&s, sure) })
	return talk(ls)
}

// identify says that the label s, whose words mean entity e and come again or not, is who, and
// whether it is one by itself.
func (l *labeler) identify(s *speakerLabel, e int, again bool) {
	w := s.In(l.d.Text)
	asks := words.Asking.Has(w)
	s.person = e >= 0 && l.es[e].Type == annotate.Person
	if e >= 0 && !s.caps && !asks && !l.whole(w, e) {
		e = -1
	}
	s.entity = e
	switch {
	case s.caps:
		s.ok = e >= 0 || again || asks
	default: // "Ann Lee: “…”" says it with marks
		s.ok = again && (e >= 0 || asks) && !l.quotes(s.rest)
	}
}

// among reports whether s is a label among others, so many of which are labels by themselves.
func (l *labeler) among(s *speakerLabel, sure int) bool {
	switch {
	case s.ok:
		return true
	case s.caps:
		return s.entity >= 0 || sure > leastTurns
	}
	return s.entity >= 0 && !l.quotes(s.rest)
}

// talk returns the labels if they are those of a talk: they are close together, and in lower case
// two or more take turns.
func talk(ls []speakerLabel) []speakerLabel {
	caps, changes, persons := 0, 0, 0
	for i := range ls {
		if ls[i].caps {
			caps++
		}
		if ls[i].person {
			persons++
		}
		if i > 0 && ls[i].entity != ls[i-1].entity {
			changes++
		}
	}
	paras := ls[len(ls)-1].para - ls[0].para + 1
	if capsShare*caps >= len(ls) {
		if capsSpacing*len(ls) < paras {
			return nil
		}
		return ls
	}
	if turnShare*changes < len(ls) || personShare*persons < len(ls) || namedSpacing*len(ls) < paras {
		return nil
	}
	return ls
}

// labelable reports whether p is a paragraph that may be part of a turn.
func labelable(p *annotate.Para) bool {
	return p.Block.Kind == articles.Paragraph || p.Block.Kind == articles.Item
}

// labelOf returns the label of paragraph i.
func (l *labeler) labelOf(i int) (label, bool) {
	p := &l.d.Paragraphs[i]
	if !labelable(p) {
		return label{}, false
	}
	text := l.d.Text[p.Start:min(p.End, p.Start+labelBytes)]
	at := len(text) - len(strings.TrimLeft(text, " \"“\n"))
	at += stampLen(text[at:])
	n, ok := labelEnd(text[at:])
	if !ok {
		return label{}, false
	}
	found := label{rest: p.Start + at + n + 1}
	name := text[at : at+n]
	if k := strings.IndexByte(name, '('); k > 0 && nameLike(strings.Trim(name[k:], "()")) {
		at, name = at+k+1, strings.Trim(name[k:], "()") // "THE TREASURER (Ann Lee):"
	} else if k := strings.IndexAny(name, ",("); k > 0 {
		name = name[:k]
	}
	name = strings.TrimRight(name, " ")
	found.Span = articles.Span{Start: p.Start + at, End: p.Start + at + len(name)}
	found.caps = strings.ToUpper(name) == name
	return found, name != "" && nameLike(name)
}

// nameLike reports whether s may name who speaks: a few words, each but "of" and the like with a
// capital.
func nameLike(s string) bool {
	fields := strings.Fields(s)
	for _, w := range fields {
		c, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(c) && !words.Small.Has(w) || strings.ContainsAny(w, "“”\"!?;") {
			return false
		}
	}
	return len(fields) > 0 && len(fields) <= labelWords
}

// labelEnd returns where the colon, or the dot of "Q.", is after a label.
func labelEnd(s string) (int, bool) {
	if strings.HasPrefix(s, "Q. ") || strings.HasPrefix(s, "A. ") {
		return 1, true
	}
	n := strings.IndexByte(s, ':')
	if n < 1 || n+1 < len(s) && s[n+1] != ' ' && s[n+1] != '\n' {
		return 0, false
	}
	return n, true
}

// stampLen returns the length of the time that s starts with: "[00:01:12] ", "10:14 ", "(0:40) ",
// "10.14am ".
func stampLen(s string) int {
	n := 0
	for n < len(s) && strings.IndexByte("[(0123456789:.,])apm ", s[n]) >= 0 {
		n++
	}
	if n < stampBytes || !strings.ContainsAny(s[:n], "0123456789") || s[n-1] != ' ' {
		return 0
	}
	return n
}

// quotes reports whether the text from byte at on starts with a quotation mark.
func (l *labeler) quotes(at int) bool {
	c, _ := utf8.DecodeRuneInString(strings.TrimLeft(l.d.Text[at:], " "))
	return strings.ContainsRune(en.OpeningLow, c)
}

// titleLen returns the length of the title that s starts with: "MS. LEE".
func titleLen(s string) int {
	first, rest, ok := strings.Cut(s, " ")
	w := strings.ToLower(strings.Trim(first, "."))
	if ok && (words.Title(w) != en.Unknown || words.LabelTitle.Has(w)) {
		return len(s) - len(rest)
	}
	return 0
}

// entityOf returns the entity that a label names: by its whole name or last word, or by a noun;
// answers of an answer.
func (l *labeler) entityOf(w string) int {
	if words.Asking.Has(w) {
		if w[0] == 'A' {
			return l.answers
		}
		return -1
	}
	w = strings.ToLower(w[titleLen(w):])
	if e, ok := l.names[w]; ok {
		return e
	}
	if e, ok := l.lasts[lastWord(w)]; ok {
		return e
	}
	if n, ok := words.English().Nouns[lastWord(w)]; ok && n.Person() && n.Gender != en.Plural {
		return l.bearer(lastWord(w))
	}
	return -1
}

// whole reports whether w is the name of entity e, or the last or first words of it.
func (l *labeler) whole(w string, e int) bool {
	w = w[titleLen(w):]
	name := l.es[e].Name
	return strings.EqualFold(w, name) || strings.EqualFold(w, lastWord(name)) || strings.HasPrefix(name, w+" ")
}

// readNames fills l.names and l.lasts.
func (l *labeler) readNames() {
	l.names, l.lasts = map[string]int{}, map[string]int{}
	for i := len(l.es) - 1; i >= 0; i-- {
		if isSpeaker(&l.es[i]) {
			name := strings.ToLower(l.es[i].Name)
			l.names[name], l.lasts[lastWord(name)] = i, i
		}
	}
}

// interviewee returns the person whom the words before byte at name most, and with them the rest
// of the article; −1 for none.
func interviewee(es []annotate.Entity, at int) int {
	best, most := -1, 0
	for i := range es {
		e := &es[i]
		if e.Type != annotate.Person {
			continue
		}
		n := len(e.Mentions)
		for _, m := range e.Mentions {
			if m.Start >= at {
				break
			}
			n += introWeight
		}
		if n > most {
			best, most = i, n
		}
	}
	return best
}

// lastWord returns what comes after the last blank of s.
func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

// isSpeaker reports whether entity e is a person or organization.
func isSpeaker(e *annotate.Entity) bool {
	return e.Type == annotate.Person || e.Type == annotate.Organization
}

// turns keeps the turns of a transcript or an interview: a paragraph with a label, and those
// without one up to the next.
func (an *unmarked) turns() {
	ls := newLabeler(an.d, an.es, an.Bearer).labels()
	for k := range ls {
		last := ls[k].para
		if k+1 < len(ls) {
			for last+1 < ls[k+1].para && an.continuesTurn(last+1) {
				last++
			}
		}
		an.turnOf(&ls[k], last)
	}
}

// continuesTurn reports whether paragraph i may continue the turn above it.
func (an *unmarked) continuesTurn(i int) bool {
	p := &an.d.Paragraphs[i]
	if k := an.QuotationsBefore(p.End) - 1; k >= 0 && an.quotations[k].Start >= p.Start && !an.claims[k].Cue.Empty() && an.claims[k].Who.Form == annotate.Name {
		return false // the writer attributes something
	}
	t := p.In(an.d.Text)
	return labelable(p) && t != "" && t[0] != '(' && t[0] != '['
}

// turnOf keeps the words after a label, to the end of paragraph last, as a turn.
func (an *unmarked) turnOf(l *speakerLabel, last int) {
	s := marks.Trim(an.d.Text, articles.Span{Start: l.rest, End: an.d.Paragraphs[last].End})
	if !strings.ContainsFunc(s.In(an.d.Text), unicode.IsLetter) {
		return
	}
	who := grammar.Subject{Span: l.Span, Entity: l.entity, Form: annotate.Name}
	if w := l.In(an.d.Text); words.Asking.Has(w) {
		who.Span = articles.Span{}
	} else {
		who.Start += titleLen(w)
	}
	an.told = append(an.told, claim{Attribution: grammar.Attribution{Who: who}, span: s, rule: &transcribed})
}

// inTurns gives what "I" says inside a turn to who speaks the turn, and marked words that are the
// headline of an interview to whoever has most turns.
func (an *unmarked) inTurns() {
	count := map[int]int{}
	most := -1
	for i := range an.told {
		t := &an.told[i]
		if t.rule != &transcribed || t.Who.Entity < 0 {
			continue
		}
		e := t.Who.Entity
		if count[e]++; an.es[e].Type == annotate.Person && (most < 0 || count[e] > count[most]) {
			most = e
		}
		an.inTurn(t)
	}
	if most < 0 || len(an.quotations) == 0 || an.quotations[0].First > 0 {
		return
	}
	if c := &an.claims[0]; c.rule == &nobody && c.Who.Entity < 0 {
		c.Who.Entity, c.rule = most, &echo
	}
}

// inTurn gives what "I" and "we" say in quotations inside the turn t to who speaks it, and nothing that "he"
// and "she" say.
func (an *unmarked) inTurn(t *claim) {
	for k := an.QuotationsBefore(t.span.Start); k < len(an.quotations) && an.quotations[k].End <= t.span.End; k++ {
		who := &an.claims[k].Who
		switch w := an.Low(who.A); {
		case who.Form != annotate.Pronoun:
		case w == "i" || w == "we":
			who.Entity = t.Who.Entity
		case who.Person() && who.Entity == t.Who.Entity: // somebody else, of whom the turn tells
			who.Entity = -1
		}
	}
}
