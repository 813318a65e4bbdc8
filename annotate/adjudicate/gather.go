package adjudicate

import (
	"encoding/binary"
	"slices"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// gather makes one question of the first n that ask the same of several mentions.
func gather(c *Case, n int) (out []Question) {
	at := map[string]int{}
	for i := range n {
		q := &c.every[i]
		key := likeness(c, q)
		k, ok := at[key]
		if !ok || key == "" {
			k = len(out)
			at[key], out = k, append(out, *q)
			out[k].Spans = slices.Clip(q.Spans)
		} else {
			out[k].Spans = append(out[k].Spans, q.Spans...)
		}
		out[k].parts = append(out[k].parts, int32(i))
	}
	return out
}

// likeness returns what two questions of presence or ends of names have in common that ask the same of two mentions: the same words, which
// the same people marked, each as of one entity, and which were not suggested to the same people. It is empty for other questions.
func likeness(c *Case, q *Question) string {
	if len(q.place) == 0 || q.Kind != annotate.OfMention {
		return ""
	}
	key := binary.AppendUvarint(nil, uint64(len(q.place)))
	for _, i := range q.place {
		s := &c.mentions.list[i]
		key = append(append(key, oneLine(s.In(c.Text))...), 0)
		key = binary.AppendVarint(binary.AppendVarint(key, int64(s.Start-q.Span.Start)), int64(s.End-q.Span.Start))
		for _, e := range s.of {
			key = binary.AppendVarint(key, int64(e))
		}
	}
	for i := range q.Answers {
		if q.Answers[i].Unshown {
			key = binary.AppendUvarint(key, uint64(i))
		}
	}
	return string(key)
}

// mentions returns how many mentions a question is about.
func (q *Question) mentions() int {
	if len(q.place) > 0 {
		return len(q.parts)
	}
	return len(q.Spans)
}

// settled reports which questions are settled, given which of those of single mentions are.
func settled(questions []Question, answered []bool) []bool {
	out := make([]bool, len(questions))
	for i := range questions {
		out[i] = len(left(&questions[i], answered)) == 0
	}
	return out
}

// left returns the parts of a question that are open.
func left(q *Question, answered []bool) (parts []int32) {
	for _, p := range q.parts {
		if !answered[p] {
			parts = append(parts, p)
		}
	}
	return parts
}

// Left returns the mentions about which a question is open: all of them at first, none if it is settled. A curator may have decided on
// some by themselves. Of an entity, about which something is asked once, it is the first mention.
func (s *Sitting) Left(q *Question) (out []articles.Span) {
	for _, p := range left(q, s.decided) {
		out = append(out, s.every[p].Span)
	}
	return out
}

// Claim returns where in the text a question is, as a claim of [Case.Base]: the first mention about which it is open or, if it is settled,
// the first.
func (s *Sitting) Claim(q *Question) review.Target {
	if open := s.Left(q); len(open) > 0 {
		return review.Target{Kind: q.Kind, Span: open[0]}
	}
	return review.Target{Kind: q.Kind, Span: q.Span}
}
