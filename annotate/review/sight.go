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

// A witness writes what is shown of the targets of decisions.
type witness struct {
	*step
	refers map[*annotate.Entity]annotate.Referent
	names  map[namesake]articles.Span // the first of those that the step adds
	called map[namesake]int           // how many entities of the layer have a name; nil until needed
}

// A namesake is a name and its type.
type namesake struct {
	words string // folded
	annotate.Type
}

// addSights adds to the decisions of w what is shown of their targets, and not said by them.
func (w *step) addSights() {
	x := witness{step: w, refers: map[*annotate.Entity]annotate.Referent{}, names: map[namesake]articles.Span{}}
	apart, ends := map[articles.Span]bool{}, map[articles.Span]bool{}
	moved := false // somebody's mentions, so that others may speak
	over := w.Shown.over
	for i := range w.out {
		d := &w.out[i]
		moved = moved || d.Verb == annotate.Split || d.Verb == annotate.Merge
		again := d.Verb == annotate.Respan && ends[d.To.Span] // another claim has these ends by now
		ends[d.To.Span] = d.Verb == annotate.Respan
		switch {
		case again, d.Verb == annotate.Add && w.out[0].Verb != annotate.Add:
		case d.Kind == annotate.OfQuote && !moved:
			d.Shown = x.ofQuote(d)
		case d.Kind == annotate.OfMention:
			d.Shown = x.ofMention(d, apart[d.Target.Span])
			apart[d.Target.Span] = d.Verb == annotate.Split && d.To.Exact == "" || apart[d.Target.Span] && d.Verb == annotate.Relabel
		}
		if d.Shown != nil {
			if over == "" {
				over = tellOf(w.Shown.Layer)
			}
			d.Shown.Over = over
		}
	}
}

// sightIn returns what l, of which these are the claims, shows of the target of d; nil for nothing.
func sightIn(text string, l *annotate.Layer, claims map[Target]annotate.Claim, d *annotate.Decision) *annotate.Sight {
	w := &step{Writer: &Writer{Text: text, Shown: &Result{Layer: l}}, claims: claims}
	x := witness{step: w, refers: map[*annotate.Entity]annotate.Referent{}}
	if d.Kind == annotate.OfQuote {
		return x.ofQuote(d)
	}
	return x.ofClaim(d)
}

// ofMention returns what is shown of the mention that d is about, which was split off before if it is apart; nil for nothing.
func (x *witness) ofMention(d *annotate.Decision, apart bool) *annotate.Sight {
	if d.Verb != annotate.Add && (d.Verb != annotate.Relabel || !apart) {
		if shows(d) {
			return x.ofClaim(d)
		}
		return nil
	}
	s := &annotate.Sight{Of: []annotate.Referent{x.namesake(d)}}
	if r := &s.Of[0]; d.Verb == annotate.Relabel && r.Exact == "" {
		r.Steps = []string{d.Step}
	}
	return s
}

// shows reports whether a decision holds what was shown of its target.
func shows(d *annotate.Decision) bool {
	switch d.Verb {
	case annotate.Confirm, annotate.Relabel, annotate.Respan:
		return true
	case annotate.Merge, annotate.Split, annotate.Rename:
		return d.Kind == annotate.OfMention
	case annotate.Attribute, annotate.Cue:
		return d.Kind == annotate.OfQuote
	}
	return false
}

// left returns the span of the claim that a decision is about in the end, where the layer has one.
func left(d *annotate.Decision) annotate.Anchor {
	if d.Verb == annotate.Respan && d.To.Exact != "" {
		return d.To
	}
	return d.Target
}

// ofClaim returns what is shown of the mention that d is about, nil for none, and of the one at To.
func (x *witness) ofClaim(d *annotate.Decision) *annotate.Sight {
	e, m := x.mention(left(d).Span)
	if m == nil {
		e, m = x.mention(d.Target.Span)
	}
	if m == nil {
		return nil
	}
	s := &annotate.Sight{Of: []annotate.Referent{x.referent(e, d.Target.Span, d)}}
	if form := m.Form; form != formOf(m.In(x.Text)) {
		s.Form = form
	}
	if e, m := x.mention(d.To.Span); m != nil && d.Verb != annotate.Respan && d.To.Span != d.Target.Span {
		s.Of = append(s.Of, x.referent(e, d.To.Span, d))
	}
	return s
}

// mention returns the first mention on a span with its entity; nil if there is none.
func (x *witness) mention(s articles.Span) (*annotate.Entity, *annotate.Mention) {
	if c, ok := x.claims[Target{annotate.OfMention, s}]; ok {
		return c.Entity, mentionOf(c.Entity, s)
	}
	if s.Empty() {
		return nil, nil
	}
	l := x.Shown.Layer
	for i := range l.Entities {
		if m := mentionOf(&l.Entities[i], s); m != nil {
			return &l.Entities[i], m
		}
	}
	return nil, nil
}

// ofQuote returns what is shown of the quote that d is about; nil for none, or where somebody has decided on it, whose decision holds
// that.
func (x *witness) ofQuote(d *annotate.Decision) *annotate.Sight {
	q := x.quote(left(d).Span)
	if q == nil {
		q = x.quote(d.Target.Span)
	}
	if q == nil || !shows(d) {
		return nil
	}
	if q.State == annotate.Confirmed || q.Origin.Human {
		if of := x.spoken(d); len(of) > 0 {
			return &annotate.Sight{Of: of}
		}
		return nil
	}
	s := &annotate.Sight{}
	if d.Verb != annotate.Relabel {
		s.Type = q.Type
	}
	if d.Verb != annotate.Cue && !q.Cue.Empty() {
		s.Cue = anchorWithin(x.Text, q.Cue, sightBytes)
	}
	if d.Verb == annotate.Attribute {
		s.Of = x.spoken(d)
		return s
	}
	if !q.SpeakerMention.Empty() {
		s.Named = anchorWithin(x.Text, q.SpeakerMention, sightBytes)
	}
	for i, id := range q.Speakers() {
		itself := articles.Span{}
		if i == 0 {
			itself = q.SpeakerMention
		}
		s.Of = append(s.Of, x.referent(x.Shown.Layer.Entity(id), itself, d))
	}
	return s
}

// quote returns the quote on a span; nil if there is none.
func (x *witness) quote(s articles.Span) *annotate.Quote {
	qs := x.Shown.Layer.Quotes
	i, ok := slices.BinarySearchFunc(qs, s, func(q *annotate.Quote, s articles.Span) int { return q.Compare(s) })
	if !ok {
		return nil
	}
	return qs[i]
}

// spoken returns what is shown of the speakers that d gives a quote, those whose mentions nobody has decided on.
func (x *witness) spoken(d *annotate.Decision) []annotate.Referent {
	if d.Verb != annotate.Attribute {
		return nil
	}
	out := make([]annotate.Referent, 1+len(d.Also))
	n := 0
	for i, a := range append([]annotate.Anchor{d.To}, d.Also...) {
		if e, m := x.mention(a.Span); m != nil && suggested(m) {
			out[i] = x.referent(e, a.Span, d)
			out[i].Suggested, n = true, i+1
		}
	}
	return out[:n]
}

func suggested(m *annotate.Mention) bool { return m.State == annotate.Proposed && !m.Origin.Human }

// referent returns e as decisions know it: by a mention of it, unless that is itself.
func (x *witness) referent(e *annotate.Entity, itself articles.Span, d *annotate.Decision) annotate.Referent {
	at := knownAt(e)
	r, ok := x.refers[e]
	if !ok {
		r.Anchor = anchorWithin(x.Text, at, sightBytes)
		if h := e.Hold; h != nil {
			r.Named, r.Steps = h.Named, h.Steps
		}
		if e.Name != words(r.Exact) && !r.Named {
			r.Name = e.Name
		}
		if m := mentionOf(e, at); m != nil && suggested(m) {
			r.Suggested = true
		}
		r.Namesake = x.hasNamesake(e)
		x.refers[e] = r
	}
	if at == itself {
		r.Anchor = annotate.Anchor{}
		r.Suggested = r.Suggested && itself != d.Target.Span
	}
	if string(e.Type) != d.Value {
		r.Type = e.Type
	}
	return r
}

// mostLooked is how many decisions of a step look for namesakes by themselves; more ask a table.
const mostLooked = 16

// hasNamesake reports whether another entity has the name and the type of e.
func (x *witness) hasNamesake(e *annotate.Entity) bool {
	n := namesake{fold(e.Name), e.Type}
	es := x.Shown.Layer.Entities
	if len(x.out) <= mostLooked {
		for i := range es {
			if o := &es[i]; o.ID != e.ID && o.Type == e.Type && folds(o.Name, n.words) {
				return true
			}
		}
		return false
	}
	if x.called == nil {
		x.called = make(map[namesake]int, len(es))
		for i := range es {
			x.called[namesake{fold(es[i].Name), es[i].Type}]++
		}
	}
	return x.called[n] > 1
}

// namesake returns the entity that a name joins which d adds, or gives a type: one with that name, or one of its own.
func (x *witness) namesake(d *annotate.Decision) annotate.Referent {
	n := namesake{fold(d.Target.Exact), annotate.Type(d.Value)}
	form := formOf(d.Target.Exact)
	if c, ok := x.claims[Target{d.Kind, d.Target.Span}]; ok {
		form = c.Form
	}
	if form != annotate.Name {
		return annotate.Referent{}
	}
	if at, ok := x.names[n]; ok {
		return annotate.Referent{Anchor: anchorWithin(x.Text, at, sightBytes), Steps: []string{d.Step}}
	}
	l := x.Shown.Layer
	for i := range l.Entities {
		e := &l.Entities[i]
		if e.Type != n.Type {
			continue
		}
		for k := range e.Mentions {
			m := &e.Mentions[k]
			if m.Form == annotate.Name && m.State != annotate.Rejected && m.Span != d.Target.Span && folds(m.In(x.Text), n.words) {
				return x.referent(e, articles.Span{}, d)
			}
		}
	}
	x.names[n] = d.Target.Span
	return annotate.Referent{}
}
