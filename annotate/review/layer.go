package review

import (
	"cmp"
	"slices"

	"byline/annotate"
	"byline/articles"
)

// A shape is a layer, and which entities and quotes of the state are where in it.
type shape struct {
	last *annotate.Layer
	in   [2]ranks
}

// kept are the entities of the layer.
func (s *shape) kept() *ranks { return &s.in[0] }

// told are its quotes.
func (s *shape) told() *ranks { return &s.in[1] }

// layer brings the last layer up to date: it makes another, without empty entities, the others numbered in
// the order of their first mention. The two share what has not changed in between.
func (w *sheet) layer() {
	l := *w.last
	w.tellQuotes(&l, w.tellEntities(&l))
	for _, e := range w.changes.entities {
		e.touched = false
	}
	for _, q := range w.changes.quotes {
		q.touched = false
	}
	w.changes, w.last = changes{}, &l
}

// tellEntities brings the entities of l up to date, and reports whether any has another place than before.
func (w *sheet) tellEntities(l *annotate.Layer) (renumbered bool) {
	kept, was := *w.kept(), l.Entities
	if len(w.changes.entities) == 0 {
		return false
	}
	now, moved := w.tellChanged(was)
	if len(moved) == 0 {
		l.Entities = slices.Clone(was)
		for i, e := range w.changes.entities {
			if at := kept.at(e.index); at >= 0 {
				now[i].ID = was[at].ID
				l.Entities[at] = now[i]
			}
		}
		return false
	}
	*w.kept() = kept.with(len(w.entities), moved, func(at int32) articles.Span { return was[at].Mentions[0].Span })
	l.Entities = make([]annotate.Entity, len(w.kept().list))
	for p, i := range w.kept().list {
		if e := w.entities[i]; e != nil && e.touched {
			l.Entities[p] = now[e.place]
		} else {
			l.Entities[p] = was[kept.pos[i]]
		}
		if p < len(was) {
			l.Entities[p].ID = was[p].ID
		} else {
			l.Entities[p].ID = idAt(p)
		}
	}
	if len(l.Entities) == 0 {
		l.Entities = nil
	}
	return true
}

// tellChanged returns the entities that changed, without their IDs, and where those are that have another place than in was, the ones
// before.
func (w *sheet) tellChanged(was []annotate.Entity) (now []annotate.Entity, moved []placed) {
	now = make([]annotate.Entity, len(w.changes.entities))
	for i, e := range w.changes.entities {
		now[i], e.place = w.tell(e), i
		p := placed{index: e.index, alive: len(now[i].Mentions) > 0}
		if p.alive {
			p.Span = now[i].Mentions[0].Span
		}
		if at := w.kept().at(e.index); p.alive != (at >= 0) || p.alive && was[at].Mentions[0].Span != p.Span {
			moved = append(moved, p)
		}
	}
	return now, moved
}

// tellQuotes brings the quotes of l up to date. If entities were renumbered, the speakers of all are.
func (w *sheet) tellQuotes(l *annotate.Layer, renumbered bool) {
	told, was := *w.told(), l.Quotes
	if len(w.changes.quotes) == 0 && (!renumbered || len(was) == 0) {
		return
	}
	if !w.placeQuotes(was) && !renumbered {
		l.Quotes = slices.Clone(was)
		for _, q := range w.changes.quotes {
			if at := told.at(q.index); at >= 0 {
				l.Quotes[at] = w.tellQuote(q, l)
			}
		}
		return
	}
	l.Quotes = make([]*annotate.Quote, len(w.told().list))
	for p, i := range w.told().list {
		switch q := w.quotes[i]; {
		case q != nil && q.touched:
			l.Quotes[p] = w.tellQuote(q, l)
		case renumbered:
			l.Quotes[p] = w.renumbered(was[told.pos[i]], i, l)
		default:
			l.Quotes[p] = was[told.pos[i]]
		}
	}
	if len(l.Quotes) == 0 {
		l.Quotes = nil
	}
}

// placeQuotes finds the places of the quotes that changed, of which was are those before, and reports whether any has another.
func (w *sheet) placeQuotes(was []*annotate.Quote) (moves bool) {
	var moved []placed
	for _, q := range w.changes.quotes {
		p := placed{q.Span, q.index, !q.gone}
		if at := w.told().at(q.index); p.alive != (at >= 0) || p.alive && was[at].Span != p.Span {
			moved = append(moved, p)
		}
	}
	if len(moved) > 0 {
		*w.told() = w.told().with(len(w.quotes), moved, func(at int32) articles.Span { return was[at].Span })
	}
	return len(moved) > 0
}

// tellQuote returns q as it goes into l.
func (w *sheet) tellQuote(q *quote, l *annotate.Layer) *annotate.Quote {
	out := q.Quote
	w.tellSpeakers(&out, q.index, l)
	return &out
}

// renumbered returns quote i with the IDs that its speakers have in l: was itself where they have those.
func (w *sheet) renumbered(was *annotate.Quote, i int32, l *annotate.Layer) *annotate.Quote {
	now := *was
	if w.tellSpeakers(&now, i, l); sameSpeakers(&now, was) {
		return was
	}
	out := now
	return &out
}

// sameSpeakers reports whether two quotes have the same speakers, named by the same words.
func sameSpeakers(a, b *annotate.Quote) bool {
	return a.Speaker == b.Speaker && a.SpeakerMention == b.SpeakerMention && slices.Equal(a.Also, b.Also)
}

// tellSpeakers writes the speakers of quote i, with their IDs in l.
func (w *sheet) tellSpeakers(q *annotate.Quote, i int32, l *annotate.Layer) {
	if of := w.quotes[i]; of != nil {
		speak(q, of.voices, func(v voice) string { return v.id(w, l) }, func(v voice) articles.Span { return v.at })
		return
	}
	speak(q, w.speakers.of(i), func(s speaker) string { return w.kept().id(s.entity, l) }, func(s speaker) articles.Span { return s.at })
}

// id returns the ID of the entity of v in l, empty if l does not have it.
func (v *voice) id(w *sheet, l *annotate.Layer) string {
	if v.entity == nil {
		return ""
	}
	return w.kept().id(v.entity.index, l)
}

// Ranks are which of a list are in a layer, and in which places.
type ranks struct {
	list []int32 // indices
	pos  []int32 // of each index its place in list, −1 for none
}

func ranksOf(list []int32, n int) ranks {
	o := ranks{list, make([]int32, n)}
	for i := range o.pos {
		o.pos[i] = -1
	}
	for p, i := range list {
		o.pos[i] = int32(p)
	}
	return o
}

// at returns the place of index i, −1 for none.
func (o *ranks) at(i int32) int32 {
	if int(i) >= len(o.pos) {
		return -1
	}
	return o.pos[i]
}

// id returns the ID in l of the entity with index i, empty if l does not have it.
func (o *ranks) id(i int32, l *annotate.Layer) string {
	if i < 0 || o.at(i) < 0 {
		return ""
	}
	return l.Entities[o.pos[i]].ID
}

// placed is where something is now, if it is anywhere.
type placed struct {
	articles.Span
	index int32
	alive bool
}

func (p placed) compare(q placed) int {
	return cmp.Or(p.Compare(q.Span), cmp.Compare(p.index, q.index))
}

// with returns o, as ranks of n, with those that moved in other places, or in none. span returns the span of what
// is in a place of o.
func (o *ranks) with(n int, moved []placed, span func(int32) articles.Span) ranks {
	gone := make([]bool, n)
	for _, p := range moved {
		gone[p.index] = true
	}
	moved = slices.DeleteFunc(moved, func(p placed) bool { return !p.alive })
	slices.SortFunc(moved, placed.compare)
	list := make([]int32, 0, len(o.list)+len(moved))
	for at, i := range o.list {
		if gone[i] {
			continue
		}
		for here := (placed{span(int32(at)), i, true}); len(moved) > 0 && moved[0].compare(here) < 0; moved = moved[1:] {
			list = append(list, moved[0].index)
		}
		list = append(list, i)
	}
	for _, p := range moved {
		list = append(list, p.index)
	}
	return ranksOf(list, n)
}

// tell returns e as it goes into the layer, without its ID.
func (w *sheet) tell(e *entity) annotate.Entity {
	out := e.Entity
	members := e.members()
	out.Mentions = make([]annotate.Mention, len(members))
	for i, m := range members {
		out.Mentions[i] = m.final()
	}
	switch {
	case len(members) == 0 || e.named:
	case e.holding.shows == shown:
		out.Name = e.holding.name
	case e.changed:
		out.Name = w.nameOf(e, out.Mentions)
	}
	return out
}

// final returns m as it goes into the layer.
func (m *mention) final() annotate.Mention {
	out := m.Mention
	if m.State != annotate.Rejected {
		out.Type = m.typ()
	}
	return out
}

// nameOf returns the name of an entity whose mentions people changed: its former name
// if one of its mentions has it, else the fullest mention.
func (w *sheet) nameOf(e *entity, ms []annotate.Mention) string {
	former, machine := e.Name, int(e.index) < len(w.machine.Entities)
	if e.holding.mixed {
		if own := e.shownMentions(); len(own) > 0 {
			ms, former, machine = own, cmp.Or(e.holding.name, words(own[0].In(w.text))), true
		}
	}
	best, full := "", 0
	had := fold(former)
	for i := range ms {
		m := &ms[i]
		if m.State == annotate.Rejected {
			continue
		}
		name := words(m.In(w.text))
		if m.Form == annotate.Name && machine && !e.merged && (name == former || fold(name) == had) {
			return former
		}
		rank := len(name)
		if m.Form == annotate.Name {
			rank += 1 << 20
		}
		if rank > full {
			best, full = name, rank
		}
	}
	return cmp.Or(best, former, words(ms[0].In(w.text)))
}

// shown reports whether somebody was shown m in its entity, or decided on it.
func (m *mention) shown() bool {
	return m.bond != byMachine || m.voted || m.Origin.Human || m.State == annotate.Confirmed || m.with == m.entity.index+1
}

// shownMentions returns the mentions of e that were shown in it, those that were rejected left out.
func (e *entity) shownMentions() []annotate.Mention {
	var out []annotate.Mention
	for _, m := range e.members() {
		if m.shown() && m.State != annotate.Rejected {
			out = append(out, m.final())
		}
	}
	return out
}

// keepShared has l share the mentions of entities with was, another layer over the same machine's, where they are equal.
func keepShared(l, was, machine *annotate.Layer) {
	if len(l.Entities) == 0 || len(machine.Entities) > 0 && &l.Entities[0] == &machine.Entities[0] {
		return
	}
	k := 0
	for i := range l.Entities {
		e := &l.Entities[i]
		for k < len(was.Entities) && bySpan(was.Entities[k].Mentions[0], e.Mentions[0]) < 0 {
			k++
		}
		if k < len(was.Entities) && slices.Equal(was.Entities[k].Mentions, e.Mentions) {
			e.Mentions = was.Entities[k].Mentions
		}
	}
}

// Next returns the unreviewed claim of l that follows the one at byte offset after (−1
// for the first), by position, and at the end from the start again. It skips types that
// stand aside; see [annotate.Type.Aside]. It returns false if there is none.
func Next(l *annotate.Layer, after int) (Target, bool) {
	n := next{after: after}
	for c := range l.Claims() {
		if c.State == annotate.Proposed && (c.Entity == nil || !c.Entity.Type.Aside()) {
			n.offer(Target{c.Kind, c.Span})
		}
	}
	return n.best, n.found
}

type next struct {
	after int
	best  Target
	found bool
}

// offer keeps t if it comes before the best so far.
func (n *next) offer(t Target) {
	if !n.found || n.before(t) {
		n.best, n.found = t, true
	}
}

func (n *next) before(t Target) bool {
	if last, lastBest := t.Start <= n.after, n.best.Start <= n.after; last != lastBest {
		return lastBest
	}
	return t.Compare(n.best.Span) < 0
}

// claimsOf returns the claims of l by kind and span; the first of several counts.
func claimsOf(l *annotate.Layer) map[Target]annotate.Claim {
	out := map[Target]annotate.Claim{}
	for c := range l.Claims() {
		t := Target{c.Kind, c.Span}
		if _, ok := out[t]; !ok {
			out[t] = c
		}
	}
	return out
}

// homesOf returns the entities of l that spans are mentions of; the first of several counts.
func homesOf(l *annotate.Layer) map[articles.Span]int {
	now := map[articles.Span]int{}
	for i := range l.Entities {
		for _, m := range l.Entities[i].Mentions {
			if _, ok := now[m.Span]; !ok {
				now[m.Span] = i
			}
		}
	}
	return now
}

// mentionOf returns the mention of e on a span; nil if there is none.
func mentionOf(e *annotate.Entity, s articles.Span) *annotate.Mention {
	i, ok := slices.BinarySearchFunc(e.Mentions, s, func(m annotate.Mention, s articles.Span) int { return m.Compare(s) })
	if !ok || s.Empty() {
		return nil
	}
	return &e.Mentions[i]
}

// knownAt returns the mention by which decisions know e, or are to know it.
func knownAt(e *annotate.Entity) articles.Span {
	if e.Hold != nil && !e.Hold.At.Empty() {
		return e.Hold.At
	}
	for i := range e.Mentions {
		if e.Mentions[i].Form == annotate.Name {
			return e.Mentions[i].Span
		}
	}
	return e.Mentions[0].Span
}
