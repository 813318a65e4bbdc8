package adjudicate

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
)

// A Change is something that an annotator answered and that was settled otherwise.
type Change struct {
	Asks    string // the question: "Who says “We sail at noon”?"
	Kind    annotate.Kind
	Spans   []articles.Span // the mentions that it is about, in order
	Was     string          // what the annotator had
	Now     string          // what was settled
	By      []string        // who settled it, sorted
	Because []string        // what they noted on it, in the order of the log
	Unshown bool            // the annotator has nothing because it was not suggested to them
}

// mostSaid is how many characters of an answer a report has.
const mostSaid = 100

// Changes returns what was settled otherwise than an annotator has it, in reading order; nil for somebody who is none. What
// is still open is left out, and so is all that the curators did not touch. They may differ from an annotator in what all
// annotators agreed on.
func (s *Sitting) Changes(who string) []Change {
	i := s.find(who)
	if i < 0 {
		return nil
	}
	all := changes{at: map[string]int{}}
	reading := s.Reading()
	alone := sync.OnceValue(func() map[string]differences { return s.alone(i) })
	for _, x := range s.beside(i, reading) {
		q := x.Question
		if s.isOpen(q) {
			continue
		}
		ch := Change{Kind: q.Kind, Spans: q.Spans, Unshown: q.Answers[0].Unshown}
		if len(q.place) > 0 {
			ch.Spans = q.Spans[:1]
		}
		says := Apart([]string{q.Answers[0].Says, q.Answers[1].Says}, mostSaid, utf8.RuneCountInString)
		ch.Was, ch.Now = says[0], says[1]
		said := s.speakersAt(q, reading)
		for d := range s.Shown.Steps.Standing() {
			ch.note(q, d, said)
		}
		if len(ch.By) == 0 {
			continue
		}
		if last := ch.By[len(ch.By)-1]; slices.ContainsFunc(ch.By, func(who string) bool { return who != last }) {
			ch.By = deciding(q, ch.By, alone())
		}
		slices.Sort(ch.By)
		ch.By = slices.Compact(ch.By)
		all.add(x, ch)
	}
	return all.asked()
}

// changes are those of one annotator, in order.
type changes struct {
	list []Change
	of   []difference   // the first of each
	at   map[string]int // those that ask the same of several mentions, by what is alike, and by whom it was settled
}

// add adds a change, to one that asks the same if there is one.
func (all *changes) add(x difference, ch Change) {
	key := likeness(x.of, x.Question)
	if key != "" {
		key += strings.Join(ch.By, "\x00")
		if k, ok := all.at[key]; ok {
			same := &all.list[k]
			same.Spans = append(slices.Clip(same.Spans), ch.Spans...)
			same.Because = append(same.Because, slices.DeleteFunc(ch.Because, func(why string) bool { return slices.Contains(same.Because, why) })...)
			return
		}
		all.at[key] = len(all.list)
	}
	all.list, all.of = append(all.list, ch), append(all.of, x)
}

// asked returns the changes with the questions in words.
func (all *changes) asked() []Change {
	for i := range all.list {
		x, ch := all.of[i], &all.list[i]
		ch.Asks = askingOf(x.of, x.Question, len(ch.Spans), len(ch.Spans)).String()
	}
	return all.list
}

// alone returns, by curator, on what an annotator differs from a reading of which only that curator decided.
func (s *Sitting) alone(annotator int) map[string]differences {
	logs := map[string][]annotate.Decision{}
	for i := range s.log {
		logs[s.log[i].Who] = append(logs[s.log[i].Who], s.log[i])
	}
	out := map[string]differences{}
	for who, log := range logs {
		out[who] = Sit(s.Article, s.Case, log).differences(annotator)
	}
	return out
}

func (s *Sitting) differences(annotator int) differences { return s.beside(annotator, s.Reading()) }

// deciding returns those of by, who decided about the words of a question in that order, who decided what is settled: each whose
// decisions alone settle it so, or else the last.
func deciding(q *Question, by []string, alone map[string]differences) []string {
	same := slices.DeleteFunc(slices.Clone(by), func(who string) bool {
		o := alone[who].about(q, false)
		return o == nil || o.Answers[1].Says != q.Answers[1].Says
	})
	if len(same) > 0 {
		return same
	}
	return by[len(by)-1:]
}

// speakersAt returns where the speakers of the quotes of a question are mentioned in a reading: who settled something about these may have
// settled the speaker.
func (s *Sitting) speakersAt(q *Question, reading *annotate.Layer) (out []articles.Span) {
	if q.Kind != annotate.OfQuote {
		return nil
	}
	for _, l := range []*annotate.Layer{reading, s.Base()} {
		for _, said := range l.Quotes {
			if slices.ContainsFunc(q.Spans, said.Overlaps) {
				out = append(out, mentionsOf(l, said.Speakers())...)
			}
		}
	}
	return out
}

// mentionsOf returns where entities are mentioned.
func mentionsOf(l *annotate.Layer, ids []string) (out []articles.Span) {
	for _, id := range ids {
		if e := l.Entity(id); e != nil {
			for _, m := range e.Mentions {
				out = append(out, m.Span)
			}
		}
	}
	return out
}

// isOpen reports whether a question is about words of one that is not answered yet.
func (s *Sitting) isOpen(q *Question) bool {
	for i := range s.Questions {
		for _, p := range left(&s.Questions[i], s.decided) {
			if o := &s.every[p]; o.Kind == q.Kind && slices.ContainsFunc(o.Spans, func(x articles.Span) bool { return slices.ContainsFunc(q.Spans, x.Overlaps) }) {
				return true
			}
		}
	}
	return false
}

// note takes in a decision of a curator, if it is about the words of a question, or about those who say it.
func (ch *Change) note(q *Question, d *annotate.Decision, said []articles.Span) {
	on := func(spans []articles.Span) bool {
		return slices.ContainsFunc([]articles.Span{d.Target.Span, d.To.Span}, func(s articles.Span) bool {
			return !s.Empty() && slices.ContainsFunc(spans, s.Overlaps)
		})
	}
	switch {
	case on(q.Spans) && d.Verb == annotate.Note:
		ch.Because = append(ch.Because, d.Value)
	case on(q.Spans) && d.Kind == q.Kind, d.Kind == annotate.OfMention && on(said):
		ch.By = append(ch.By, d.Who)
	}
}
