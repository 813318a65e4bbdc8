package session

import (
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// doubt is the value of the tag that flags a claim for a second look.
const flag = "question"

// A lastEdit is what the session remembers of what was decided last.
type lastEdit struct {
	edit  review.Edit
	edge  edge  // the end that it moved; 0 for none
	order order // in which unreviewed claims are gone through
	times int   // how often it was made one after another
}

// note remembers an edit that may be repeated.
func (l *lastEdit) note(c review.Edit) {
	if !c.Repeats() {
		return
	}
	if l.times++; c.Verb != l.edit.Verb || c.Value != l.edit.Value || c.To != l.edit.To {
		l.times = 1
	}
	l.edit, l.edge = c, 0
}

// Shortcuts returns the actions that save keys where the same is decided again and again: to
// confirm all that look alike, or to do the last decision once more where that took several
// keys.
func Shortcuts(s *Session) []Name {
	const often = 2
	c, ok := s.Current()
	if !ok || s.last.times < often {
		return nil
	}
	switch s.last.edit.Verb {
	case annotate.Reject:
		return nil
	case annotate.Confirm:
		if s.Unreviewed(c) && hasAlike(s, c) {
			return []Name{nameAlike}
		}
		return nil
	case annotate.Add, annotate.Relabel:
		if speaks(annotate.Type(s.last.edit.Value)) { // which a key gives
			return nil
		}
	}
	return []Name{nameAgain}
}

// targetsOf returns what an action is about: what it names, else the current claim.
func targetsOf(s *Session, a Action) []review.Target {
	if len(a.About) > 0 {
		return a.About
	}
	if c, ok := s.Current(); ok {
		return []review.Target{c.Target()}
	}
	return nil
}

// edit queues an edit.
func (s *Session) edit(c review.Edit) Effect { return s.put(job{edit: c}) }

// decide queues an edit of what a is about.
func (s *Session) decide(a Action, c review.Edit) Effect {
	if c.Targets = targetsOf(s, a); len(c.Targets) == 0 {
		return Effect{None: NoClaim}
	}
	return s.edit(c)
}

// decideNext confirms or rejects and goes on to the next claim that nobody reviewed, past
// the current one, which is about to be. Where it decides on several, it goes on when
// that is done.
func decideNext(s *Session, a Action, v annotate.Verb) Effect {
	c, ok := s.Current()
	switch {
	case !ok:
		return goOn(s, articles.Span{})
	case len(a.About) > 1:
		return s.put(job{edit: review.Edit{Verb: v, Targets: a.About}, on: true})
	}
	edit := review.Edit{Verb: v, Targets: targetsOf(s, a)}
	s.last.note(edit)
	s.jobs.waiting = append(s.jobs.waiting, job{edit: edit}) // goes on at once
	return goOn(s, c.Span)
}

// confirmOrReject decides on the current claim, and goes on where every decision does.
func confirmOrReject(s *Session, a Action, v annotate.Verb) Effect {
	if _, ok := s.Current(); ok && s.modes.GoOn {
		return decideNext(s, a, v)
	}
	return s.decide(a, review.Edit{Verb: v})
}

// Settles reports whether a claim needs no further look after a decision of verb v.
func Settles(v annotate.Verb) bool { return settles[v] }

// settles are the verbs after which a claim needs no further look. A moved end may have to
// move on, and a note or a question leaves the claim as it is.
var settles = map[annotate.Verb]bool{
	annotate.Confirm: true, annotate.Reject: true, annotate.Relabel: true, annotate.Add: true,
	annotate.Attribute: true, annotate.Merge: true, annotate.Split: true,
}

// giveType gives the words in a, or what it is about, a type. No person and the like has a name of
// two paragraphs, as words selected from a headline on would make; a label of the user's own may.
func giveType(s *Session, a Action, typ annotate.Type, here bool) Effect {
	if s.Text().across(a.Span) && (typ == annotate.Person || typ == annotate.Organization || typ == annotate.Place) {
		return Effect{None: AcrossParagraphs, About: a.Span.In(s.article.Text)}
	}
	if !a.Span.Empty() {
		s.cur = cursor{at: -1, Target: review.Target{Kind: annotate.OfMention, Span: a.Span}}
		add := review.Edit{Verb: annotate.Add, Value: string(typ), Here: here, Targets: []review.Target{{Kind: annotate.OfMention, Span: a.Span}}}
		return s.edit(add).and(Effect{Selected: Selected{Used: true}})
	}
	c, ok := s.Current()
	switch {
	case !ok:
		return Effect{None: NoWords, About: string(typ)}
	case IsQuote(c):
		return Effect{None: QuoteHasNoType, About: string(typ)}
	}
	return s.decide(a, review.Edit{Verb: annotate.Relabel, Value: string(typ), Here: here})
}

// labelOwn gives a type of the user's own, and offers those that there are where a has
// none.
func labelOwn(s *Session, a Action) Effect {
	if c, ok := s.Current(); ok && IsQuote(c) && a.Span.Empty() {
		return typeQuote(s, c, a)
	}
	if a.Text != "" {
		return giveType(s, a, annotate.Type(strings.ToLower(OneLine(a.Text))), false)
	}
	span, now := a.Span, annotate.Type("")
	if c, ok := s.Current(); ok && span.Empty() {
		span = c.Span
		if len(a.About) < 2 {
			now = s.claims.Type(c)
		}
	}
	if span.Empty() && len(a.About) == 0 {
		return Effect{None: NoWords}
	}
	types := []annotate.Type{annotate.Person, annotate.Organization, annotate.Place, annotate.Other}
	for _, t := range s.types {
		types = append(types, annotate.Type(t))
	}
	for i := range s.claims.Layer.Entities {
		types = append(types, s.claims.Layer.Entities[i].Type)
	}
	q := &Question{Topic: AskType, Spot: span, Words: span.In(s.article.Text), Reply: Action{Name: Label}}
	seen := map[annotate.Type]bool{}
	for _, t := range types {
		if !seen[t] {
			seen[t] = true
			q.Choices = append(q.Choices, Choice{Entity: -1, Type: t, Now: t == now, Do: Action{Name: labelAs, Text: string(t)}})
		}
	}
	q.Now = max(0, slices.IndexFunc(q.Choices, func(c Choice) bool { return c.Now }))
	return Effect{Asks: q}
}

// repeatLast does to the current claim, or to the words in a, what was done last to
// another.
func repeatLast(s *Session, a Action) Effect {
	c := s.last.edit
	switch {
	case c.Verb == "" && s.last.edge == 0:
		return Effect{None: nothingToRepeat}
	case !a.Span.Empty() && (c.Verb == annotate.Add || c.Verb == annotate.Relabel):
		return giveType(s, a, annotate.Type(c.Value), c.Here)
	case !a.Span.Empty():
		var none Effect
		if a, none = aimAt(s, a); none.None != 0 {
			return none
		}
	}
	if s.last.edge != 0 {
		return respan(s, s.last.edge)
	}
	if none := misfit(s, a, c); none != 0 {
		return Effect{None: none}
	}
	if c.Verb == annotate.Add {
		c.Verb = annotate.Relabel
	}
	return s.decide(a, c)
}

// misfit says why what was decided on one kind of claim cannot be repeated on what a is about; 0 if
// it can.
func misfit(s *Session, a Action, c review.Edit) Reason {
	ts := targetsOf(s, a)
	if len(ts) == 0 || len(c.Targets) == 0 || ts[0].Kind == c.Targets[0].Kind {
		return 0
	}
	switch c.Verb {
	case annotate.Confirm, annotate.Reject, annotate.Note, annotate.Tag:
		return 0
	}
	if c.Targets[0].Kind == annotate.OfQuote {
		return noQuote
	}
	return NoName
}

// An edge is an end of a claim and the way that it moves.
type edge uint8

const (
	startEarlier edge = 1 + iota
	startLater
	endEarlier
	endLater
	startAtMark
	endAtMark
)

// respan moves one end of the current claim by a word.
func respan(s *Session, e edge) Effect {
	c, ok := s.Current()
	if !ok {
		return Effect{None: NoClaim}
	}
	to, t := c.Span, s.Text()
	switch e {
	case startEarlier:
		if w := t.WordFrom(c.Start, -1); !w.Empty() {
			to.Start = t.startAt(c, w.Start)
		}
	case startLater:
		to.Start = t.startAt(c, t.WordFrom(t.WordFrom(c.Start, 1).End, 1).Start)
	case endEarlier:
		to.End = t.endAt(c, t.WordFrom(t.WordFrom(c.End, -1).Start, -1).End)
	case endLater:
		to.End = t.endAt(c, t.WordFrom(c.End, 1).End)
	case startAtMark, endAtMark:
		if !IsQuote(c) {
			return Effect{None: noQuote}
		}
		if to = t.atMark(c, e); to == c.Span {
			return Effect{None: noMarkBeyond}
		}
	}
	if why := t.confines(c, to); why != 0 {
		return Effect{None: why}
	}
	s.cur.Span = to
	eff := s.edit(review.Edit{Verb: annotate.Respan, Targets: []review.Target{c.Target()}, To: to})
	s.last.edge = e
	return eff
}

// confines returns why a claim does not become another span, where it does not.
func (t Text) confines(c Claim, to articles.Span) Reason {
	switch {
	case to == c.Span || to.Start >= to.End || to.End == 0 || strings.Contains(to.In(t.Article.Text), "\n\n") && !IsQuote(c):
		return noWordMore
	case t.overHeading(c.Span, to):
		return overHeading
	}
	return 0
}

// renameTo asks what the current person or organization is to be called, and calls it so.
func renameTo(s *Session, a Action) Effect {
	if a.Text == "" || len(a.About) == 0 {
		c, ok := s.Current()
		if !ok || IsQuote(c) {
			return Effect{None: NoName}
		}
		a.About = []review.Target{c.Target()}
		if a.Text == "" {
			return Effect{Asks: &Question{Topic: AskName, Words: s.claims.Layer.Entities[c.Entity].Name, Reply: a}}
		}
	}
	return s.edit(review.Edit{Verb: annotate.Rename, Targets: a.About, Value: a.Text})
}

// setCue makes the words in a the cue of the current quote, or of the one nearest to them;
// without words it offers the verbs near the current quote, or, line by line, takes its cue away.
func setCue(s *Session, a Action) Effect {
	c, ok := s.Current()
	if !ok || !IsQuote(c) {
		at := -1
		for i, o := range s.claims.List {
			if !a.Span.Empty() && IsQuote(o) && (at < 0 || distance(o.Span, a.Span.Start) < distance(s.claims.List[at].Span, a.Span.Start)) {
				at = i
			}
		}
		if at < 0 {
			return Effect{None: noQuote}
		}
		c = s.claims.List[at]
	}
	if a.Span.Empty() && !s.lines {
		return askCue(s, c)
	}
	s.Aim(c.Target())
	return s.edit(review.Edit{Verb: annotate.Cue, Targets: []review.Target{c.Target()}, To: a.Span}).and(Effect{Selected: Selected{Used: true}})
}
