package quotes

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/annotate/lexicon/en"
	"byline/annotate/quotes/loglinear"
	"byline/annotate/quotes/words"
	"byline/articles"
)

// What is between marks is speech, or a title, a nickname, a term or a scare quote. Many things
// speak for the one or the other, and none decides alone: they are the features of a log-linear
// model, whose weights package train learns.

//go:embed speech.txt
var speechTable string

// What the features go by. The weights are learned with these numbers: who changes one has to learn
// them again.
const (
	// What is as likely speech as not is speech: the log of even odds.
	evenOdds = 0

	// Words of the sentence up to eight tokens from the marks are near them.
	nearWords = 8

	// "The so-called", "a song called the": what announces a title or term is at most three
	// tokens before it.
	announcingTokens = 3

	// The attribution of a quotation starts at most four bytes behind it: its mark and a dash.
	longestLink = 4

	// What comes again in the article is looked for if it has at most sixty bytes,
	longestRepeat = 60

	// among the 4,000 bytes before and behind, which is most of an article,
	repeatBytes = 4000

	// and at the first ten places.
	mostRepeats = 10
)

// speechWeights are the weights of the features below.
var speechWeights = sync.OnceValue(func() loglinear.Weights {
	w, err := loglinear.Parse(speechTable)
	if err != nil {
		panic("quotes: speech.txt: " + err.Error())
	}
	return w
})

// spoken reports whether what is between the marks of quotation i, of which a rule says c, is what
// somebody says: no title, nickname, term or scare quote. It notes in c how sure that is.
func (an *analysis) spoken(i int, c *claim) bool {
	if !an.lookAt(i).letters {
		return false
	}
	if an.gold != nil {
		an.seen = append(an.seen, Passage{an.quotations[i].Span, an.features(i, c)})
		c.speech = 1
		return an.gold(an.quotations[i].Span)
	}
	sum := speechWeights().Sum(an.features(i, c))
	c.speech = speechLine().Probability(sum)
	return sum >= evenOdds
}

// A Passage is words in marks with the features of whether they are speech.
type Passage struct {
	articles.Span
	Features []string
}

// Passages returns the words in marks of d with their features: what the weights of speech are learned
// from. speech tells which of them are speech, since what those before are is a feature, too.
func (f *Finder) Passages(d *annotate.Doc, es []annotate.Entity, speech func(articles.Span) bool) []Passage {
	an := f.analyze(d, es)
	an.gold = speech
	an.attributeAll()
	return an.seen
}

// Signs returns the quotes of d and, for those in marks, the features of whether they are given to the
// right speaker: what the weights of trust are learned from. speech tells which words in marks are speech.
func (f *Finder) Signs(d *annotate.Doc, es []annotate.Entity, speech func(articles.Span) bool) ([]*annotate.Quote, []Passage) {
	an := f.analyze(d, es)
	an.gold = speech
	an.attributeAll()
	var all []Passage
	an.noted = func(p Passage) { all = append(all, p) }
	return an.quotes(), all
}

// A collector collects the features of quotation i, of which a rule says c.
type collector struct {
	*attributed
	i     int
	q     articles.Span
	a, b  int // the tokens between the marks
	c     *claim
	l     *look
	size  string // how many words
	names []string
}

func (f *collector) add(names ...string) { f.names = append(f.names, names...) }

// when adds a feature and, with how many words there are, another.
func (f *collector) when(is bool, name string) {
	if is {
		f.add(name, name+"+"+f.size)
	}
}

// features returns the names of the features of quotation i, of which a rule says c.
func (an *attributed) features(i int, c *claim) []string {
	q := &an.quotations[i]
	f := &collector{attributed: an, i: i, q: q.Span, a: q.A, b: q.B, c: c, l: an.lookAt(i)}
	for f.a < f.b && !an.Word(f.a) && an.d.Tokens[f.a].Kind != annotate.Number {
		f.a++
	}
	for f.b > f.a && an.d.Tokens[f.b-1].Kind == annotate.Mark {
		f.b--
	}
	f.size = sizeOf(f.l.words)
	f.add("any", f.size)
	f.inside()
	f.letterCase()
	f.around()
	f.near()
	f.sentence()
	f.place()
	f.attribution()
	f.others()
	return f.names
}

// sizeOf returns the name of a number of words.
func sizeOf(n int) string {
	switch {
	case n <= 3:
		return strconv.Itoa(n) + "-words"
	case n <= 5:
		return "4-5-words"
	case n <= 9:
		return "6-9-words"
	case n <= 15:
		return "10-15-words"
	}
	return "16-words"
}

// sentence looks at who and what else is in the sentence: a subject that could speak, a verb of
// saying.
func (f *collector) sentence() {
	q := &f.quotations[f.i]
	lo := f.sentenceStart(f.i)
	end := min(f.Bounds(q.Last).End, q.B+surroundingTokens)
	say := false
	for t := lo; t < end && (t < q.B || !f.Ends(t)); t++ {
		if c, ok := f.CueAt(t); ok && !f.Marked(t) && (c.Class == words.Say || c.Class == words.Tell) && !c.Base {
			say = true
		}
	}
	f.when(say, "sentence-says")
	if f.c.found() || lo >= q.A {
		return
	}
	who, ok := f.MainSubject(q.A, lo)
	switch {
	case !ok:
		f.add("topic-none")
	case who.Entity >= 0:
		f.when(true, "topic-"+string(f.es[who.Entity].Type))
	default:
		f.when(true, "topic-"+string(who.Form))
	}
}

// place looks at where the marks are in their sentence, their paragraph and the article.
func (f *collector) place() {
	q := &f.quotations[f.i]
	para := f.Bounds(q.First)
	f.when(q.A == para.First, "paragraph-starts")
	f.when(f.startsSentence(f.i), "sentence-starts")
	f.when(q.A == para.First && q.B >= f.Bounds(q.Last).End, "paragraph-alone")
	f.when(q.B >= f.Bounds(q.Last).End, "paragraph-ends")
	f.when(q.A < f.Headline().End, "headline")
	f.when(q.Single, "single-marks")
	f.when(!q.Closed, "unclosed")
	f.when(f.startsSentence(f.i) && f.l.ended && f.l.capital, "whole-sentence")
	f.when(f.i > 0 && f.sameParagraphAs(f.i) && f.claims[f.i-1].found() && f.Is(q.A-1, ","), "goes-on")
}

// attribution looks at what the rule says: by which cue, how far away, and who.
func (f *collector) attribution() {
	f.when(true, "rule="+f.ruleName())
	if !f.c.found() {
		return
	}
	f.when(f.l.titled(), "titled+rule="+f.c.rule.name)
	class := "class" + strconv.Itoa(int(f.c.Class))
	f.when(true, class)
	f.when(f.l.titled(), class+"+titled")
	f.add("cue=" + strings.Join(strings.Fields(strings.ToLower(f.c.Cue.In(f.d.Text))), "-"))
	if f.c.from("cue-before", "in-sentence", "same-sentence") {
		gap := "gap" + gapOf(f.c.gap)
		f.when(true, gap)
		f.when(f.l.titled(), gap+"+titled")
		f.add(gap + "+" + class)
		f.when(!f.l.ended, gap+"+open")
	}
	if f.c.from("cue-then-name", "name-then-cue") {
		f.when(f.c.Who.Start-f.q.End > longestLink && f.c.Cue.Start-f.q.End > longestLink, "far-behind")
	}
	who := "who-" + string(f.c.Who.Form)
	if f.c.Who.Entity >= 0 {
		who = "who-" + string(f.es[f.c.Who.Entity].Type)
	}
	f.when(true, who)
	f.when(words.Sign.Has(f.c.Who.Head), "sign")
}

// gapOf returns the name of a distance in tokens.
func gapOf(n int) string {
	switch {
	case n <= 3:
		return strconv.Itoa(n)
	case n <= 6:
		return "4-6"
	case n <= 10:
		return "7-10"
	}
	return "11"
}

// others looks at the marks before, and at where else the words are.
func (f *collector) others() {
	q := &f.quotations[f.i]
	if f.i > 0 && f.sameParagraphAs(f.i) {
		p := &f.quotations[f.i-1]
		where := "paragraph-"
		if f.Start(q.A, p.B) == p.B && !f.lookAt(f.i-1).ended || q.A-p.B <= 2 {
			where = "sentence-"
		}
		if f.claims[f.i-1].found() {
			f.when(true, where+"after-speech")
		} else {
			f.when(true, where+"after-other")
		}
	}
	f.repeats()
}

// repeats looks at where else in the article the words between the marks are.
func (f *collector) repeats() {
	said := strings.Trim(f.q.In(f.d.Text), en.Ends+", ")
	if said == "" || len(said) > longestRepeat {
		return
	}
	marked, plain, left := false, false, mostRepeats
	text := f.d.Text[:min(len(f.d.Text), f.q.End+repeatBytes)]
	for at := max(0, f.q.Start-repeatBytes); ; {
		n := strings.Index(text[at:], said)
		if left--; n < 0 || left < 0 || marked && plain {
			break
		}
		s := articles.Span{Start: at + n, End: at + n + len(said)}
		at = s.End
		switch {
		case s.Overlaps(f.q):
		case f.MarksIn(s):
			marked = true
		default:
			plain = plain || !isLetter(f.d.Text[at:])
		}
	}
	f.when(marked, "marked-again")
	f.when(plain, "unmarked-again")
}

// isLetter reports whether s starts with a letter.
func isLetter(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(c)
}
