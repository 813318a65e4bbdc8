package detail

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	"byline/articles"
	"byline/articles/clean"
	"byline/ui/columns"
	"byline/ui/theme"
)

// A passage is a mention with the words around it in its block, as a concordance shows it: aligned on the
// mention.
type passage struct {
	before, word, after string
	verb                string // with which the mention is quoted, "" if it is not a speaker
	most                int    // cells of the longest before of all passages
}

// mentions lists the mentions of the entity: first those in the text, then those within quotes.
func (s *Screen) mentions() {
	var said, told []annotate.Mention
	for _, m := range s.entity().Mentions {
		if s.inQuote(m.Span) {
			said = append(said, m)
		} else {
			told = append(told, m)
		}
	}
	s.concordance("In this article", told)
	s.concordance("Named in quotes", said)
	most := 0
	for _, l := range s.lines {
		if l.passage != nil {
			most = max(most, columns.Width(l.passage.before, s.method))
		}
	}
	for _, l := range s.lines {
		if l.passage != nil {
			l.passage.most = most
		}
	}
}

func (s *Screen) concordance(head string, ms []annotate.Mention) {
	if len(ms) == 0 {
		return
	}
	s.head(head)
	for _, m := range ms {
		c := passageOf(s.subject.Article, m.Span)
		c.verb = s.verbOf(m.Span)
		s.lines = append(s.lines, line{text: c.before + c.word + c.after, passage: &c, do: s.subject.Go(m.Start)})
	}
}

// inQuote reports whether somebody is quoted with a span.
func (s *Screen) inQuote(at articles.Span) bool {
	return slices.ContainsFunc(s.subject.Layer.Quotes, func(q *annotate.Quote) bool {
		return q.State != annotate.Rejected && q.Start <= at.Start && at.End <= q.End
	})
}

// verbOf returns the words with which the speaker named at a span is quoted: "said".
func (s *Screen) verbOf(at articles.Span) string {
	for _, q := range s.subject.Layer.Quotes {
		if q.State != annotate.Rejected && q.SpeakerMention == at && q.SaidBy(s.entity().ID) && !q.Cue.Empty() {
			return oneLine(q.Cue.In(s.subject.Article.Text))
		}
	}
	return ""
}

// passageOf returns a mention with the words before and after it in its block.
func passageOf(a *articles.Article, at articles.Span) passage {
	in := blockOf(a, at)
	word := oneLine(at.In(a.Text))
	before := oneLine(a.Text[in.Start:at.Start] + "|")
	after := oneLine("|" + a.Text[at.End:in.End])
	return passage{before: strings.TrimSuffix(before, "|"), word: word, after: strings.TrimPrefix(after, "|")}
}

// blockOf returns the block around a span, or the paragraph where the article has no blocks.
func blockOf(a *articles.Article, at articles.Span) articles.Span {
	for _, b := range a.Blocks {
		if b.Start <= at.Start && at.End <= b.End {
			return b.Span
		}
	}
	in := articles.Span{End: len(a.Text)}
	if i := strings.LastIndex(a.Text[:at.Start], "\n\n"); i >= 0 {
		in.Start = i + len("\n\n")
	}
	if i := strings.Index(a.Text[at.End:], "\n\n"); i >= 0 {
		in.End = at.End + i
	}
	return in
}

// verbWidth is the room for a reporting verb.
const verbWidth = 20

// draw draws the passage in width cells, with the first letter of the mention in the same column on every
// line: near the middle, or where there is little room further left, since what follows says more.
func (c *passage) draw(width int, th *theme.Theme, m ansi.Method) string {
	verb := ""
	if width >= 80 {
		verb = th.Muted.Render(columns.Fit("  "+clean.Line(c.verb), verbWidth, m))
		width -= verbWidth
	}
	left := width * 2 / 5
	if width < 90 {
		left = width / 4
	}
	left = min(left, c.most)
	before := c.before
	if w := columns.Width(before, m); w > left {
		before = m.TruncateLeft(before, w-left+1, "…")
	}
	for columns.Width(before, m) > left { // a wide letter was cut
		before = m.TruncateLeft(before, 1, "")
	}
	pad := columns.Blank(max(0, left-columns.Width(before, m)))
	rest := th.Strong.Render(m.Truncate(c.word, max(0, width-left), "…"))
	room := max(0, width-left-columns.Width(c.word, m))
	return pad + before + columns.Fit(rest, min(columns.Width(c.word, m), max(0, width-left)), m) + columns.Fit(c.after, room, m) + verb
}
