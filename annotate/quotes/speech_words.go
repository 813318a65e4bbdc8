package quotes

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/quotes/words"
)

// The features of the words between the marks, and of those right before and behind them.

// inside looks at the words between the marks: a verb, somebody who speaks, how they start and end.
func (f *collector) inside() {
	f.when(f.l.verb, "verb")
	f.when(!f.l.verb, "no-verb")
	talk := false
	for t := f.a; t < f.b; t++ {
		w := f.Low(t)
		talk = talk || talking(w)
	}
	f.when(talk, "talk")
	first := wordKind(f.Low(f.a))
	if f.d.Tokens[f.a].Kind == annotate.Number {
		first = "number"
	}
	f.add("first-" + first)
}

// talking reports whether w is a word of somebody who speaks for himself, or to somebody.
func talking(w string) bool {
	switch w {
	case "i", "we", "you", "me", "us", "my", "our", "your", "let's", "let’s", "please", "yes", "no":
		return true
	}
	return strings.HasSuffix(w, "n't") || strings.HasSuffix(w, "n’t") || strings.HasPrefix(w, "i'") || strings.HasPrefix(w, "i’")
}

// wordKind returns the name of what kind of word w is, in small letters.
func wordKind(w string) string {
	switch w {
	case "a", "an":
		return "a"
	case "the", "to", "not", "that", "as":
		return w
	}
	for _, k := range wordKinds {
		if k.kind.Has(w) {
			return k.name
		}
	}
	for _, end := range [...]string{"ly", "ing", "ed", "s"} {
		if strings.HasSuffix(w, end) {
			return end
		}
	}
	return "word"
}

// wordKinds are the kinds of words that features name; the first that a word is of counts.
var wordKinds = []struct {
	kind words.Kind
	name string
}{
	{words.Determiner, "determiner"},
	{words.Sentential | words.Finite, "sentential"},
	{words.Of | words.Away | words.Fronting, "preposition"},
	{words.Small | words.Clause, "small"},
}

// letterCase looks at the capitals between the marks, and at how they end.
func (f *collector) letterCase() {
	n := f.capitals()
	f.when(!f.l.capital, "lower")
	f.when(f.l.capital && !f.l.title, "capital")
	f.when(f.l.title && n.of > 1, "title-case")
	f.when(f.l.title && f.l.verb, "title-case-with-verb")
	f.when(f.l.title && n.of == 1, "one-capital")
	f.when(n.all == n.of && n.of > 0, "all-capitals")
	f.when(n.all > 0 && n.all < n.of, "some-all-capitals")
	f.when(f.l.capital && n.first > 1 && !f.l.title, "more-capitals")
	f.when(f.a < f.TitleEnd(), "capitals-headline")
	end := "none"
	for _, e := range [...]string{"...", "…", ".", ",", "!", "?", ";", ":", "—", "-"} {
		if strings.HasSuffix(f.surroundings.inner(f.i), e) {
			end = e
			break
		}
	}
	f.when(true, "ends"+end)
	f.when(f.l.titled(), "ends"+end+"+titled")
}

// capitals counts words, those that start with a capital, and those in nothing but capitals.
type capitals struct{ of, first, all int }

// capitals returns the counts of the words between the marks.
func (f *collector) capitals() (n capitals) {
	for t := f.a; t < f.b; t++ {
		if !f.Word(t) || f.d.Tokens[t].Len() == 1 && t > f.a && !f.Upper(t) {
			continue
		}
		n.of++
		if f.Upper(t) {
			n.first++
		}
		if w := f.d.Word(t); utf8.RuneCountInString(w) > 1 && strings.ToUpper(w) == w && strings.ToLower(w) != w {
			n.all++
		}
	}
	return n
}

// around looks at the words right before and behind the marks.
func (f *collector) around() {
	q := &f.quotations[f.i]
	para := f.Bounds(q.First)
	for k := 1; k <= 3; k++ {
		t := q.A - k
		if t < para.First {
			f.add("before" + strconv.Itoa(k) + "=start")
			break
		}
		f.add("before" + strconv.Itoa(k) + "=" + f.form(t))
	}
	f.when(true, "before="+f.kindAt(q.A-1, para.First))
	behind := f.Bounds(q.Last).End
	if q.B < behind {
		f.add("behind1=" + f.form(q.B))
		f.when(true, "behind="+f.kindAt(q.B, 0))
		f.when(f.NameAt(q.B-1) == nil && f.Word(q.B) && !f.Upper(q.B) && words.Determiner.Has(f.Low(q.A-1)), "the-marked-noun+"+f.kindAt(q.B, 0))
	}
	f.when(f.Nickname(q), "nickname")
	f.when(f.In(q.A-1, "(") || f.In(q.A-2, "("), "bracket")
	f.when(f.announced(f.i), "announced")
	f.when(f.inPhrase(f.i), "in-phrase")
}

// form returns token t in small letters, or what it is where its letters would tell a name.
func (f *collector) form(t int) string {
	switch {
	case f.Marked(t):
		return "marks"
	case f.NameAt(t) != nil:
		return "name"
	case f.d.Tokens[t].Kind == annotate.Number:
		return "number"
	case f.Upper(t) && f.SentenceOf(t) >= 0 && t > f.d.Sentences[f.SentenceOf(t)].Tokens.First:
		return "capital"
	}
	return f.Low(t)
}

// kindAt returns what kind of token t is; start where it is before floor.
func (f *collector) kindAt(t, floor int) string {
	if t < floor || t >= len(f.d.Tokens) {
		return "start"
	}
	if f.Marked(t) {
		return "marks"
	}
	if n := f.NameAt(t); n != nil {
		return "name"
	}
	if !f.Word(t) {
		return f.d.Word(t)
	}
	w := f.Low(t)
	if c, ok := f.CueAt(t); ok {
		return "cue" + strconv.Itoa(int(c.Class))
	}
	switch {
	case words.Announcing.Has(w):
		return "announcing"
	case words.Quoting.Has(w):
		return "quoting"
	case f.SpeakerNoun(t):
		return "speaker"
	}
	return wordKind(w)
}

// near looks at the words of the sentence not far from the marks.
func (f *collector) near() {
	q := &f.quotations[f.i]
	floor, end := f.Bounds(q.First).First, f.Bounds(q.Last).End
	seen := map[string]bool{}
	note := func(names ...string) {
		for _, name := range names {
			if !seen[name] {
				seen[name] = true
				f.add(name)
			}
		}
	}
	for t := q.A - 1; t >= max(floor, q.A-nearWords) && (t == q.A-1 || !f.Ends(t)); t-- {
		note(f.nearBefore(t)...)
	}
	for t := q.B; t < min(end, q.B+nearWords) && !f.Ends(t); t++ {
		switch w := f.Low(t); {
		case f.Marked(t):
		case words.Work.Has(w):
			note("work-behind")
		case words.Term.Has(w):
			note("term-behind")
		}
	}
}

// nearBefore returns the features of token t, which is near before the marks.
func (f *collector) nearBefore(t int) []string {
	if f.Marked(t) || !f.Word(t) || f.NameAt(t) != nil {
		return nil
	}
	var names []string
	w := f.Low(t)
	if !f.Upper(t) {
		names = append(names, "near="+w)
	}
	switch {
	case f.namingOf(t):
		return append(names, "naming-before", "naming-before+rule="+f.ruleName())
	case words.Quoting.Has(w):
		return append(names, "quoting-before", "quoting-before+"+f.size)
	case words.Announcing.Has(w):
		return append(names, "announcing-before", "announcing-before+"+f.size)
	case words.Utterance.Has(w):
		return append(names, "utterance-before")
	case words.Work.Has(w):
		return append(names, "work-before")
	case words.Term.Has(w):
		return append(names, "term-before")
	}
	return names
}

// namingOf reports whether token t is a verb that names, and not the cue of the rule.
func (f *collector) namingOf(t int) bool {
	c, ok := f.CueAt(t)
	return ok && c.Class == words.Naming && f.d.Tokens[t].Span != f.c.Cue
}

func (f *collector) ruleName() string {
	if f.c.found() {
		return f.c.rule.name
	}
	return "none"
}
