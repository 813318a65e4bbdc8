package adjudicate

import (
	"fmt"
	"slices"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// A Settlement is what a question was settled on.
type Settlement struct {
	As   []bool // of each annotator, in the order of [Case.Who], whether it is what they answered
	Says string // what was settled; empty if it is what somebody answered
}

// Settlements returns what the questions were settled on, by their indices; of those that are open, the zero Settlement.
func (s *Sitting) Settlements() []Settlement {
	out := make([]Settlement, len(s.Questions))
	reading := s.Reading()
	for k := range s.readings {
		other := map[annotate.Kind]differences{}
		for _, o := range s.beside(k, reading) {
			other[o.Kind] = append(other[o.Kind], o)
		}
		for i := range s.Questions {
			if !s.Answered[i] {
				continue
			}
			q, x := &s.Questions[i], &out[i]
			alone := q.about == onIdentity && s.groups[q.group].first[k] == q.group // then the type is part of the answer
			o := other[q.Kind].about(q, alone)
			x.As = append(x.As, o == nil)
			if o != nil && x.Says == "" {
				x.Says = o.Answers[1].Says
			}
		}
	}
	for i := range out {
		if slices.Contains(out[i].As, true) {
			out[i].Says = ""
		}
	}
	return out
}

// beside returns the questions on which an annotator differs from a reading that was settled, in reading order; theirs is the first
// answer.
func (s *Sitting) beside(who int, settled *annotate.Layer) (out differences) {
	after := s.readings[who].Who + "\x00" // sorts after them
	c := Options{Labels: s.labels}.New(s.Text, []Reading{s.readings[who], {Who: after, Layer: settled, Log: s.log}})
	for i := range c.every {
		out = append(out, difference{c, &c.every[i]})
	}
	return out
}

// A difference is a question of a case.
type difference struct {
	of *Case
	*Question
}

// differences are those of one annotator.
type differences []difference

// about returns the first question by which an annotator differs from what was settled on q; alone says that the type is part of their
// answer to who it is.
func (all differences) about(q *Question, alone bool) *Question {
	for _, o := range all {
		if o.Span.Start >= q.Spans[len(q.Spans)-1].End {
			break
		}
		same := o.about == q.about || len(q.place) > 0 && o.about != onName || len(o.place) > 0 || alone && o.about == onType
		if same && slices.ContainsFunc(o.Spans, func(x articles.Span) bool { return slices.ContainsFunc(q.Spans, x.Overlaps) }) {
			return o.Question
		}
	}
	return nil
}

// sayUndone says what an undo takes back, in terms of the questions that are open again; empty if there are none.
func (s *Sitting) sayUndone(d *annotate.Decision) string {
	still := s.settledWithout(s.Shown.Steps, d.Value)
	n, last := 0, 0
	for i := range s.Questions {
		if s.Answered[i] && !still[i] {
			n, last = n+1, i
		}
	}
	switch n {
	case 0:
		return ""
	case 1:
		return "Undone, and open again: " + s.Asks(&s.Questions[last])
	}
	return fmt.Sprintf("Undone: the answers to %d questions", n)
}

// settledWithout is [Case.Settled] without the decisions of one step.
func (s *Sitting) settledWithout(steps *review.Steps, step string) []bool {
	l := s.ledgerOf(steps, func(d *annotate.Decision) bool { return d.Step == step || d.ID == step })
	return l.answered[:len(s.Questions)]
}
