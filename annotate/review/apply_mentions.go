package review

import (
	"cmp"
	"slices"
	"strings"

	"byline/annotate"
	"byline/articles"
)

// conflict records that c disagrees with the machine's layer.
func (w *state) conflict(c *claim, why string) {
	d := *c.Decision
	d.Target.Span = c.span
	w.conflicts = append(w.conflicts, Conflict{d, why})
}

// reportLost records a conflict if a machine had made the claim and no longer does.
func (w *state) reportLost(c *claim) {
	switch {
	case c.Engine == "":
	case c.Kind == annotate.OfQuote:
		w.conflict(c, "the machine no longer finds this quote")
	default:
		w.conflict(c, "the machine no longer finds this name")
	}
}

// typeOf returns the type that a decision names, or else the type of its claim.
func (c *claim) typeOf(m *mention) annotate.Type {
	switch {
	case c.Value != "":
		return annotate.Type(c.Value)
	case m != nil:
		return m.typ()
	}
	return annotate.Other
}

// mentionAt returns the mention that c is about. If there is none, it adds one and
// returns put.
func (w *state) mentionAt(c *claim, typ annotate.Type) (m *mention, put bool) {
	if m := w.at(c.span); m != nil {
		return m, false
	}
	w.reportLost(c)
	return w.put(c, c.span, typ), true
}

func (w *state) confirm(c *claim) {
	if c.Kind == annotate.OfQuote {
		w.confirmQuote(c)
		return
	}
	m, put := w.mentionAt(c, c.typeOf(nil))
	if put {
		return
	}
	typ := c.typeOf(m)
	if !m.voted && m.typ() != typ {
		w.conflict(c, "the machine now takes this for "+string(m.typ()))
		m.Origin = c.humanOrigin()
	}
	m.accept(w)
	w.vote(m, typ)
}

// accept confirms m.
func (m *mention) accept(w *state) {
	if m.State == annotate.Rejected { // its entity may have its name again
		m.entity.altered(w)
	}
	m.State = annotate.Confirmed
}

func (w *state) reject(c *claim) {
	if c.Kind == annotate.OfQuote {
		if q := w.quoteAt(c.span); q != nil {
			q.State = annotate.Rejected
		}
		return
	}
	m := w.at(c.span)
	if m == nil {
		return
	}
	m.State = annotate.Rejected
	m.entity.lost(w, m)
	if m.voted {
		m.entity.unvote(m.Type)
		m.voted = false
	}
}

func (w *state) relabel(c *claim) {
	if c.Value == "" {
		w.conflict(c, "it names no type")
		return
	}
	if c.Kind == annotate.OfQuote {
		w.relabelQuote(c)
		return
	}
	w.retype(c)
}

// retype gives the target's mention the type in Value.
func (w *state) retype(c *claim) {
	typ := annotate.Type(c.Value)
	m, put := w.mentionAt(c, typ)
	if put {
		return
	}
	m.accept(w)
	m.Origin = c.humanOrigin()
	if m.entity.alone {
		if c.home != nil {
			from := m.entity
			m.shift(w, c.home, true)
			from.lost(w, m)
		} else if e := w.entityNamed(c, m.In(w.text), typ, m.entity); e != nil && m.Form == annotate.Name {
			w.move(m, e)
		}
	}
	m.entity.Origin = c.humanOrigin()
	w.vote(m, typ)
}

func (w *state) add(c *claim) {
	if c.Kind == annotate.OfQuote {
		w.relabelQuote(c)
		return
	}
	typ := c.typeOf(nil)
	if w.at(c.span) != nil {
		c.Decision = &annotate.Decision{Who: c.Who, Verb: c.Verb, Target: c.Target, Value: string(typ)}
		w.retype(c)
		return
	}
	w.put(c, c.span, typ)
}

func (w *state) respan(c *claim) {
	if c.to.Empty() {
		w.conflict(c, "it names no new span")
		return
	}
	w.notes.move(&w.journal, Target{c.Kind, c.span}, c.to)
	if c.Kind == annotate.OfQuote {
		w.respanQuote(c)
		return
	}
	old, there := w.at(c.span), w.at(c.to)
	switch {
	case c.span == c.to:
	case old == nil && there == nil:
		w.reportLost(c)
		there = w.put(c, c.to, c.typeOf(nil))
	case old != nil && there == nil:
		there = w.setSpan(c, old)
	case old != nil:
		w.drop(old)
	}
	if there == nil {
		return
	}
	there.accept(w)
	there.Origin = c.humanOrigin()
	w.vote(there, c.typeOf(there))
}

// setSpan gives m the span c.to.
func (w *state) setSpan(c *claim, m *mention) *mention {
	put(&w.journal, w.on, m.Span, nil)
	vs := w.voicesAt(m.Span)
	put(&w.journal, w.voices, m.Span, nil)
	if !custom(m.typ()) {
		m.State = annotate.Confirmed
		vs = append(vs, w.clear(c.to)...)
	}
	m.Span = c.to
	m.entity.altered(w)
	w.nameSpeaker(m, vs)
	if m.Title.Overlaps(c.to) {
		m.Title = articles.Span{}
	}
	put(&w.journal, w.on, c.to, m)
	w.name(m)
	return m
}

func (w *state) merge(c *claim) {
	if c.to.Empty() {
		w.conflict(c, "it names nothing to merge with")
		return
	}
	into := w.at(c.to)
	if into == nil {
		into = w.put(&claim{Decision: c.Decision, span: c.to}, c.to, c.typeOf(nil))
	}
	from, _ := w.mentionAt(c, into.entity.Type)
	if into.entity == nil { // it overlapped the target, which was added
		into = w.put(c, c.to, from.entity.Type)
	}
	into.bond = byPerson
	e, old := into.entity, from.entity
	if into != from {
		e.joined(w, stepID(c.Decision), old)
	}
	if e == old {
		return
	}
	e.Origin = c.humanOrigin()
	e.merged = true
	if old.named && !e.named {
		e.Name, e.named = old.Name, true
		e.rehold(func(h *annotate.Hold) { h.Named = true })
	}
	for _, m := range slices.Clone(old.members()) {
		stray, bond := (old.holding.mixed || c.elsewhere()) && !m.shown(), m.bond
		if w.join(m, e); stray {
			m.bond = bond
		}
	}
	e.holding.mixed = e.holding.mixed || old.holding.mixed
	old.holding.into = e
	w.speakInstead(old, e)
}

// speakInstead makes e the speaker of what old speaks.
func (w *state) speakInstead(old, e *entity) {
	said := old.said
	old.said = nil
	if int(old.index) < len(w.machine.Entities) {
		for i := range w.speakers.by(old.index) {
			said = append(said, w.quote(i))
		}
	}
	for _, q := range said {
		for i := range q.voices {
			if q.voices[i].entity == old {
				w.touchQuote(q)
				q.voices[i].speaksAs(e)
			}
		}
	}
}

// join moves m to e and gives it e's type.
func (w *state) join(m *mention, e *entity) {
	w.keep(m)
	if m.voted {
		m.entity.unvote(m.Type)
		m.voted = false
		defer func() { w.vote(m, m.Type) }()
	}
	m.Type, m.bond = e.Type, byPerson
	w.move(m, e)
}

func (w *state) split(c *claim) {
	m := w.at(c.span)
	if m == nil {
		w.reportLost(c)
		return
	}
	if with := w.at(c.to); with != nil && with != m && !c.to.Empty() {
		w.join(m, with.entity)
		with.entity.joined(w, stepID(c.Decision), nil)
		return
	}
	typ := cmp.Or(c.typ, m.typ())
	e := w.newEntity(typ, c.humanOrigin())
	e.joined(w, stepID(c.Decision), nil)
	m.Type, m.bond = typ, byPerson
	w.move(m, e)
	e.alone = true
	w.unsettled = append(w.unsettled, e)
}

func (w *state) rename(c *claim) {
	name := strings.Join(strings.Fields(c.Value), " ")
	m := w.at(c.span)
	switch {
	case name == "":
		w.conflict(c, "it gives no name")
	case m == nil:
		w.reportLost(c)
	default:
		m.entity.Name, m.entity.named, m.entity.Origin = name, true, c.humanOrigin()
		m.entity.rehold(func(h *annotate.Hold) { h.Named = true })
	}
}

// vote records that a person gave m the type typ.
func (w *state) vote(m *mention, typ annotate.Type) {
	e := m.entity
	if m.voted {
		e.unvote(m.Type)
	}
	m.Type, m.voted = typ, true
	i := slices.IndexFunc(e.votes, func(v vote) bool { return v.Type == typ })
	if i < 0 {
		i = len(e.votes)
		e.votes = append(e.votes, vote{Type: typ})
	}
	e.votes[i].n++
	e.votes[i].voters = append(e.votes[i].voters, m)
	for k := range e.votes {
		e.votes[k].last--
	}
	e.votes[i].last = 0
	e.elect()
	w.unsettled = append(w.unsettled, e)
}

// unvote removes a vote for typ.
func (e *entity) unvote(typ annotate.Type) {
	for i := range e.votes {
		if e.votes[i].Type == typ {
			e.votes[i].n--
		}
	}
	e.votes = slices.DeleteFunc(e.votes, func(v vote) bool { return v.n == 0 })
	e.elect()
}

// elect gives e the type with the most votes. The latest vote decides a tie.
func (e *entity) elect() {
	best := vote{}
	for _, v := range e.votes {
		if v.n > best.n || v.n == best.n && v.last > best.last {
			best = v
		}
	}
	e.Type = e.first
	if best.n > 0 {
		e.Type = best.Type
	}
}

// settle ends a step: mentions with another type than their entity leave for an entity
// of their type.
func (w *state) settle() {
	for _, e := range w.unsettled {
		if len(e.votes) > 1 {
			w.part(e)
		}
		e.alone = false
	}
	w.unsettled = w.unsettled[:0]
}

// part moves the mentions of e that people gave another type to entities of that type.
func (w *state) part(e *entity) {
	for _, v := range slices.Clone(e.votes) {
		if v.Type == e.Type {
			continue
		}
		var other *entity
		for _, m := range v.voters {
			if m.entity != e || !m.voted || m.Type != v.Type {
				continue
			}
			if other == nil {
				other = w.newEntity(v.Type, e.Origin)
				other.joined(w, w.step, nil)
			}
			w.move(m, other)
		}
	}
}
