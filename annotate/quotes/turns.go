package quotes

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
)

// A label is what a turn of a transcript or an interview begins with: "QUILL:", "Q:",
// "[00:01:12] Ann Lee:", "MS. LEE:".
type label struct {
	articles.Span     // without brackets, time and colon
	rest          int // where the words of the turn begin
	caps          bool
}

// labelBytes is the most bytes of a label with its time.
const labelBytes = 64

// labelOf returns the label of paragraph i.
func (r *run) labelOf(i int) (label, bool) {
	p := &r.d.Paragraphs[i]
	if p.Block.Kind != articles.Paragraph && p.Block.Kind != articles.Item {
		return label{}, false
	}
	text := r.d.Text[p.Start:min(p.End, p.Start+labelBytes)]
	at := len(text) - len(strings.TrimLeft(text, " \"“\n"))
	at += stamp(text[at:])
	n, ok := labelEnd(text[at:])
	if !ok {
		return label{}, false
	}
	l := label{rest: p.Start + at + n + 1}
	name := text[at : at+n]
	if k := strings.IndexByte(name, '('); k > 0 && nameLike(strings.Trim(name[k:], "()")) {
		at, name = at+k+1, strings.Trim(name[k:], "()") // "THE TREASURER (Ann Lee):"
	} else if k := strings.IndexAny(name, ",("); k > 0 {
		name = name[:k]
	}
	name = strings.TrimRight(name, " ")
	l.Span = articles.Span{Start: p.Start + at, End: p.Start + at + len(name)}
	l.caps = strings.ToUpper(name) == name
	return l, name != "" && nameLike(name)
}

// nameLike reports whether s may name who speaks: at most five words, each but "of" and
// the like with a capital.
func nameLike(s string) bool {
	words := strings.Fields(s)
	for _, w := range words {
		c, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(c) && !small[w] || strings.ContainsAny(w, "“”\"!?;") {
			return false
		}
	}
	return len(words) > 0 && len(words) <= 5
}

// labelEnd returns where the colon, or the dot of "Q.", stands behind a label.
func labelEnd(s string) (int, bool) {
	if len(s) > 2 && (s[0] == 'Q' || s[0] == 'A') && s[1] == '.' && s[2] == ' ' {
		return 1, true
	}
	n := strings.IndexByte(s, ':')
	if n < 1 || n+1 < len(s) && s[n+1] != ' ' && s[n+1] != '\n' {
		return 0, false
	}
	return n, true
}

// stamp returns the length of the time that s begins with: "[00:01:12] ", "10:14 ",
// "(0:40) ", "10.14am ".
func stamp(s string) int {
	n := 0
	for n < len(s) && strings.IndexByte("[(0123456789:.,])apm ", s[n]) >= 0 {
		n++
	}
	if n < 3 || !strings.ContainsAny(s[:n], "0123456789") || s[n-1] != ' ' {
		return 0
	}
	return n
}

// turns keeps the turns of a transcript or an interview: a paragraph with a label, and
// those without one up to the next.
func (r *run) turns() {
	ls := r.labels()
	for k := range ls {
		last := ls[k].para
		if k+1 < len(ls) {
			for last+1 < ls[k+1].para && r.goesOn(last+1) {
				last++
			}
		}
		r.turnOf(&ls[k], last)
	}
}

// A labelled is a paragraph with a label and who that is.
type labelled struct {
	label
	para, entity int
	person       bool
	ok           bool // by itself
}

// labels returns the labels of an article that has turns, in order. A label counts if
// it names somebody, is one of those for nobody, or comes again; in lower case only if
// it comes again; and there are several in all.
func (r *run) labels() []labelled {
	var ls []labelled
	count := map[string]int{}
	for i := range r.d.Paragraphs {
		if l, ok := r.labelOf(i); ok {
			ls = append(ls, labelled{label: l, para: i})
			count[strings.ToUpper(l.In(r.d.Text))]++
		}
	}
	if len(ls) < 2 {
		return nil
	}
	answers := r.interviewee(r.d.Paragraphs[ls[0].para].Start)
	names, known, sure := r.labelNames(), map[string]int{}, 0
	for i := range ls {
		l := &ls[i]
		w := l.In(r.d.Text)
		e, ok := known[w]
		if !ok {
			e = r.labelName(w, names, answers)
			known[w] = e
		}
		l.entity, l.person = e, e >= 0 && r.es[e].Type == annotate.Person
		if !l.caps && e >= 0 && !asks[w] && !r.whole(w, e) {
			l.entity, e = -1, -1
		}
		l.ok = (count[strings.ToUpper(w)] > 1 || l.caps) && (e >= 0 || l.caps && count[strings.ToUpper(w)] > 1 || asks[w])
		if l.ok = l.ok && (l.caps || !r.quoted(l.rest)); l.ok { // "Ann Lee: “…”" says it with marks
			sure++
		}
	}
	if sure < 2 {
		return nil
	}
	ls = slices.DeleteFunc(ls, func(l labelled) bool { // among turns, one more is one
		return !l.ok && (sure < 3 && l.entity < 0 || l.entity < 0 && !l.caps || !l.caps && r.quoted(l.rest))
	})
	return talk(ls)
}

// talk returns the labels if they are those of a talk: they stand close together, and in
// lower case two or more take turns.
func talk(ls []labelled) []labelled {
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
	switch {
	case 2*caps >= len(ls):
		if 7*len(ls) < paras {
			return nil
		}
	case 2*changes < len(ls) || len(ls) < 3 || 3*len(ls) < paras || 3*persons < len(ls):
		return nil
	}
	return ls
}

// asks are labels of nobody.
var asks = map[string]bool{
	"Q": true, "QUESTION": true, "Question": true, "INTERVIEWER": true, "Interviewer": true, "REPORTER": true, "Reporter": true,
	"MODERATOR": true, "Moderator": true, "HOST": true, "Host": true, "A": true, "ANSWER": true, "Answer": true,
}

// quoted reports whether the text from byte at on begins with a mark.
func (r *run) quoted(at int) bool {
	c, _ := utf8.DecodeRuneInString(strings.TrimLeft(r.d.Text[at:min(len(r.d.Text), at+8)], " "))
	return strings.ContainsRune("\"“‘'«„", c)
}

// goesOn reports whether paragraph i may go on with the turn above it.
func (r *run) goesOn(i int) bool {
	p := &r.d.Paragraphs[i]
	t := p.In(r.d.Text)
	if k := r.stretchBefore(p.End); k > 0 && r.marked[k-1].Start >= p.Start && k-1 < len(r.claims) && !r.claims[k-1].cue.Empty() && r.claims[k-1].who.form == annotate.Name {
		return false // the writer attributes something
	}
	return (p.Block.Kind == articles.Paragraph || p.Block.Kind == articles.Item) && t != "" && t[0] != '(' && t[0] != '['
}

// turnOf keeps the words behind a label, to the end of paragraph last, as a turn.
func (r *run) turnOf(l *labelled, last int) {
	s := articles.Span{Start: l.rest, End: r.d.Paragraphs[last].End}
	s.Start = trimStart(r.d.Text, s)
	s.End = trimEnd(r.d.Text, s)
	if s.Len() == 0 || !letter(r.d.Text, articles.Span{Start: s.Start, End: min(s.End, s.Start+200)}) {
		return
	}
	who := subject{Span: l.Span, entity: l.entity, form: annotate.Name}
	if w := l.In(r.d.Text); asks[w] {
		who.Span = articles.Span{}
	} else if k := titleLen(w); k > 0 {
		who.Start += k
	}
	r.told = append(r.told, claim{Span: s, who: who, rule: &transcribed, gap: -1})
}

// inTurns gives what "I" says inside a turn to who speaks the turn, and marked words
// that are the headline of an interview to the person who has most turns.
func (r *run) inTurns() {
	count := map[int]int{}
	most := -1
	for i := range r.told {
		t := &r.told[i]
		if t.rule != &transcribed || t.who.entity < 0 {
			continue
		}
		e := t.who.entity
		if count[e]++; most < 0 || count[e] > count[most] {
			most = e
		}
		for k := r.stretchBefore(t.Start); k < len(r.marked) && r.marked[k].End <= t.End; k++ {
			if w := r.claims[k].who; w.form == annotate.Pronoun && (r.low(w.a) == "i" || r.low(w.a) == "we") {
				r.claims[k].who.entity = e
			}
		}
	}
	if most < 0 || len(r.marked) == 0 || r.marked[0].first > 0 || r.marked[0].b < r.bounds(0).End {
		return
	}
	if c := &r.claims[0]; c.rule == &nobody && c.who.entity < 0 {
		c.who.entity, c.rule = most, &echo
	}
}

// titleLen returns the length of the title that s begins with: "MS. LEE".
func titleLen(s string) int {
	first, rest, ok := strings.Cut(s, " ")
	w := strings.ToLower(strings.Trim(first, "."))
	if ok && (titles[w] != unknown || w == "dr" || w == "sen" || w == "rep" || w == "gov" || w == "judge" || w == "mayor" || w == "president") {
		return len(s) - len(rest)
	}
	return 0
}

// labelName returns the entity that a label names: by its whole name or last word;
// answers of an answer.
func (r *run) labelName(w string, names map[string]int, answers int) int {
	if asks[w] {
		if w[0] == 'A' {
			return answers
		}
		return -1
	}
	w = strings.ToLower(w[titleLen(w):])
	if e, ok := names[w]; ok {
		return e
	}
	if e, ok := names["… "+lastWord(w)]; ok {
		return e
	}
	if n, ok := r.lex.nouns[lastWord(w)]; !ok || n.org || n.paper || n.gender == plural {
		return -1
	}
	return r.bearerOf(lastWord(w))
}

// bearerOf returns the only person of whom the article uses the noun w, of the first
// hundred entities; −1 for none.
func (r *run) bearerOf(w string) int {
	only := -1
	for e := 0; e < min(len(r.es), 100); e++ {
		if r.es[e].Type != annotate.Person || !r.calls(e, w) {
			continue
		}
		if only >= 0 {
			return -1
		}
		only = e
	}
	return only
}

// whole reports whether w is the name of entity e, or the last word of a person's.
func (r *run) whole(w string, e int) bool {
	w = w[titleLen(w):]
	name := r.es[e].Name
	return strings.EqualFold(w, name) || strings.EqualFold(w, lastWord(name)) || strings.HasPrefix(name, w+" ")
}

// labelNames returns the people and organizations by their names in lower case, and
// behind "… " by the last words of those, the first of two.
func (r *run) labelNames() map[string]int {
	m := map[string]int{}
	for i := len(r.es) - 1; i >= 0; i-- {
		if t := r.es[i].Type; t == annotate.Person || t == annotate.Organization {
			name := strings.ToLower(r.es[i].Name)
			m[name], m["… "+lastWord(name)] = i, i
		}
	}
	return m
}

// interviewee returns the person whom the words before byte at name most, and with them
// the rest of the article; −1 for none.
func (r *run) interviewee(at int) int {
	best, most := -1, 0
	for i := range r.es {
		e := &r.es[i]
		if e.Type != annotate.Person {
			continue
		}
		n := len(e.Mentions)
		for _, m := range e.Mentions {
			if m.Start >= at || n > 1<<10 {
				break
			}
			n += 4
		}
		if n > most {
			best, most = i, n
		}
	}
	return best
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }
