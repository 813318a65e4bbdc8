// Package withheld takes out of a layer what an annotator is not shown of it (team assign --hide), with all that would tell the words:
// names of entities, titles, speakers, cues, remarks, and rules that speak of another name.
package withheld

import (
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// A Draw says what is hidden.
type Draw struct {
	Words  func(words string) bool // reports whether suggestions with these words are hidden
	Places map[review.Target]bool  // what overlaps one of these and is of its kind is hidden as well
}

// Without returns l, a layer of text, without what is hidden. An entity of which something is hidden is shown by the names that are left; if only pronouns
// and the like are, it is hidden. So is a quote of which no speaker is left: shown as said by nobody, it would suggest what nobody suggested.
func Without(text string, l *annotate.Layer, d Draw) *annotate.Layer {
	c := newCut(text, l, d)
	out := &annotate.Layer{Engine: l.Engine}
	for i := range l.Entities {
		if e, ok := c.entity(&l.Entities[i]); ok {
			out.Entities = append(out.Entities, e)
		}
	}
	for _, q := range l.Quotes {
		if q = c.quote(q); q != nil {
			out.Quotes = append(out.Quotes, q)
		}
	}
	for _, r := range l.Remarks {
		if !c.remark(&r) {
			out.Remarks = append(out.Remarks, r)
		}
	}
	return out
}

// Gone returns the claims of l that left, l without what is hidden, lacks.
func Gone(l, left *annotate.Layer) map[review.Target]bool {
	gone := map[review.Target]bool{}
	for c := range l.Claims() {
		gone[review.Target{Kind: c.Kind, Span: c.Span}] = true
	}
	for c := range left.Claims() {
		delete(gone, review.Target{Kind: c.Kind, Span: c.Span})
	}
	return gone
}

// A cut is a layer from which something is taken out.
type cut struct {
	Draw
	text   string
	places map[annotate.Kind]*cover // those of the draw
	left   [][]annotate.Mention     // of each entity; none of one that is hidden
	at     map[string]int           // the entities by ID
	shown  map[articles.Span]bool   // mentions that are left
	gone   cover                    // those that are not
	words  phrases                  // of these, but for pronouns that go with their entity: others have them, too
}

// newCut finds out which mentions of l are hidden, which all that names them depends on.
func newCut(text string, l *annotate.Layer, d Draw) *cut {
	c := &cut{Draw: d, text: text, left: make([][]annotate.Mention, len(l.Entities)), at: map[string]int{}, shown: map[articles.Span]bool{}, words: phrases{}}
	c.place()
	for i := range l.Entities {
		e := &l.Entities[i]
		c.at[e.ID], c.left[i] = i, c.leaves(e)
		for _, m := range c.left[i] {
			c.shown[m.Span] = true
		}
	}
	for _, m := range l.Mentions() {
		if !c.shown[m.Span] {
			c.gone.add(m.Span)
			c.hush(m.Span)
		}
	}
	c.gone.sort()
	return c
}

// place notes the places of the draw.
func (c *cut) place() {
	c.places = map[annotate.Kind]*cover{annotate.OfMention: {}, annotate.OfQuote: {}}
	for t := range c.Places {
		c.places[t.Kind].add(t.Span)
		if t.Kind == annotate.OfMention {
			c.hush(t.Span)
		}
	}
	for _, of := range c.places {
		of.sort()
	}
}

// hush notes that the words of a mention are hidden, if they are so everywhere.
func (c *cut) hush(s articles.Span) {
	if words := s.In(c.text); c.Words(words) {
		c.words.add(words)
	}
}

// leaves returns the mentions of e that are left.
func (c *cut) leaves(e *annotate.Entity) []annotate.Mention {
	left := slices.DeleteFunc(slices.Clone(e.Mentions), func(m annotate.Mention) bool { return c.hides(annotate.OfMention, m.Span) })
	if len(left) < len(e.Mentions) && !slices.ContainsFunc(left, isName) {
		return nil
	}
	return left
}

// isName reports whether m is a name; another program may not say of what form it is.
func isName(m annotate.Mention) bool { return m.Form != annotate.Pronoun && m.Form != annotate.Nominal }

// hides reports whether a claim of a kind is hidden by itself.
func (c *cut) hides(k annotate.Kind, s articles.Span) bool {
	return c.Words(s.In(c.text)) || c.places[k] != nil && c.places[k].touches(s)
}

// tells reports whether words of the text say what is hidden.
func (c *cut) tells(s articles.Span) bool {
	return !s.Empty() && (c.gone.touches(s) || c.words.in(s.In(c.text)))
}

// entity returns what is left of e, and false if it is hidden.
func (c *cut) entity(e *annotate.Entity) (annotate.Entity, bool) {
	out := *e
	out.Mentions = c.left[c.at[e.ID]]
	for i := range out.Mentions {
		if m := &out.Mentions[i]; c.tells(m.Title) {
			m.Title = articles.Span{}
		}
	}
	if len(out.Mentions) == 0 {
		return out, false
	}
	fullest, ways := naming(c.text, out.Mentions)
	if was := oneLine(e.Name); !c.named(out.Mentions, was) && (c.Words(was) || c.words.in(was) || c.named(e.Mentions, was)) {
		out.Name = oneLine(fullest.In(c.text))
	}
	if ways == 1 && count(e.Mentions) > count(out.Mentions) {
		out.Origin = fullest.Origin // which does not speak of another name
	}
	return out, true
}

// named reports whether words are those of one of ms.
func (c *cut) named(ms []annotate.Mention, words string) bool {
	return slices.ContainsFunc(ms, func(m annotate.Mention) bool { return strings.EqualFold(oneLine(m.In(c.text)), words) })
}

// count returns how many of ms are names.
func count(ms []annotate.Mention) (n int) {
	for _, m := range ms {
		if isName(m) {
			n++
		}
	}
	return n
}

// naming returns the longest of mentions of an entity, names before others, and in how many ways it is named.
func naming(text string, ms []annotate.Mention) (best *annotate.Mention, ways int) {
	seen := map[string]bool{}
	for i := range ms {
		m := &ms[i]
		words, name := oneLine(m.In(text)), isName(*m)
		if name {
			seen[strings.ToLower(words)] = true
		}
		if best == nil || name && !isName(*best) || name == isName(*best) && len(words) > len(oneLine(best.In(text))) {
			best = m
		}
	}
	return best, len(seen)
}

// quote returns what is left of q; nil if it is hidden.
func (c *cut) quote(q *annotate.Quote) *annotate.Quote {
	out := *q
	out.MapSpeakers(func(id string) string {
		if i, ok := c.at[id]; ok && len(c.left[i]) == 0 {
			return ""
		}
		return id
	})
	if c.namesHidden(q.SpeakerMention) {
		out.SpeakerMention = articles.Span{}
	}
	if c.tells(out.Cue) {
		out.Cue = articles.Span{}
	}
	same := slices.Equal(out.Also, q.Also) && out.Speaker == q.Speaker && out.SpeakerMention == q.SpeakerMention
	switch {
	case c.hides(annotate.OfQuote, q.Span), !same && out.Speaker == "":
		return nil
	case same && out.Cue == q.Cue:
		return q // layers share quotes
	}
	return &out
}

// namesHidden reports whether words that name who speaks are hidden.
func (c *cut) namesHidden(s articles.Span) bool {
	return !s.Empty() && !c.shown[s] && (c.Words(s.In(c.text)) || c.tells(s))
}

// remark reports whether r is on something hidden, or says it.
func (c *cut) remark(r *annotate.Remark) bool {
	return c.hides(r.Kind, r.Span) || r.Kind != annotate.OfQuote && c.gone.touches(r.Span) || c.words.in(r.Text)
}

func oneLine(words string) string { return strings.Join(strings.Fields(words), " ") }
