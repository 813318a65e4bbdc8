package linear

import (
	"fmt"
	"slices"
	"strings"

	"byline/annotate"
	"byline/articles"
	"byline/articles/clean"
)

// A mark is something that the layer claims about a stretch of the text.
type mark struct {
	articles.Span
	entity  *annotate.Entity // of a mention
	mention int              // index into entity.Mentions
	quote   *annotate.Quote  // of a quote
}

// marksOf returns the mentions by name and the quotes of a layer in the order of the
// text. Pronouns are told with their entity, not stepped through.
func marksOf(l *annotate.Layer) []mark {
	var marks []mark
	for i := range l.Entities {
		e := &l.Entities[i]
		for j, m := range e.Mentions {
			if m.Form != annotate.Pronoun {
				marks = append(marks, mark{Span: m.Span, entity: e, mention: j})
			}
		}
	}
	for i := range l.Quotes {
		marks = append(marks, mark{Span: l.Quotes[i].Span, quote: &l.Quotes[i]})
	}
	slices.SortStableFunc(marks, func(a, b mark) int { return a.Compare(b.Span) })
	return marks
}

// aside reports whether m is a place or other name, which a reader hears of in the
// list but is not stopped at.
func (m mark) aside() bool {
	return m.entity != nil && m.entity.Type.Aside()
}

func (m mark) state() annotate.State {
	if m.quote != nil {
		return m.quote.State
	}
	return m.entity.Mentions[m.mention].State
}

// spoken returns m on one line: what it is, in brackets, then its words.
func (m mark) spoken(a *articles.Article, l *annotate.Layer) string {
	if m.quote != nil {
		return spokenQuote(m.quote, a, l)
	}
	words := clean.Line(m.In(a.Text))
	line := fmt.Sprintf("[%s%s] %s", m.entity.Type, spokenState(m.state()), words)
	if name := clean.Line(m.entity.Name); name != words {
		line += ", who is " + name
		if m.entity.Type != annotate.Person {
			line = strings.Replace(line, ", who is ", ", that is ", 1)
		}
	}
	if n := len(m.entity.Mentions); n > 1 {
		line += fmt.Sprintf(" — mention %d of %d", m.mention+1, n)
	}
	return line
}

func spokenState(s annotate.State) string {
	switch s {
	case annotate.Confirmed:
		return ", confirmed"
	case annotate.Rejected:
		return ", rejected"
	}
	return ""
}

func spokenQuote(q *annotate.Quote, a *articles.Article, l *annotate.Layer) string {
	said := "speaker unknown"
	if e := l.Entity(q.Speaker); e != nil {
		said = clean.Line(e.Name) + " said"
	}
	if q.Type == annotate.Indirect {
		said += ", reported"
	}
	return fmt.Sprintf("[quote, %s%s] %s", said, spokenState(q.State), clean.Line(q.In(a.Text)))
}

// spokenEntity returns e on one line of a listing.
func spokenEntity(e *annotate.Entity) string {
	n, state := 0, annotate.Rejected
	for _, m := range e.Mentions {
		if m.State == annotate.Rejected {
			continue
		}
		n++
		if state == annotate.Rejected || m.State == annotate.Proposed {
			state = m.State
		}
	}
	return fmt.Sprintf("[%s%s] %s — %s", e.Type, spokenState(state), clean.Line(e.Name), count(n, "mention"))
}

// count returns "1 mention", "2 mentions".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// spokenBlock returns a block as lines: what it is where it is no paragraph, then its text.
func spokenBlock(b articles.Block, a *articles.Article) string {
	text := strings.TrimSpace(b.In(a.Text))
	switch b.Kind {
	case articles.Heading:
		return fmt.Sprintf("[heading %d] %s", b.Level, text)
	case articles.Item:
		return strings.TrimSpace(b.Marker + " " + text)
	case articles.Code:
		return "[code]\n" + text
	case articles.Row:
		return "[row] " + strings.Join(cellsOf(b, a), " | ")
	case articles.Rule:
		return "[break]"
	case articles.Caption:
		return "[caption] " + text
	}
	if b.Quote > 0 {
		return "[block quote] " + text
	}
	return text
}

func cellsOf(b articles.Block, a *articles.Article) []string {
	var cells []string
	for _, c := range b.Cells {
		cells = append(cells, strings.TrimSpace(c.In(a.Text)))
	}
	return cells
}
