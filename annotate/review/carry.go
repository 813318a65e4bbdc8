package review

import (
	"slices"
	"sort"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
)

// Carry moves l from the text from to the text to, another copy of the same article. If
// the two differ only in white space and characters that were replaced for display, every
// span has a counterpart. Otherwise spans are found by their words and context. Lost is
// the number of claims and remarks that were not found.
func Carry(l *annotate.Layer, from, to string) (carried *annotate.Layer, lost int) {
	if from == to {
		return l, 0
	}
	c := &carrier{find: counterpart(from, to)}
	if c.find == nil {
		f := finder{text: to}
		c.find = func(s articles.Span) (articles.Span, bool) {
			a := Anchor(from, s)
			return f.place(&a)
		}
	}
	out := &annotate.Layer{Engine: l.Engine}
	for i := range l.Entities {
		e := l.Entities[i]
		e.Mentions = nil
		for _, m := range l.Entities[i].Mentions {
			if c.take(&m.Span) {
				c.optional(&m.Title)
				e.Mentions = append(e.Mentions, m)
			}
		}
		if len(e.Mentions) > 0 {
			slices.SortStableFunc(e.Mentions, func(a, b annotate.Mention) int { return a.Compare(b.Span) })
			out.Entities = append(out.Entities, e)
		}
	}
	for _, was := range l.Quotes {
		q := *was
		if c.take(&q.Span) {
			c.optional(&q.SpeakerMention)
			c.optional(&q.Cue)
			q.MapSpeakers(func(id string) string {
				if out.Entity(id) == nil {
					return ""
				}
				return id
			})
			out.Quotes = append(out.Quotes, &q)
		}
	}
	slices.SortStableFunc(out.Quotes, func(a, b *annotate.Quote) int { return a.Compare(b.Span) })
	for _, r := range l.Remarks {
		if c.take(&r.Span) {
			out.Remarks = append(out.Remarks, r)
		}
	}
	return out, c.lost
}

// A carrier moves spans and counts those that are not found.
type carrier struct {
	find func(articles.Span) (articles.Span, bool)
	lost int
}

func (c *carrier) take(s *articles.Span) bool {
	t, ok := c.find(*s)
	if !ok {
		c.lost++
		return false
	}
	*s = t
	return true
}

func (c *carrier) optional(s *articles.Span) {
	if t, ok := c.find(*s); ok && !s.Empty() {
		*s = t
		return
	}
	*s = articles.Span{}
}

// counterpart returns a function that maps a span of the text a to b. It returns nil if
// the letters, digits and marks of a and b differ.
func counterpart(a, b string) func(articles.Span) (articles.Span, bool) {
	left, right := visibleOffsets(a), visibleOffsets(b)
	if len(left) != len(right) {
		return nil
	}
	for i := range left {
		x, _ := utf8.DecodeRuneInString(a[left[i]:])
		y, _ := utf8.DecodeRuneInString(b[right[i]:])
		if x != y && y != utf8.RuneError {
			return nil
		}
	}
	return func(s articles.Span) (articles.Span, bool) {
		first := sort.Search(len(left), func(i int) bool { return int(left[i]) >= s.Start })
		end := sort.Search(len(left), func(i int) bool { return int(left[i]) >= s.End })
		if first >= end {
			return articles.Span{}, false
		}
		_, size := utf8.DecodeRuneInString(b[right[end-1]:])
		return articles.Span{Start: int(right[first]), End: int(right[end-1]) + size}, true
	}
}

// visibleOffsets returns the byte offsets of the runes of text that are not white space.
func visibleOffsets(text string) []int32 {
	out := make([]int32, 0, len(text))
	for i, r := range text {
		if !unicode.IsSpace(r) && r != '\ufeff' {
			out = append(out, int32(i))
		}
	}
	return out
}

// Alike reports whether a and b differ only in white space and in characters that were
// replaced for display.
func Alike(a, b string) bool { return counterpart(a, b) != nil }

// AdoptSpeakers returns the decisions that give quotes of l the speakers that they have in l; nobody
// where they have none. They are signed with sign.
func AdoptSpeakers(text string, l *annotate.Layer, quotes map[articles.Span]bool, sign Signature) []annotate.Decision {
	w := &adoption{Writer: Writer{Signature: sign, Text: text}}
	for _, q := range l.Quotes {
		if !quotes[q.Span] {
			continue
		}
		var to []annotate.Anchor
		for _, id := range q.Speakers() {
			if e := l.Entity(id); e != nil {
				to = append(to, Anchor(text, mentionAt(e, q.Naming(e, text))))
			}
		}
		d := w.write(annotate.Decision{Verb: annotate.Attribute, Value: string(q.Type)}, Target{annotate.OfQuote, q.Span})
		if len(to) > 0 {
			d.To, d.Also = to[0], to[1:len(to):len(to)]
		}
	}
	return w.log
}
