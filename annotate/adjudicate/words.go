package adjudicate

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"byline/annotate"
)

// Asks puts a question into words: "What is “Halden” (5 mentions)?".
func (c *Case) Asks(q *Question) string {
	words := "“" + short(q.Span.In(c.Text)) + "”"
	if q.Kind == annotate.OfQuote {
		words = "“" + short(strings.Trim(words, "“”\"")) + "”"
	}
	if n := len(q.Spans); n > 1 && len(q.place) == 0 {
		words += fmt.Sprintf(" (%d mentions)", n)
	}
	switch q.about {
	case onPresence:
		if q.Kind == annotate.OfQuote {
			return "Is " + words + " a quote?"
		}
		if s := c.mentions.list[q.place[0]]; family(c.typeOf(s.first(), s.of[s.first()])) != "" {
			return "Is " + words + " marked?"
		}
		return "Is " + words + " a name?"
	case onEnds:
		if q.Kind == annotate.OfQuote {
			return "Where does the quote " + words + " begin and end?"
		}
		return "Which words are the name at " + words + "?"
	case onType:
		return "What is " + words + "?"
	case onIdentity:
		return "Who or what is " + words + "?"
	case onName:
		return "What is " + words + " called?"
	case onQuoteType:
		return "What kind of quote is " + words + "?"
	case onSpeaker:
		return "Who says " + words + "?"
	}
	return "Which verb reports " + words + "?"
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

// sayAlone says that a group is an entity of its own.
func (c *Case) sayAlone(t annotate.Type) string { return "not named before: " + string(t) }

// groupName returns the fullest name of a group in the text.
func (c *Case) groupName(g int32) string {
	e := annotate.Entity{}
	for _, i := range c.groups[g].sites {
		s := &c.mentions.list[i]
		e.Mentions = append(e.Mentions, annotate.Mention{Span: s.Span, Form: s.m[s.first()].Form})
	}
	return short(nameOf(c.Text, &e))
}

// called returns what an annotator calls an entity.
func (t *table) called(who int, e int32) string { return short(t.readings[who].Entities[e].Name) }

// sayMarked says what an annotator marked in a place; with ends, on which words.
func (c *Case) sayMarked(k annotate.Kind, who int, ms []*site, ends bool) string {
	var parts []string
	for _, s := range ms {
		words := ""
		if ends {
			words = "“" + ended(strings.Trim(s.In(c.Text), "“”\"")) + "”, "
		}
		if k == annotate.OfQuote {
			q := c.quoteOf(who, s.of[who])
			parts = append(parts, words+string(q.Type)+", said by "+c.saySpeakers(who, q))
			continue
		}
		e := s.of[who]
		say := words + string(c.typeOf(who, e))
		if name := c.readings[who].Entities[e].Name; oneLine(name) != oneLine(s.In(c.Text)) {
			say += ", " + short(name)
		}
		parts = append(parts, say)
	}
	switch {
	case len(parts) > 0:
		return strings.Join(parts, "; ")
	case k == annotate.OfQuote:
		return "no quote"
	}
	return "not marked"
}

func (t *table) saySpeakers(who int, q *annotate.Quote) string {
	var names []string
	for _, e := range t.speakers(who, q) {
		names = append(names, t.called(who, e))
	}
	if len(names) == 0 {
		return "nobody"
	}
	return annotate.JoinNames(names)
}

func (c *Case) sayCue(q *annotate.Quote) string {
	if q.Cue.Empty() {
		return "no verb"
	}
	return "“" + short(q.Cue.In(c.Text)) + "”"
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

// ended returns a text on one line, of which both ends are shown.
func ended(s string) string {
	s = oneLine(s)
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most/2-1]) + " … " + string(r[len(r)-most/2+2:])
}
