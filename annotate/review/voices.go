package review

import (
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

// voicesOf returns the speakers of a quote of l, the machine's layer.
func voicesOf(q *annotate.Quote, l *annotate.Layer, byID map[string]*entity, text string) []voice {
	if q.Speaker == "" && q.SpeakerMention.Empty() {
		return nil
	}
	vs := append(make([]voice, 0, 1+len(q.Also)), voice{byID[q.Speaker], q.SpeakerMention})
	for _, id := range q.Also {
		if e := l.Entity(id); e != nil {
			vs = append(vs, voice{byID[id], q.Naming(e, text)})
		}
	}
	return vs
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
		case id == "" || q.SaidBy(id):
		case q.Speaker == "":
			q.Speaker, q.SpeakerMention = id, v.at
		default:
			q.Also = append(q.Also, id)
		}
	}
}
