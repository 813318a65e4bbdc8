package review

import (
	"cmp"
	"slices"

	"byline/annotate"
	"byline/articles"
)

// A Result is a layer with decisions applied, and what became of each decision.
type Result struct {
	Layer *annotate.Layer
	// Orphans are decisions whose words are no longer found in the text with certainty.
	Orphans []annotate.Decision
	// Conflicts are decisions that hold although today's machine layer disagrees with
	// the claim they were made on, and decisions that make no sense.
	Conflicts []Conflict
	// Notes are the notes and tags, with targets in the present text.
	Notes []annotate.Decision
	Steps *Steps

	over string // tells the machine's layer; empty where that is Layer
}

// A Conflict is a decision at odds with the machine's layer.
type Conflict struct {
	annotate.Decision
	Why string // "the machine no longer finds this name"
}

// Apply applies the decisions of log to the machine's layer of text. It modifies
// neither, and what no decision is about the two layers share. It takes time linear in the number of mentions and
// decisions, and for each decision whose words have moved, a search among the places with the same words. To apply one
// decision after another, see [Draft].
func Apply(text string, machine *annotate.Layer, log []annotate.Decision) Result {
	return Anchoring{}.Apply(text, machine, log)
}

// Undecided is the result without decisions over the machine's layer, which it shares.
func Undecided(machine *annotate.Layer) Result {
	return Result{Layer: machine, Steps: stepsOf(nil)}
}

// Anchoring is how decisions are found again in a text that has changed. The zero
// Anchoring goes by their words and context.
type Anchoring struct {
	Exact bool // only if the words are the same byte for byte
}

// Apply is like the function [Apply].
func (how Anchoring) Apply(text string, machine *annotate.Layer, log []annotate.Decision) Result {
	return begin(newState(newIndex(text, machine)), how.finder(text, machine), log, 0).Result()
}

// place finds the spans of c. It reports whether all are there.
func (c *claim) place(f *finder) (ok bool) {
	if c.span, ok = f.place(&c.Target); ok && c.To != (annotate.Anchor{}) {
		c.to, ok = f.place(&c.To)
	}
	for i := 0; ok && i < len(c.Also); i++ {
		var s articles.Span
		s, ok = f.place(&c.Also[i])
		c.also = append(c.also, s)
	}
	return ok
}

// Anchored returns log with the anchors that have moved in text renewed, so that Apply
// finds them at once; log itself if none has. Anchors that are not found stay as they are, unless their offsets are not in the text:
// then their spans are empty.
func (how Anchoring) Anchored(text string, log []annotate.Decision) []annotate.Decision {
	f := finder{text: text, exact: how.Exact}
	out := log
	for i := range log {
		d, moved := cloneDecision(log[i]), false
		for k, a := range anchorsOf(&d) {
			if f.unmoved(a) {
				continue
			}
			if s, ok := f.place(a); ok {
				*a, moved = anchorWithin(text, s, contextOf(&d, k)), true
			} else if a.Start < 0 || a.End > len(text) || a.Start > a.End {
				a.Span, moved = articles.Span{}, true
			}
		}
		if !moved {
			continue
		}
		if &out[0] == &log[0] {
			out = slices.Clone(log)
		}
		out[i] = d
	}
	return out
}

// Reach returns the largest offset in the anchors of log.
func Reach(log []annotate.Decision) int {
	most := 0
	for i := range log {
		d := &log[i]
		most = max(most, d.Target.End, d.To.End)
		for k := range d.Also {
			most = max(most, d.Also[k].End)
		}
	}
	return most
}

// The bonds of a mention to its entity.
const (
	byMachine = iota
	asShown   // whoever decided on it was shown it there
	byPerson  // somebody put it there
)

// WasShown is the rule of a suggestion that no machine makes any more, and that was shown with what somebody confirmed.
const WasShown = "was-shown"

// carryOut applies a decision, after what else was shown of its target.
func (w *state) carryOut(c *claim) {
	w.doing = c.ID
	apply := verbs[c.Verb].apply
	if c.seen == nil || c.Kind == annotate.OfPassage {
		apply(w, c)
		return
	}
	x := showing{w, c.seen.agrees}
	switch {
	case c.Kind == annotate.OfQuote:
		if c.Verb != annotate.Respan || w.quoteAt(c.span) != nil && w.quoteAt(c.to) == nil {
			x.restore(c, c.span)
		}
		if apply(w, c); c.Verb == annotate.Respan {
			x.restore(c, c.to)
		}
	case c.Verb == annotate.Respan:
		if m := w.at(c.span); m != nil && w.at(c.to) == nil {
			x.bind(c, 0, m, asShown)
		}
		apply(w, c)
		x.bindLate(c, c.to, asShown)
	case x.adds(c):
		x.house(c)
		apply(w, c)
		if m := w.at(c.span); m != nil && m.entity.Hold == nil && x.itself(c, 0) {
			m.entity.joined(w, stepID(c.Decision), nil)
		}
		x.bindLate(c, c.span, byPerson)
	default:
		x.prepare(c)
		apply(w, c)
	}
}

// A showing puts back what was shown of the target of a decision. Where the machine's layer is the one that it was shown over, it
// only notes which entities decisions know.
type showing struct {
	*state
	agrees bool
}

// adds reports whether the decision has a name join others with these words.
func (x showing) adds(c *claim) bool {
	if c.Verb == annotate.Add {
		return true
	}
	m := x.at(c.span)
	return c.Verb == annotate.Relabel && m != nil && m.entity.alone
}

// house finds the entity that was shown as the one that a name joins.
func (x showing) house(c *claim) {
	if !c.elsewhere() || x.itself(c, 0) {
		return
	}
	if c.home = x.entityOf(c, &c.seen.of[0], nil); c.home != nil {
		x.hold(c.home, &c.seen.of[0])
	}
}

// itself reports whether a referent is known by what the decision is about.
func (x showing) itself(c *claim, i int) bool { return i < len(c.seen.of) && c.seen.of[i].Exact == "" }

// bindLate is bind for the mention on s after a decision that may have changed its entity's name.
func (x showing) bindLate(c *claim, s articles.Span, bond uint8) {
	m := x.at(s)
	if m == nil {
		return
	}
	e, shows := m.entity, m.entity.holding.shows
	if x.bind(c, 0, m, bond); m.entity != e || shows != shown {
		m.entity.holding.shows = notShown
	}
}

// prepare puts the mentions that the decision is about into the entities that were shown.
func (x showing) prepare(c *claim) {
	m := x.at(c.span)
	switch {
	case x.agrees:
	case c.Verb == annotate.Confirm || c.Verb == annotate.Relabel:
		m = x.own(c, m)
	case m == nil:
		if m = x.bring(c, c.span, annotate.Type(c.Value)); m != nil {
			x.reportLost(c)
		}
	}
	if c.Verb == annotate.Split && c.to.Empty() {
		x.leave(c, m)
		return
	}
	x.bind(c, 0, m, asShown)
	if c.to.Empty() || len(c.seen.of) < 2 {
		return
	}
	to := x.at(c.to)
	if to == nil && !x.agrees {
		to = x.bring(c, c.to, c.seen.of[1].typ)
	}
	x.bind(c, 1, to, asShown)
}

// leave prepares m, which is split off, to leave the entity that it is in, which may not be the one that was shown.
func (x showing) leave(c *claim, m *mention) {
	if m == nil || len(c.seen.of) == 0 || x.agrees {
		return
	}
	e, r := m.entity, &c.seen.of[0]
	if e.holding.step == x.step {
		return // this step has changed it
	}
	if from := x.known[r.key]; from != nil && from != e && from.alive() {
		m.shift(x.state, from, false)
	} else if e.differs(r) {
		e.holding.mixed = true
		m.shift(x.state, x.newEntity(m.typ(), e.Origin), false)
	}
	if e = m.entity; r.typ != "" && r.typ != e.Type && !m.voted {
		x.keep(m)
		m.Type = r.typ
		c.typ = r.typ
	}
}

// own returns m, the target of the decision, as somebody's own where it was put back, and with the form that it was shown with. Where
// it is nil, it is put into the entity that was shown.
func (x showing) own(c *claim, m *mention) *mention {
	if m == nil && len(c.seen.of) > 0 {
		c.home = x.entityOf(c, &c.seen.of[0], nil)
	}
	x.doing = ""
	m, _ = x.mentionAt(c, c.typeOf(nil))
	x.doing = c.ID
	if m.brought {
		x.reportLost(c)
		m.Origin, m.brought = c.humanOrigin(), false
	}
	if form := cmp.Or(c.seen.Form, formOf(m.In(x.text))); m.Form != form {
		m.Form = form
		x.name(m)
	}
	return m
}

// bring puts a mention back that was shown and that the machine does not make any more, as the suggestion that it was; nil where
// somebody took it away.
func (x showing) bring(c *claim, s articles.Span, typ annotate.Type) *mention {
	if _, made := x.spotAt(s); made {
		return nil
	}
	typ = cmp.Or(typ, annotate.Person)
	o, form := annotate.Origin{Stage: "review", Rule: WasShown, Score: c.Score}, formOf(s.In(x.text))
	if s == c.span {
		form = cmp.Or(c.seen.Form, form)
	}
	m := &mention{Mention: annotate.Mention{Span: s, Form: form, Type: typ, Origin: o}, number: len(x.mentions), brought: true}
	doing := x.doing
	x.doing = ""
	defer func() { x.doing = doing }()
	var orphaned []*voice
	if !custom(typ) {
		orphaned = x.clear(s)
	}
	if m.entity = x.entityNamed(c, s.In(x.text), typ, nil); m.entity == nil || m.Form != annotate.Name {
		m.entity = x.newEntity(typ, o)
	}
	x.journal.keep(func() { m.entity = nil })
	x.touch(m.entity).stirred()
	m.entity.mentions = append(m.entity.mentions, m)
	put(&x.journal, x.on, s, m)
	x.name(m)
	x.nameSpeaker(m, orphaned)
	return m
}

// bind puts m into the entity that was shown as its own, unless somebody put it elsewhere.
func (x showing) bind(c *claim, i int, m *mention, bond uint8) {
	if m == nil || i >= len(c.seen.of) {
		return
	}
	r := &c.seen.of[i]
	e := x.entityOf(c, r, m)
	if e != nil && m.entity != e && !x.agrees && (m.bond != byPerson || bond == byPerson) {
		m.shift(x.state, e, false)
	}
	if m.bond = max(m.bond, asShown); m.entity == e {
		m.with = e.index + 1
		x.hold(e, r)
	}
}

// entityOf returns the entity that was shown: the one that decisions know as that, else the one of the mention by which it was
// known, or of m where that is gone. If decisions know this one as another, the mention becomes an entity of its own.
func (x showing) entityOf(c *claim, r *referent, m *mention) *entity {
	if e := x.known[r.key]; e != nil {
		for e.holding.into != nil {
			e = e.holding.into
		}
		if e.alive() || r.span.Empty() || x.at(r.span) == nil || x.at(r.span).bond == byPerson {
			return e
		}
	}
	at := m
	if !r.span.Empty() {
		if there := x.at(r.span); there != nil {
			at = there
		} else if r.Suggested && !x.agrees {
			at = cmp.Or(x.bring(c, r.span, r.typ), m)
		}
	}
	if at == nil {
		return nil
	}
	e := at.entity
	if !x.agrees && at.bond == byMachine && e.differs(r) {
		e.holding.mixed = true
		e = x.newEntity(at.Type, e.Origin)
		at.shift(x.state, e, false)
	}
	at.with = e.index + 1
	put(&x.journal, x.known, r.key, e)
	return e
}

// homeOf returns the entity of a mention that is put at the span of c, where it is known.
func (c *claim) homeOf(m *mention) *entity {
	if m.Span != c.span {
		return nil
	}
	return c.home
}

// elsewhere reports whether the decision was made over another layer, and says which entities were shown there.
func (c *claim) elsewhere() bool { return c.seen != nil && !c.seen.agrees && len(c.seen.of) > 0 }

// apart reports whether e is another entity than the one that was shown.
func (c *claim) apart(e *entity) bool {
	return c.elsewhere() && e != c.home && e.differs(&c.seen.of[0])
}
