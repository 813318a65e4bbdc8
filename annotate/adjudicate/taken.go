package adjudicate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"byline/annotate"
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
	others := make([]map[annotate.Kind]differences, len(s.readings))
	for k := range s.readings {
		others[k] = map[annotate.Kind]differences{}
		for _, o := range s.beside(k, reading) {
			others[k][o.Kind] = append(others[k][o.Kind], o)
		}
	}
	for i := range s.Questions {
		if s.Answered[i] {
			out[i] = s.settlement(&s.Questions[i], others)
		}
	}
	return out
}

// settlement returns what a question was settled on, given on what each annotator differs from all that was settled.
func (s *Sitting) settlement(q *Question, others []map[annotate.Kind]differences) Settlement {
	x := Settlement{As: slices.Repeat([]bool{true}, len(others))}
	var says []string
	for _, p := range q.parts {
		part := &s.every[p]
		alone := part.about == onIdentity // then the type may be part of the answer
		theirs, other := "", ""
		for k := range others {
			o := others[k][part.Kind].about(part, alone && s.groups[part.group].first[k] == part.group)
			if o == nil {
				theirs = part.Answers[k].plain()
				continue
			}
			x.As[k] = false
			other = cmp.Or(other, o.Answers[1].Says)
		}
		says = append(says, cmp.Or(theirs, other))
	}
	if !slices.Contains(x.As, true) {
		x.Says = tell(says)
	}
	return x
}

// tell says what mentions were settled on: all alike, or how many on what.
func tell(says []string) string {
	n := map[string]int{}
	for _, say := range says {
		n[say]++
	}
	if len(n) == 1 {
		return says[0]
	}
	var out []string
	for _, say := range says {
		if n[say] > 0 {
			out = append(out, fmt.Sprintf("%s (%d)", say, n[say]))
		}
		n[say] = 0
	}
	return strings.Join(out, "; ")
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
	still := s.ledgerOf(s.Shown.Steps, func(x *annotate.Decision) bool { return x.Step == d.Value || x.ID == d.Value }).answered
	n, last := 0, 0
	for i := range s.Questions {
		if q := &s.Questions[i]; len(left(q, still)) > len(left(q, s.decided)) {
			n, last = n+1, i
		}
	}
	switch n {
	case 0:
		return ""
	case 1:
		q := &s.Questions[last]
		return "Undone, and open again: " + askingOf(s.Case, q, q.mentions(), len(left(q, still))).String()
	}
	return fmt.Sprintf("Undone: the answers to %d questions", n)
}
