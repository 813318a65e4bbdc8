package adjudicate

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"byline/annotate"
	"byline/annotate/review"
)

// engineName begins the version of bases, in place of an engine's.
const engineName = "agreed"

// agreedRule is the rule of a claim that several annotators made alike, one of them against the machine.
const agreedRule = "agreed"

// makeBase makes the layer that [Case.Base] describes. What is open has the answer of most.
func (c *Case) makeBase() *annotate.Layer {
	l := &annotate.Layer{Engine: engineName + " " + strings.Join(c.Who, ", ")}
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
	e := annotate.Entity{ID: numbered(number), Type: most1(c.typesIn(x.of), typeOrder)}
	for w, of := range x.of {
		if of < 0 {
			continue
		}
		theirs := &c.readings[w].Entities[of]
		switch {
		case e.Name == "":
			e.Name, e.Origin = theirs.Name, theirs.Origin
		case e.Name != theirs.Name:
			e.Name = "\x00"
		}
		if e.Origin != theirs.Origin {
			e.Origin = c.agreed(x.of)
		}
	}
	if e.Name == "\x00" {
		e.Name = ""
	}
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

// agreed is the origin of a claim that those annotators made who have something in of.
func (c *Case) agreed(of []int32) annotate.Origin {
	var who []string
	for w, e := range of {
		if e >= 0 {
			who = append(who, c.Who[w])
		}
	}
	return annotate.Origin{Human: true, Stage: strings.Join(who, ", "), Rule: agreedRule, Score: 1}
}

// baseMention returns a mention of the base. What all have from the machine keeps its origin.
func (c *Case) baseMention(s *site, t annotate.Type) annotate.Mention {
	first := s.m[s.first()]
	m := annotate.Mention{Span: s.Span, Form: first.Form, Type: t, Title: first.Title, Origin: first.Origin}
	for _, o := range s.m {
		if o != nil && o.Origin != m.Origin {
			m.Origin = c.agreed(s.of)
		}
	}
	if s.all() && !c.asked(review.Target{Kind: annotate.OfMention, Span: s.Span}) {
		m.State = annotate.Confirmed
	}
	return m
}

// asked reports whether a question is shown at t that all marked: then it is suggested, though nobody doubts that it is there.
func (c *Case) asked(t review.Target) bool {
	return slices.ContainsFunc(c.at.by[t], func(i int32) bool {
		q := &c.Questions[i]
		return q.Span == t.Span && (q.about == onType || q.Kind == annotate.OfQuote)
	})
}

// baseQuote returns a quote of the base: of what is open, the kind that most say, and no speaker and no verb.
func (c *Case) baseQuote(s *site, l *annotate.Layer, at []int32) *annotate.Quote {
	first := s.first()
	theirs := c.quoteOf(first, s.of[first])
	q := &annotate.Quote{Span: s.Span, Cue: theirs.Cue, Origin: theirs.Origin}
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
		if o.Origin != q.Origin {
			q.Origin = c.agreed(s.of)
		}
	}
	q.Type = most1(types, func(a, b annotate.QuoteType) int { return cmp.Compare(a, b) })
	for _, n := range c.alikeSpeakers(who, s) {
		q.AddSpeaker(l.Entities[at[n]].ID, none)
	}
	if m := c.mentions.find(theirs.SpeakerMention); m != nil && q.Speaker != "" && l.Entities[at[m.node]].ID == q.Speaker {
		q.SpeakerMention = m.Span
	}
	if s.all() && !c.asked(review.Target{Kind: annotate.OfQuote, Span: s.Span}) {
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
