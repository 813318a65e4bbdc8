package review

import (
	"slices"
	"strings"

	"byline/annotate"
	"byline/articles"
)

// A voice is a speaker of a quote, and the mention that names it there; empty if none does.
type voice struct {
	*entity
	at articles.Span
}

// voices are the speakers of all quotes, by the mentions that name them.
type voices map[articles.Span][]*voice

// add adds the speakers of q.
func (vs voices) add(q *quote) {
	for i := range q.voices {
		if v := &q.voices[i]; !v.at.Empty() {
			vs[v.at] = append(vs[v.at], v)
		}
	}
}

// voicesOf returns the speakers of a quote of the machine's layer.
func voicesOf(q *annotate.Quote, byID map[string]*entity, text string) []voice {
	if q.Speaker == "" && q.SpeakerMention.Empty() {
		return nil
	}
	vs := append(make([]voice, 0, 1+len(q.Also)), voice{byID[q.Speaker], q.SpeakerMention})
	for _, id := range q.Also {
		if e := byID[id]; e != nil {
			vs = append(vs, voice{e, e.naming(q, text)})
		}
	}
	return vs
}

// naming returns the mention of e that names it as a speaker of q: the one nearest to q's speaker
// mention, in the same paragraph and outside the quote. It is empty if there is none.
func (e *entity) naming(q *annotate.Quote, text string) articles.Span {
	near := q.SpeakerMention
	if near.Empty() {
		near = q.Span
	}
	i, _ := slices.BinarySearchFunc(e.mentions, near.Start, func(m *mention, at int) int { return m.Start - at })
	best, gap := articles.Span{}, len(text)
	for _, m := range e.mentions[max(0, i-1):min(len(e.mentions), i+1)] {
		between := max(near.Start, m.Start) - min(near.End, m.End)
		if between < gap && sameParagraph(text, q.Span, m.Span) {
			best, gap = m.Span, between
		}
	}
	return best
}

// sameParagraph reports whether m is outside the quote q, but in the same paragraph of text.
func sameParagraph(text string, q, m articles.Span) bool {
	if m.Overlaps(q) {
		return false
	}
	between := articles.Span{Start: min(q.End, m.End), End: max(q.Start, m.Start)}
	return !strings.Contains(between.In(text), "\n")
}

// speak writes the speakers of q that are in the layer, with their IDs, each once. If the first is
// not, the next takes its place.
func (q *quote) speak(ids map[*entity]string) {
	q.Speaker, q.Also, q.SpeakerMention = "", nil, articles.Span{}
	if len(q.voices) > 0 {
		q.SpeakerMention = q.voices[0].at
	}
	for _, v := range q.voices {
		switch id := ids[v.entity]; {
		case id == "" || id == q.Speaker || slices.Contains(q.Also, id):
		case q.Speaker == "":
			q.Speaker, q.SpeakerMention = id, v.at
		default:
			q.Also = append(q.Also, id)
		}
	}
}
