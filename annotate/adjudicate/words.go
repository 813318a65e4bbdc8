package adjudicate

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"byline/annotate"
)

// Asks puts a question into words: "What is “Halden” (5 mentions)?".
func (c *Case) Asks(q *Question) string { return askingOf(c, q, q.mentions(), q.mentions()).String() }

// Asks is [Case.Asks], with how many of its mentions a question is open about: "Is “Halden” a name? (3 of 5 mentions)".
func (s *Sitting) Asks(q *Question) string { return s.asking(q).String() }

func (s *Sitting) asking(q *Question) asking {
	if open := s.Left(q); len(open) > 0 {
		return askingOf(s.Case, q, q.mentions(), len(open))
	}
	return askingOf(s.Case, q, q.mentions(), q.mentions())
}

// AsksIn is [Sitting.Asks] in room cells, as width measures them: the words are cut, or left out if next to nothing of them would be left.
// It is wider only if what is left is.
func (s *Sitting) AsksIn(q *Question, room int, width func(string) int) string {
	a := s.asking(q)
	if whole := a.String(); width(whole) <= room {
		return whole
	}
	a.mentions, a.several = "", strings.ReplaceAll(a.several, " mentions)", ")")
	if whole := a.with(a.words); width(whole) <= room {
		return whole
	}
	const least = 6 // cells of the words
	left := room - width(a.with("…"))
	cut := ""
	for _, p := range piecesOf(a.words, left, width) {
		if p.blank {
			p.text = " " + p.text
		}
		if width(cut+p.text) > left {
			break
		}
		cut += p.text
	}
	if width(cut) < least {
		return a.alone + a.several
	}
	return a.with(cut + "…")
}

// An asking is a question in its parts.
type asking struct {
	before, words, after string
	mentions             string // how many there are, if it is about several that are one entity
	several              string // how many there are of which the same is asked, for the end
	alone                string // the question without the words
}

// String returns the question, its words cut where they are long.
func (a asking) String() string { return a.with(short(a.words)) }

func (a asking) with(words string) string {
	return a.before + "“" + words + "”" + a.mentions + a.after + a.several
}

// askingOf returns a question about n mentions that is open about some of them, or about all.
func askingOf(c *Case, q *Question, n, left int) asking {
	a := ofNames[q.about]
	switch {
	case q.Kind == annotate.OfQuote:
		a = ofQuotes[q.about]
	case q.about == onPresence && ownLabel(c, q):
		a = asking{before: "Is ", after: " marked?", alone: "Is it marked?"}
	}
	a.words = oneLine(q.Span.In(c.Text))
	if q.Kind == annotate.OfQuote {
		a.words = strings.Trim(a.words, "“”\"")
	}
	switch {
	case n < 2:
	case len(q.place) == 0:
		a.mentions = fmt.Sprintf(" (%d mentions)", n)
	case left < n:
		a.several = fmt.Sprintf(" (%d of %d mentions)", left, n)
	default:
		a.several = fmt.Sprintf(" (%d mentions)", n)
	}
	return a
}

// ofNames are the questions about names, without their words.
var ofNames = map[about]asking{
	onPresence: {before: "Is ", after: " a name?", alone: "Is it a name?"},
	onEnds:     {before: "Which words are the name at ", after: "?", alone: "Which words are the name?"},
	onType:     {before: "What is ", after: "?", alone: "What is it?"},
	onIdentity: {before: "Who or what is ", after: "?", alone: "Who or what is it?"},
	onName:     {before: "What is ", after: " called?", alone: "What is it called?"},
}

// ofQuotes are those about quotes.
var ofQuotes = map[about]asking{
	onPresence:  {before: "Is ", after: " a quote?", alone: "Is it a quote?"},
	onEnds:      {before: "Where does the quote ", after: " begin and end?", alone: "Where does it begin and end?"},
	onQuoteType: {before: "What kind of quote is ", after: "?", alone: "What kind of quote is it?"},
	onSpeaker:   {before: "Who says ", after: "?", alone: "Who says it?"},
	onCue:       {before: "Which verb reports ", after: "?", alone: "Which verb reports it?"},
}

// ownLabel reports whether a question of presence is about a label of the user's own.
func ownLabel(c *Case, q *Question) bool {
	s := c.mentions.list[q.place[0]]
	return family(c.typeOf(s.first(), s.of[s.first()])) != ""
}

// Neither says what taking neither answer means.
func (q *Question) Neither() string {
	switch {
	case q.Kind == annotate.OfQuote && q.about == onSpeaker:
		return "nobody"
	case q.about == onCue:
		return "no verb"
	case q.Kind == annotate.OfQuote:
		return "not a quote"
	case q.about == onIdentity:
		return "not the same as any other"
	case q.about == onName:
		return "called as in the text"
	}
	return "not a name"
}

// Instead says what taking neither answer means where a question was settled on something that nobody answered: "not a name, all 3 mentions". It is
// empty where that is what it was settled on.
func (q *Question) Instead(says string) string {
	switch neither := q.Neither(); {
	case says == neither, says == notMarked && q.Kind == annotate.OfMention, says == noQuote, q.about == onIdentity && strings.HasPrefix(says, notNamed):
		return ""
	case len(q.parts) > 1:
		return fmt.Sprintf("%s, all %d mentions", neither, len(q.parts))
	default:
		return neither
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// most is how many characters of a text are shown.
const most = 40

// short returns a text on one line, cut where it is long.
func short(s string) string {
	s = oneLine(s)
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}

// brief returns an answer in a few words, of which both ends are shown.
func brief(says string) string {
	const most = 60
	return Apart([]string{says}, most, utf8.RuneCountInString)[0]
}
