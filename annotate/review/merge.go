package review

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"byline/annotate"
	"byline/articles"
)

// A Merged log is two logs in one.
type Merged struct {
	Log     []annotate.Decision // sorted by ID, each once
	Clashes []Clash             // in the order of their first and then second decisions
}

// A Clash is two decisions by two people on the same question, neither of whom knew of
// the other's, that answer it differently. What a reader sees meanwhile is what Apply makes of both.
type Clash struct {
	First, Second annotate.Decision // by ID
	About         string            // the question: "the type", "the speaker"
}

// A Merger merges logs of an article. With the machine's layer of the text it knows
// which spans are of one entity, and so that two people have given it different names
// by different mentions. The zero Merger knows an entity only by the span that was
// decided on.
type Merger struct {
	Text    string
	Machine *annotate.Layer
}

// Merge returns the union of two logs of one article by ID, the same for either order
// of its arguments. What one log has and the other has not, its people did not know of
// there; of a log that lacks what its people had seen, too much is called a clash. Spans
// are compared as they stand: anchors that were made for two texts have to be
// anchored in one before. Two decisions under one ID are a clash too, and there only
// the one whose line sorts first stays in the log.
func (m Merger) Merge(a, b []annotate.Decision) Merged {
	u := &union{both: map[string]bool{}}
	u.add(unique(a), unique(b))
	if m.Machine != nil {
		u.entities = entitiesOf(Apply(m.Text, m.Machine, u.shared).Layer)
	}
	steps := stepsOf(sorted(u.log))
	left, right := u.answers(unique(a), steps), u.answers(unique(b), steps)
	for q, x := range left {
		if y, ok := right[q]; ok && x.what != y.what && x.Who != y.Who {
			u.clash(*x.Decision, *y.Decision, q.about)
		}
	}
	slices.SortFunc(u.clashes, Clash.compare)
	u.clashes = slices.CompactFunc(u.clashes, func(x, y Clash) bool { return x.First.ID == y.First.ID && x.Second.ID == y.Second.ID })
	return Merged{u.log, u.clashes}
}

// compare orders clashes by their decisions; of the same two, about the name and the
// type of a span comes before the same of its entity.
func (c Clash) compare(o Clash) int {
	return cmp.Or(cmp.Compare(c.First.ID, o.First.ID), cmp.Compare(c.Second.ID, o.Second.ID), cmp.Compare(c.About, o.About))
}

// A union is two logs on their way into one.
type union struct {
	log      []annotate.Decision
	shared   []annotate.Decision // what both logs had
	both     map[string]bool     // its IDs
	entities map[articles.Span]articles.Span
	clashes  []Clash
}

// unique returns log by ID, each once; of several with one ID the least.
func unique(log []annotate.Decision) []annotate.Decision {
	out := slices.Clone(log)
	slices.SortStableFunc(out, func(x, y annotate.Decision) int {
		return cmp.Or(cmp.Compare(x.ID, y.ID), order(x, y))
	})
	return slices.CompactFunc(out, func(x, y annotate.Decision) bool { return x.ID == y.ID })
}

// order compares two decisions by the lines that they are stored in.
func order(x, y annotate.Decision) int {
	if x == y {
		return 0
	}
	a, _ := Encode(x) // fails only for a score that is no number, which no log can hold
	b, _ := Encode(y)
	return bytes.Compare(a, b)
}

// add merges two logs that are sorted by ID.
func (u *union) add(a, b []annotate.Decision) {
	for len(a) > 0 && len(b) > 0 {
		switch c := cmp.Compare(a[0].ID, b[0].ID); {
		case c < 0:
			u.log, a = append(u.log, a[0]), a[1:]
		case c > 0:
			u.log, b = append(u.log, b[0]), b[1:]
		default:
			u.meet(a[0], b[0])
			a, b = a[1:], b[1:]
		}
	}
	u.log = append(append(u.log, a...), b...)
}

// meet takes in two decisions with one ID.
func (u *union) meet(x, y annotate.Decision) {
	c := order(x, y)
	if c > 0 {
		x, y = y, x
	}
	if c != 0 {
		u.clashes = append(u.clashes, Clash{x, y, "one id"})
	}
	u.log, u.shared = append(u.log, x), append(u.shared, x)
	u.both[x.ID] = true
}

func (u *union) clash(x, y annotate.Decision, about string) {
	if x.ID > y.ID {
		x, y = y, x
	}
	u.clashes = append(u.clashes, Clash{x, y, about})
}

// A question is what a decision answers: something about a span or, with whole, about
// the entity that is known by it.
type question struct {
	about string
	kind  annotate.Kind
	span  articles.Span
	whole bool
}

// An answer is a decision with what it says to a question.
type answer struct {
	*annotate.Decision
	what string
}

// answers returns the last standing answers of what only this log has.
func (u *union) answers(log []annotate.Decision, steps *Steps) map[question]answer {
	out := map[question]answer{}
	split := map[string]bool{} // steps that split something off
	for i := range log {
		d := &log[i]
		if u.both[d.ID] || turns(d) || steps.undone(d) {
			continue
		}
		split[stepID(d)] = split[stepID(d)] || d.Verb == annotate.Split
		q, what, ok := asks(d)
		if !ok {
			continue
		}
		if d.To.Exact != "" && d.Verb != annotate.Respan {
			what = fmt.Sprint(u.entity(d.To.Span))
		}
		out[q] = answer{d, what}
		if d.Kind != annotate.OfMention || q.about == theEnds || d.Verb == annotate.Reject || split[stepID(d)] {
			continue
		}
		q.span, q.whole = u.entity(q.span), true
		out[q] = answer{d, what}
	}
	return out
}

// asks returns the question that d answers, and what it says where it says no entity.
// A note answers none.
func asks(d *annotate.Decision) (q question, what string, ok bool) {
	v := verbs[d.Verb]
	if v.answer != nil {
		what = v.answer(d)
	}
	return question{about: v.question, kind: d.Kind, span: d.Target.Span}, what, v.question != ""
}

// entity returns the span that an entity is known by: that of its first mention.
func (u *union) entity(s articles.Span) articles.Span {
	if first, ok := u.entities[s]; ok {
		return first
	}
	return s
}

// entitiesOf returns for the mentions of l the first of their entity.
func entitiesOf(l *annotate.Layer) map[articles.Span]articles.Span {
	out := map[articles.Span]articles.Span{}
	for e, m := range l.Mentions() {
		if _, ok := out[m.Span]; !ok {
			out[m.Span] = e.Mentions[0].Span
		}
	}
	return out
}
