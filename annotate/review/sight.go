package review

import (
	"cmp"
	"slices"
	"strings"

	"byline/annotate"
	"byline/articles"
	"byline/articles/clean"
)

// sightBytes is the most context, in bytes, that the anchors of a sight keep on a side.
const sightBytes = 16

// mostSteps is how many steps are kept that made an entity what it is.
const mostSteps = 8

// sightJSON is an [annotate.Sight] in a line of JSON.
type sightJSON struct {
	Of    []referentJSON     `json:"of,omitempty"`
	Named anchorJSON         `json:"named,omitzero"`
	Cue   anchorJSON         `json:"cue,omitzero"`
	Type  annotate.QuoteType `json:"type,omitempty"`
	Form  annotate.Form      `json:"form,omitempty"`
	Over  string             `json:"over,omitempty"`
}

type referentJSON struct {
	At        anchorJSON    `json:"at,omitzero"`
	Name      string        `json:"name,omitempty"`
	Named     bool          `json:"named,omitempty"`
	Suggested bool          `json:"suggested,omitempty"`
	Namesake  bool          `json:"namesake,omitempty"`
	Type      annotate.Type `json:"type,omitempty"`
	Steps     []string      `json:"steps,omitempty"`
}

func flatSight(s *annotate.Sight) *sightJSON {
	if s == nil {
		return nil
	}
	j := &sightJSON{nil, flat(s.Named), flat(s.Cue), s.Type, s.Form, s.Over}
	for _, r := range s.Of {
		j.Of = append(j.Of, referentJSON{flat(r.Anchor), r.Name, r.Named, r.Suggested, r.Namesake, r.Type, r.Steps})
	}
	return j
}

// sight returns the sight of a line, its strings printable.
func (j *sightJSON) sight() *annotate.Sight {
	if j == nil {
		return nil
	}
	s := &annotate.Sight{Named: j.Named.anchor(), Cue: j.Cue.anchor(), Type: annotate.QuoteType(clean.Line(string(j.Type))), Form: annotate.Form(clean.Line(string(j.Form))), Over: clean.Line(j.Over)}
	for _, r := range j.Of {
		out := annotate.Referent{Anchor: r.At.anchor(), Name: clean.Line(r.Name), Named: r.Named, Suggested: r.Suggested, Namesake: r.Namesake, Type: annotate.Type(clean.Line(string(r.Type)))}
		for _, id := range r.Steps {
			out.Steps = append(out.Steps, clean.Line(id))
		}
		s.Of = append(s.Of, out)
	}
	return s
}

// sight reads a sight as [Encode] writes it.
func (l *lineReader) sight() *sightJSON {
	s := &sightJSON{}
	l.need("{")
	comma := ""
	if l.member(&comma, `"of":[`) {
		for ok := true; ok; ok = l.field(",") && !l.odd {
			s.Of = append(s.Of, l.referent())
		}
		l.need("]")
	}
	if l.member(&comma, `"named":`) {
		s.Named = l.anchor()
	}
	if l.member(&comma, `"cue":`) {
		s.Cue = l.anchor()
	}
	if l.member(&comma, `"type":`) {
		s.Type = annotate.QuoteType(l.one(l.text()))
	}
	if l.member(&comma, `"form":`) {
		s.Form = annotate.Form(l.one(l.text()))
	}
	if l.member(&comma, `"over":`) {
		s.Over = l.one(l.text())
	}
	l.need("}")
	return s
}

// member is field for a field that may be the first of its object: comma is what comes before the next one.
func (l *lineReader) member(comma *string, key string) bool {
	if !l.field(*comma + key) {
		return false
	}
	*comma = ","
	return true
}

func (l *lineReader) referent() (r referentJSON) {
	l.need("{")
	comma := ""
	if l.member(&comma, `"at":`) {
		r.At = l.anchor()
	}
	if l.member(&comma, `"name":`) {
		r.Name = l.one(l.text())
	}
	r.Named = l.member(&comma, `"named":true`)
	r.Suggested = l.member(&comma, `"suggested":true`)
	r.Namesake = l.member(&comma, `"namesake":true`)
	if l.member(&comma, `"type":`) {
		r.Type = annotate.Type(l.one(l.text()))
	}
	if l.member(&comma, `"steps":[`) {
		for ok := true; ok; ok = l.field(",") && !l.odd {
			r.Steps = append(r.Steps, l.one(l.text()))
		}
		l.need("]")
	}
	l.need("}")
	return r
}

// A seen is a sight with its spans in this text.
type seen struct {
	*annotate.Sight
	of         []referent
	named, cue articles.Span
	void       bool // whose it is, or who speaks, rests on what was taken back
	agrees     bool // the machine's layer is the one that it was shown over
}

// A referent is an entity that was shown.
type referent struct {
	*annotate.Referent
	key  key
	span articles.Span // empty if its words are not in the text
	name string        // empty where a person gave it
	typ  annotate.Type // empty where it is not known
}

// A key tells entities that were shown apart: a mention, in the text that it was decided on if it is no longer there, and
// what made the entity what it was.
type key struct {
	articles.Span
	lost  bool
	steps string
}

// see finds what was shown of the target of c. It reports false for a quote where it does not find who speaks it.
func (c *claim) see(f *finder, steps *Steps) bool {
	if c.Shown == nil {
		return true
	}
	s := &seen{Sight: c.Shown, agrees: c.Shown.Over == f.over}
	c.seen = s
	if s.Named.Exact != "" {
		s.named, _ = f.place(&s.Named)
	}
	if s.Cue.Exact != "" {
		s.cue, _ = f.place(&s.Cue)
	}
	there := !s.named.Empty()
	for i := range s.Of {
		r := c.refer(f, s, i)
		if there = there || !r.span.Empty(); !stands(steps, r.Steps) {
			s.of, s.void = nil, true
			break
		}
		s.of = append(s.of, r)
	}
	return there || s.void || s.agrees || c.Kind != annotate.OfQuote || c.Verb == annotate.Attribute || len(s.Of) == 0 && s.Named.Exact == ""
}

// refer finds a referent.
func (c *claim) refer(f *finder, s *seen, i int) referent {
	r := referent{Referent: &s.Of[i]}
	a := &r.Anchor
	if a.Exact == "" {
		a, r.span = c.itself(s, i)
	} else {
		r.span, _ = f.place(a)
	}
	r.key = key{Span: r.span, steps: strings.Join(r.Steps, " ")}
	switch {
	case r.span.Empty():
		r.key.Span, r.key.lost = a.Span, true
	case c.Verb == annotate.Add && r.Exact == "":
		r.key.steps = stepID(c.Decision) // it is new
	}
	if r.typ = r.Type; r.typ == "" && c.Kind == annotate.OfMention {
		r.typ = annotate.Type(c.Value)
	}
	if !r.Named {
		r.name = cmp.Or(r.Name, words(a.Exact))
	}
	return r
}

// itself returns the mention that stands for a referent without an anchor of its own.
func (c *claim) itself(s *seen, i int) (*annotate.Anchor, articles.Span) {
	switch {
	case c.Verb == annotate.Attribute && i > 0 && i <= len(c.also):
		return &c.Also[i-1], c.also[i-1]
	case c.Verb == annotate.Attribute, c.Kind == annotate.OfMention && i > 0:
		return &c.To, c.to
	case c.Kind == annotate.OfQuote:
		return &s.Named, s.named
	}
	return &c.Target, c.span
}

// stands reports whether no step with one of these IDs was undone, and all are there.
func stands(steps *Steps, ids []string) bool {
	return !slices.ContainsFunc(ids, func(id string) bool {
		i, ok := steps.find(id)
		return !ok || steps.undone.has(i)
	})
}

// A holding is what is known of an entity from what was shown.
type holding struct {
	held   bool   // decisions know it
	name   string // that was shown last; empty if none was since somebody joined it with others
	typ    annotate.Type
	key    key     // under which it was shown last
	twin   bool    // once beside another of its name and type
	shows  naming  // whether it has that name
	joined bool    // somebody made it of others, or for itself, since it was shown last
	step   string  // in which somebody changed its mentions last
	by     string  // the decision of that step
	into   *entity // that it was merged with
	mixed  bool    // a machine put mentions into it that were shown elsewhere, or not at all
}

// naming is whether an entity has the name that was shown, whatever its mentions are.
type naming uint8

const (
	notShown naming = iota // its mentions name it: somebody changed them since
	agreed                 // its mentions name it, as they did, until what was shown moves some
	shown                  // it has that name
)

// differs reports whether decisions know e as another entity than one that was shown.
func (e *entity) differs(r *referent) bool {
	switch h := &e.holding; {
	case h.held && h.key == r.key:
		return false
	case h.joined:
		return strings.Join(e.Hold.Steps, " ") != r.key.steps
	case !h.held:
		return false
	case h.twin || r.Namesake:
		return true
	default:
		return r.name != "" && h.name != "" && fold(h.name) != fold(r.name) || r.typ != "" && h.typ != "" && h.typ != r.typ
	}
}

// hold notes that decisions know e as it was shown.
func (x showing) hold(e *entity, r *referent) {
	changed := e.holding.step != "" && e.holding.step == x.step // by this step, after it was shown
	if !x.agrees && !changed {
		x.match(e, r)
	}
	h := e.holding
	if h.held = true; r.name != "" && (!changed || h.by == x.doing) {
		if h.name, h.joined = r.name, false; x.agrees {
			h.shows = max(h.shows, agreed)
		} else {
			h.shows = shown
		}
	}
	h.typ, h.key, h.twin = cmp.Or(r.typ, h.typ), r.key, h.twin || r.Namesake
	if h == e.holding && e.Hold != nil && !e.Hold.At.Empty() {
		return
	}
	if x.touch(e); e.Hold == nil || e.Hold.At.Empty() {
		e.rehold(func(h *annotate.Hold) { h.At = r.span })
	}
	e.holding = h
}

// match gives e the type that was shown, and notes whether a machine made another of it.
func (x showing) match(e *entity, r *referent) {
	if h := &e.holding; !h.held && x.mixed(e, r) {
		x.touch(e)
		h.mixed = true
	}
	x.retype(e, r.typ)
}

// mixed reports whether e is not called as it was shown, or not of that type.
func (x showing) mixed(e *entity, r *referent) bool {
	if r.typ != "" && r.typ != e.Type && len(e.votes) == 0 {
		return true
	}
	return r.name != "" && !e.named && fold(x.tell(e).Name) != fold(r.name)
}

// retype gives e the type that was shown, unless somebody gave it one.
func (x showing) retype(e *entity, typ annotate.Type) {
	if typ == "" || typ == e.Type || len(e.votes) > 0 {
		return
	}
	x.touch(e).first = typ
	for _, m := range e.members() {
		x.keep(m)
		m.Type = typ
	}
	e.elect()
}

// rehold changes what later decisions need to know of e.
func (e *entity) rehold(change func(*annotate.Hold)) {
	h := annotate.Hold{}
	if e.Hold != nil {
		h = *e.Hold
	}
	change(&h)
	e.Hold = &h
}

// joined notes that a step of somebody's made e what it is, and what made others before.
func (e *entity) joined(w *state, step string, with *entity) {
	e.rehold(func(h *annotate.Hold) {
		steps := slices.Clone(h.Steps)
		if with != nil && with.Hold != nil {
			steps = append(steps, with.Hold.Steps...)
		}
		steps = append(slices.DeleteFunc(steps, func(s string) bool { return s == step }), step)
		h.Steps = steps[max(0, len(steps)-mostSteps):]
	})
	if h := &e.holding; with != e {
		h.name, h.typ, h.joined, h.shows, h.step, h.by = "", "", true, notShown, w.step, w.doing
	}
	if at := e.Hold.At; !at.Empty() {
		put(&w.journal, w.known, key{Span: at, steps: strings.Join(e.Hold.Steps, " ")}, e)
	}
}

// altered notes that the mentions of e change; where somebody changed them, its name with them.
func (e *entity) altered(w *state) {
	if e.stirred(); w.doing != "" {
		e.holding.shows, e.holding.step, e.holding.by = notShown, w.step, w.doing
	}
}

// lost notes that somebody took m from e, whose name stays as it was shown unless m has it.
func (e *entity) lost(w *state, m *mention) {
	was := e.holding
	if e.altered(w); was.shows == shown && fold(m.In(w.text)) != fold(was.name) {
		e.holding.shows = shown
	}
}

// gained notes that somebody put m into e, whose name stays as it was shown unless that of m is fuller.
func (e *entity) gained(w *state, m *mention) {
	was := e.holding
	if e.altered(w); was.shows == shown && len(words(m.In(w.text))) <= len(was.name) {
		e.holding.shows = shown
	}
}

// stirred notes that the mentions of e change, though nobody decided that.
func (e *entity) stirred() {
	if e.changed = true; e.holding.shows == agreed {
		e.holding.shows = shown
	}
}

// alive reports whether e has a mention.
func (e *entity) alive() bool {
	return slices.ContainsFunc(e.mentions, func(m *mention) bool { return m.entity == e })
}
