package adjudicate

import (
	"slices"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// A lookup finds the questions that a decision may answer.
type lookup struct {
	by     map[review.Target][]int32 // by the spans that they are about
	places map[annotate.Kind][]reach // in the order of their beginnings
	widest map[annotate.Kind]int     // the most bytes of one
}

// A reach is all that a question of presence or ends is about.
type reach struct {
	articles.Span
	question int32
}

func (c *Case) index() lookup {
	x := lookup{map[review.Target][]int32{}, map[annotate.Kind][]reach{}, map[annotate.Kind]int{}}
	for i := range c.every {
		q := &c.every[i]
		all := q.Span
		for _, s := range q.Spans {
			t := review.Target{Kind: q.Kind, Span: s}
			x.by[t] = append(x.by[t], int32(i))
			all.End = max(all.End, s.End)
		}
		if len(q.place) > 0 {
			x.places[q.Kind] = append(x.places[q.Kind], reach{all, int32(i)})
			x.widest[q.Kind] = max(x.widest[q.Kind], all.Len())
		}
	}
	return x
}

// over returns the questions of presence or ends that overlap t.
func (x *lookup) over(t review.Target) (out []int32) {
	ps := x.places[t.Kind]
	from, _ := slices.BinarySearchFunc(ps, t.Start-x.widest[t.Kind], func(p reach, off int) int { return p.Start - off })
	for _, p := range ps[from:] {
		if p.Start >= t.End {
			break
		}
		if p.Overlaps(t.Span) {
			out = append(out, p.question)
		}
	}
	return out
}

// A ledger is what a log says to questions.
type ledger struct {
	c        *Case
	moved    map[review.Target]articles.Span // where the base has a claim, by where it is now
	now      map[review.Target]articles.Span // the other way round
	verdicts map[review.Target]bool          // the last on a claim: whether it is one
	answered []bool
}

// Settled reports which of the questions that are asked the decisions of steps answer, that is, those not undone.
func (c *Case) Settled(steps *review.Steps) []bool {
	return settled(c.Questions, c.ledger(steps).answered)
}

func (c *Case) ledger(steps *review.Steps) *ledger {
	return c.ledgerOf(steps, func(*annotate.Decision) bool { return false })
}

// ledgerOf is ledger without some decisions.
func (c *Case) ledgerOf(steps *review.Steps, without func(*annotate.Decision) bool) *ledger {
	l := &ledger{c, map[review.Target]articles.Span{}, map[review.Target]articles.Span{}, map[review.Target]bool{}, make([]bool, len(c.every))}
	for d := range steps.Standing() {
		if !without(d) {
			l.note(d)
		}
	}
	for i := range c.every {
		l.answered[i] = l.answered[i] || l.judged(&c.every[i])
	}
	return l
}

// was returns where the base has what is on s now.
func (l *ledger) was(k annotate.Kind, s articles.Span) articles.Span {
	if was, ok := l.moved[review.Target{Kind: k, Span: s}]; ok {
		return was
	}
	return s
}

// note takes in one decision.
func (l *ledger) note(d *annotate.Decision) {
	t := review.Target{Kind: d.Kind, Span: l.was(d.Kind, d.Target.Span)}
	switch d.Verb {
	case annotate.Confirm, annotate.Relabel, annotate.Add:
		l.verdicts[t] = true
		l.answer(t, onQuoteType, onType)
		l.answerOver(t)
	case annotate.Reject:
		l.verdicts[t] = false
		if d.Kind == annotate.OfQuote {
			l.answer(t, onQuoteType, onSpeaker, onCue)
		}
	case annotate.Respan:
		to := review.Target{Kind: d.Kind, Span: d.To.Span}
		l.moved[to], l.now[t] = t.Span, to.Span
		l.answer(t, onPresence, onEnds)
		l.answerOver(to)
	case annotate.Merge:
		l.answer(t, onIdentity, onType)
		l.answerMerged(d)
	case annotate.Split:
		l.answer(t, onIdentity)
	case annotate.Rename:
		l.answer(t, onName)
	case annotate.Attribute:
		l.verdicts[t] = true
		l.answer(t, onSpeaker)
	case annotate.Cue:
		l.verdicts[t] = true
		l.answer(t, onCue)
	}
}

// answer notes that the questions about t are answered that are about one of these things.
func (l *ledger) answer(t review.Target, about ...about) {
	for _, i := range l.c.at.by[t] {
		if slices.Contains(about, l.c.every[i].about) {
			l.answered[i] = true
		}
	}
}

// answerOver notes that words were marked, which settles what lies over them, unless all had marked them.
func (l *ledger) answerOver(t review.Target) {
	ss := &l.c.mentions
	if t.Kind == annotate.OfQuote {
		ss = &l.c.quotes
	}
	if ss.find(t.Span) != nil {
		return
	}
	for _, i := range l.c.at.over(t) {
		l.answered[i] = true
	}
}

// answerMerged notes that an entity took in another, where the question was whether the two are one.
func (l *ledger) answerMerged(d *annotate.Decision) {
	from, to := l.c.mentions.find(d.Target.Span), l.c.mentions.find(d.To.Span)
	if from == nil || to == nil || from.place >= 0 {
		return
	}
	for _, i := range l.c.at.by[review.Target{Kind: annotate.OfMention, Span: to.Span}] {
		q := &l.c.every[i]
		if q.about == onIdentity && slices.ContainsFunc(l.c.groups[q.group].first, func(g int32) bool { return l.c.groups[g].node == from.node }) {
			l.answered[i] = true
		}
	}
}

// judged reports whether verdicts answer q: something is one of what it asks about, or nothing is.
func (l *ledger) judged(q *Question) bool {
	rejected := 0
	for _, s := range q.Spans {
		is, ok := l.verdicts[review.Target{Kind: q.Kind, Span: s}]
		switch {
		case ok && !is:
			rejected++
		case ok && len(q.place) > 0:
			return true
		}
	}
	return rejected == len(q.Spans)
}

// settle confirms a claim that all marked and somebody decided, and reports false for one that is left over from a place
// where something else was decided. What all left as it was suggested stays so.
func (ss *sites) settle(s articles.Span, state *annotate.State, o *annotate.Origin) bool {
	if *state != annotate.Proposed {
		return true
	}
	if o.Human {
		*state = annotate.Confirmed
	}
	x := ss.find(s)
	return x != nil && x.all()
}

// Curated returns l, the base with the log of steps applied, without what is still open: names and quotes that not all marked,
// names and quotes of which the type is in dispute, and speakers and verbs. Who is settled to say a quote stays all the same, as
// another name.
func (c *Case) Curated(l *annotate.Layer, steps *review.Steps) *annotate.Layer {
	log := c.ledger(steps)
	open := c.openOf(log)
	out := &annotate.Layer{Engine: l.Engine, Remarks: l.Remarks}
	says := map[string]bool{}
	for _, was := range l.Quotes {
		q := *was
		if !open.gone[review.Target{Kind: annotate.OfQuote, Span: q.Span}] && c.quotes.settle(q.Span, &q.State, &q.Origin) {
			open.strip(&q)
			for _, id := range q.Speakers() {
				says[id] = says[id] || q.State != annotate.Rejected
			}
			out.Quotes = append(out.Quotes, &q)
		}
	}
	for _, e := range l.Entities {
		if e = open.settled(c, e, says[e.ID]); len(e.Mentions) > 0 {
			out.Entities = append(out.Entities, e)
		}
	}
	c.hand(out, l, log)
	renumber(out)
	return out
}

// settled returns an entity with the mentions that are settled; if there are none, with those that name who says a quote.
func (d *doubts) settled(c *Case, e annotate.Entity, says bool) annotate.Entity {
	ms := make([]annotate.Mention, 0, len(e.Mentions))
	for _, m := range e.Mentions {
		t := review.Target{Kind: annotate.OfMention, Span: m.Span}
		if !d.gone[t] && (c.mentions.settle(m.Span, &m.State, &m.Origin) || d.stays[t]) {
			ms = append(ms, m)
		}
	}
	if says && !slices.ContainsFunc(ms, stands) {
		e.Type = annotate.Other
		ms = append(ms, d.named(c, e.Mentions)...)
		slices.SortStableFunc(ms, func(a, b annotate.Mention) int { return a.Compare(b.Span) })
	}
	e.Mentions = ms
	return e
}

// renumber sorts the entities of a layer by their first mentions, and gives them the IDs of that order.
func renumber(l *annotate.Layer) {
	slices.SortStableFunc(l.Entities, func(a, b annotate.Entity) int { return a.Mentions[0].Compare(b.Mentions[0].Span) })
	number := map[string]string{} // of those that are left
	for i := range l.Entities {
		id := numbered(i + 1)
		number[l.Entities[i].ID], l.Entities[i].ID = id, id
	}
	for _, q := range l.Quotes {
		q.MapSpeakers(func(id string) string { return number[id] })
	}
}

func stands(m annotate.Mention) bool { return m.State != annotate.Rejected }

// named returns the mentions of an entity that says a quote, and is open otherwise, as other names: those that all marked or, if there are none,
// the first.
func (d *doubts) named(c *Case, all []annotate.Mention) (out []annotate.Mention) {
	first := -1
	for i, m := range all {
		if !d.gone[review.Target{Kind: annotate.OfMention, Span: m.Span}] || !stands(m) {
			continue
		}
		if x := c.mentions.find(m.Span); x != nil && x.all() {
			m.Type, m.Origin = annotate.Other, c.mentionOrigin(x, "")
			c.mentions.settle(m.Span, &m.State, &m.Origin)
			out = append(out, m)
		} else if first < 0 {
			first = i
		}
	}
	if len(out) == 0 && first >= 0 {
		m := all[first]
		m.Type = annotate.Other
		c.mentions.settle(m.Span, &m.State, &m.Origin)
		out = append(out, m)
	}
	return out
}

// doubts are the claims about which questions are open.
type doubts struct {
	gone       map[review.Target]bool // whether they are there at all, or what they are
	stays      map[review.Target]bool // there, though not all have them: of places and other names nothing is asked
	mute, bare map[articles.Span]bool // quotes: who says them; by which verb
}

func (c *Case) openOf(log *ledger) doubts {
	d := doubts{map[review.Target]bool{}, map[review.Target]bool{}, map[articles.Span]bool{}, map[articles.Span]bool{}}
	for i := range c.every {
		q := &c.every[i]
		switch {
		case log.answered[i] || q.quiet && len(q.place) == 0:
		case q.about == onSpeaker:
			d.mute[q.Span] = true
		case q.about == onCue:
			d.bare[q.Span] = true
		case len(q.place) > 0 || q.about == onType || q.about == onQuoteType:
			for _, s := range q.Spans {
				d.gone[review.Target{Kind: q.Kind, Span: s}] = true
			}
		}
		if q.quiet && !log.answered[i] && len(q.place) > 0 {
			for _, k := range q.stands {
				t := review.Target{Kind: q.Kind, Span: c.mentions.list[k].Span}
				d.gone[t], d.stays[t] = false, true
			}
		}
	}
	return d
}

// strip takes off q what is open about it.
func (d doubts) strip(q *annotate.Quote) {
	if d.mute[q.Span] {
		q.Speaker, q.Also, q.SpeakerMention = "", nil, none
	}
	if d.bare[q.Span] {
		q.Cue = none
	}
}
