package annotate

import (
	"fmt"
	"slices"
	"strings"

	"byline/articles"
)

// Speakers returns the IDs of all speakers of q, the first one first.
func (q *Quote) Speakers() []string {
	if q.Speaker == "" {
		return nil
	}
	return append([]string{q.Speaker}, q.Also...)
}

// SaidBy reports whether the entity with an ID is a speaker of q.
func (q *Quote) SaidBy(id string) bool {
	return id != "" && (q.Speaker == id || slices.Contains(q.Also, id))
}

// AddSpeaker adds a speaker after those that q has, unless it is one of them or id is empty. at is
// the mention that names it, which is kept of the first.
func (q *Quote) AddSpeaker(id string, at articles.Span) {
	switch {
	case id == "" || q.SaidBy(id):
	case q.Speaker == "":
		q.Speaker, q.SpeakerMention = id, at
	default:
		q.Also = append(q.Also, id)
	}
}

// MapSpeakers gives q the speakers that now returns for those it has, "" for one that is gone. Those
// that have become one are kept once. If the first is gone and another takes its place,
// SpeakerMention, which names the first, becomes empty.
func (q *Quote) MapSpeakers(now func(id string) string) {
	var ids []string
	for _, id := range q.Speakers() {
		if id = now(id); id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	if len(ids) > 0 && now(q.Speaker) == "" {
		q.SpeakerMention = articles.Span{}
	}
	q.Speaker, q.Also = "", nil
	if len(ids) > 0 {
		q.Speaker = ids[0]
	}
	if len(ids) > 1 {
		q.Also = ids[1:]
	}
}

// JoinNames returns names as a sentence has them: "Ames", "Ames and Lee", "Ames, Lee and Quill".
func JoinNames(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

// Naming returns the mention of e, a speaker of q, that names it there: SpeakerMention for the first
// speaker; for a further one the mention nearest to that, in the same paragraph and outside the
// quote. It is empty if there is none.
func (q *Quote) Naming(e *Entity, text string) articles.Span {
	if e.ID == q.Speaker {
		return q.SpeakerMention
	}
	near := q.SpeakerMention
	if near.Empty() {
		near = q.Span
	}
	best, gap := articles.Span{}, len(text)
	look := func(m *Mention) bool {
		if m.State == Rejected || m.Overlaps(q.Span) {
			return false
		}
		between := max(near.Start, m.Start) - min(near.End, m.End)
		if between < gap && !strings.Contains(text[min(q.End, m.End):max(q.Start, m.Start)], "\n") {
			best, gap = m.Span, between
		}
		return true
	}
	at, _ := slices.BinarySearchFunc(e.Mentions, near.Start, func(m Mention, start int) int { return m.Start - start })
	for i := at - 1; i >= 0 && !look(&e.Mentions[i]); i-- {
	}
	for i := at; i < len(e.Mentions) && !look(&e.Mentions[i]); i++ {
	}
	return best
}

// checkSpeakers reports the first speaker of q that ids lacks, or that is given twice.
func (q *Quote) checkSpeakers(ids map[string]bool) error {
	if q.Speaker == "" && q.Also != nil {
		return fmt.Errorf("further speakers %q without a first", q.Also)
	}
	all := q.Speakers()
	for i, id := range all {
		if !ids[id] {
			return fmt.Errorf("no speaker %q", id)
		}
		if slices.Contains(all[:i], id) {
			return fmt.Errorf("speaker %q twice", id)
		}
	}
	return nil
}
