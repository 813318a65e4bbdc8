package adjudicate

import (
	"cmp"
	"slices"
	"strconv"

	"byline/annotate"
	"byline/annotate/review"
)

// agreedRule is the rule of a claim that several annotators made alike, one of them against the machine.
const agreedRule = "agreed"

// makeBase makes the layer that [Case.Base] describes. What is open has the answer of most.
func (c *Case) makeBase() *annotate.Layer {
	l := &annotate.Layer{}
	for _, r := range c.readings {
		l.Engine = cmp.Or(l.Engine, r.Engine) // the suggestions of all are one machine's
	}
	at := make([]int32, len(c.nodes)) // the entity of each node, as an index into l.Entities
	for i := range at {
		at[i] = -1
	}
	for i := range c.mentions.list {
		s := &c.mentions.list[i]
		s.node = c.root(s.node)
		if at[s.node] < 0 {
			at[s.node] = int32(len(l.Entities))
			l.Entities = append(l.Entities, c.baseEntity(s.node, len(l.Entities)+1))
		}
		e := &l.Entities[at[s.node]]
		e.Mentions = append(e.Mentions, c.baseMention(s, e.Type))
	}
	for i := range l.Entities {
		if l.Entities[i].Name == "" {
			l.Entities[i].Name = nameOf(c.Text, &l.Entities[i])
		}
	}
	for i := range c.quotes.list {
		l.Quotes = append(l.Quotes, c.baseQuote(&c.quotes.list[i], l, at))
	}
	return l
}

// baseEntity returns the entity of a node, without its mentions. It has a name if all who have it call it the same.
func (c *Case) baseEntity(n int32, number int) annotate.Entity {
	x := &c.nodes[n]
	e := annotate.Entity{ID: numbered(number), Type: most1(c.typesOf(x.of), typeOrder)}
	for w, of := range x.of {
		if of < 0 {
			continue
		}
		switch theirs := &c.readings[w].Entities[of]; {
		case e.Name == "":
			e.Name = theirs.Name
		case e.Name != theirs.Name:
			e.Name = "\x00"
		}
	}
	if e.Name == "\x00" {
		e.Name = ""
	}
	e.Origin = c.originOf(func(w int) (annotate.State, annotate.Origin, bool) {
		if x.of[w] < 0 || c.typeOf(w, x.of[w]) != e.Type {
			return 0, annotate.Origin{}, false
		}
		return annotate.Proposed, c.readings[w].Entities[x.of[w]].Origin, true
	})
	return e
}

// numbered returns the ID of the entity with that number.
func numbered(n int) string { return "e" + strconv.Itoa(n) }

// typesIn returns the types that annotators give entities, without those of nobody.
func (c *Case) typesIn(of []int32) (out []annotate.Type) {
	for w, e := range of {
		if e >= 0 {
			out = append(out, c.typeOf(w, e))
		}
	}
	return out
}

// typesOf is typesIn for entities of the base. Where all are places and other names, about which nothing is asked, those count that
// somebody decided on, if any.
func (c *Case) typesOf(of []int32) []annotate.Type {
	all := c.typesIn(of)
	if slices.ContainsFunc(all, func(t annotate.Type) bool { return !t.Aside() }) {
		return all
	}
	own := slices.Clone(of)
	for w, e := range of {
		if e >= 0 && !c.readings[w].Entities[e].Origin.Human {
			own[w] = -1
		}
	}
	if decided := c.typesIn(own); len(decided) > 0 {
		return decided
	}
	return all
}

// typeOrder sorts types: those of names, then labels by their letters.
func typeOrder(a, b annotate.Type) int {
	known := []annotate.Type{annotate.Person, annotate.Organization, annotate.Place, annotate.Other}
	rank := func(t annotate.Type) int {
		if i := slices.Index(known, t); i >= 0 {
			return i
		}
		return len(known)
	}
	return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
}

// most1 returns what is most often in all, of several the first in an order.
func most1[T comparable](all []T, order func(a, b T) int) T {
	n := map[T]int{}
	for _, x := range all {
		n[x]++
	}
	var best T
	for x, k := range n {
		if k > n[best] || k == n[best] && order(x, best) < 0 {
			best = x
		}
	}
	return best
}

// originOf returns where a claim of the base comes from: from those who decided it among the annotators who have it, else from
// the machine, if all of them left it as it was suggested. Have returns what one of them has, and false for one who has
// something else.
func (c *Case) originOf(have func(who int) (annotate.State, annotate.Origin, bool)) annotate.Origin {
	var machine, own annotate.Origin
	var who []string
	rule := string(annotate.Confirm)
	for w := range c.readings {
		state, o, ok := have(w)
		switch {
		case !ok:
			continue
		case !o.Human && state != annotate.Confirmed:
			machine = cmp.Or(machine, o)
			continue
		case o.Human && o.Rule != rule:
			rule = agreedRule
		}
		who, own = append(who, c.Who[w]), o
	}
	switch {
	case len(who) == 0:
		return machine
	case len(who) == 1 && own.Human:
		return own
	}
	return annotate.Origin{Human: true, Stage: annotate.Together(who), Rule: rule, Score: 1}
}

// baseMention returns a mention of the base.
func (c *Case) baseMention(s *site, t annotate.Type) annotate.Mention {
	first := s.m[s.first()]
	m := annotate.Mention{Span: s.Span, Form: first.Form, Type: t, Title: first.Title}
	asked := c.asked(review.Target{Kind: annotate.OfMention, Span: s.Span})
	if m.Origin = c.mentionOrigin(s, t); m.Origin == (annotate.Origin{}) || !m.Origin.Human && s.all() && !asked {
		m.Origin = c.mentionOrigin(s, "")
	}
	if m.Origin.Human && s.all() && !asked {
		m.State = annotate.Confirmed
	}
	return m
}

// mentionOrigin is originOf for those who have a mention as one of type t, or of any type if t is empty.
func (c *Case) mentionOrigin(s *site, t annotate.Type) annotate.Origin {
	return c.originOf(func(w int) (annotate.State, annotate.Origin, bool) {
		if s.of[w] < 0 || t != "" && c.typeOf(w, s.of[w]) != t {
			return 0, annotate.Origin{}, false
		}
		return s.m[w].State, s.m[w].Origin, true
	})
}

// asked reports whether a question is shown at t that all marked: then it is suggested, though nobody doubts that it is there.
func (c *Case) asked(t review.Target) bool {
	return slices.ContainsFunc(c.at.by[t], func(i int32) bool {
		q := &c.every[i]
		return q.Span == t.Span && (q.about == onType || q.Kind == annotate.OfQuote)
	})
}

// baseQuote returns a quote of the base: of what is open, the kind that most say, and no speaker and no verb.
func (c *Case) baseQuote(s *site, l *annotate.Layer, at []int32) *annotate.Quote {
	first := s.first()
	theirs := c.quoteOf(first, s.of[first])
	q := &annotate.Quote{Span: s.Span, Cue: theirs.Cue}
	var types []annotate.QuoteType
	var who []int
	for w, i := range s.of {
		if i < 0 {
			continue
		}
		o := c.quoteOf(w, i)
		who, types = append(who, w), append(types, o.Type)
		if o.Cue != q.Cue {
			q.Cue = none
		}
	}
	q.Type = most1(types, func(a, b annotate.QuoteType) int { return cmp.Compare(a, b) })
	q.Origin = c.originOf(func(w int) (annotate.State, annotate.Origin, bool) {
		if s.of[w] < 0 || c.quoteOf(w, s.of[w]).Type != q.Type {
			return 0, annotate.Origin{}, false
		}
		o := c.quoteOf(w, s.of[w])
		return o.State, o.Origin, true
	})
	for _, n := range c.alikeSpeakers(who, s) {
		q.AddSpeaker(l.Entities[at[n]].ID, none)
	}
	if m := c.mentions.find(theirs.SpeakerMention); m != nil && q.Speaker != "" && l.Entities[at[m.node]].ID == q.Speaker {
		q.SpeakerMention = m.Span
	}
	if q.Origin.Human && s.all() && !c.asked(review.Target{Kind: annotate.OfQuote, Span: s.Span}) {
		q.State = annotate.Confirmed
	}
	return q
}

// nameOf returns the fullest name of an entity among its mentions.
func nameOf(text string, e *annotate.Entity) string {
	best, full := "", -1
	for i := range e.Mentions {
		m := &e.Mentions[i]
		name := oneLine(m.In(text))
		rank := len(name)
		if m.Form == annotate.Name {
			rank += 1 << 20
		}
		if rank > full {
			best, full = name, rank
		}
	}
	return best
}
