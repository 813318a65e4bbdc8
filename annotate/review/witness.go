package review

import (
	"slices"

	"byline/annotate"
	"byline/articles"
)

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

// wordsOfSpeaker returns what a decision that gives q to nobody notes: the words that say who speaks, though that is no entity; nil if there
// are none.
func wordsOfSpeaker(text string, q *annotate.Quote) *annotate.Sight {
	if q.SpeakerMention.Empty() {
		return nil
	}
	return &annotate.Sight{Named: anchorWithin(text, q.SpeakerMention, sightBytes)}
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
