package adjudicate

import (
	"errors"
	"fmt"
	"slices"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// ErrGone says that somebody removed an article while it was being settled.
var ErrGone = errors.New("the article was removed from the library")

// ErrAskedAnew says that somebody answered a question that is another by now, as an annotator changed something.
var ErrAskedAnew = errors.New("an annotator changed something since this was asked; nothing is taken")

// A Sitting is a case with what curators decided on it so far. It does not change: a decision makes another.
type Sitting struct {
	*Case
	Article  *articles.Article
	Shown    review.Result // the base with the log applied: what a curator sees
	Answered []bool        // of each question

	log     []annotate.Decision
	draft   *review.Draft
	decided []bool // of each question about a single mention; see [Case.every]
}

// Sit returns the sitting on a case of an article with a log of curators, anchored in its text.
func Sit(a *articles.Article, c *Case, log []annotate.Decision) *Sitting {
	s := &Sitting{Case: c, Article: a, log: slices.Clone(log), draft: review.Anchoring{}.Draft(c.Text, c.base, log)}
	s.Shown = s.draft.Result()
	s.look()
	return s
}

// With returns the sitting with more decisions. Only the latest sitting of a case may go on.
func (s *Sitting) With(more []annotate.Decision) *Sitting {
	next := *s
	next.log = append(s.log, more...)
	next.draft, next.Shown = s.draft.With(&s.Shown, more, next.log)
	next.look()
	return &next
}

// look finds what is answered.
func (s *Sitting) look() {
	s.decided = s.ledger(s.Shown.Steps).answered
	s.Answered = settled(s.Questions, s.decided)
}

// Decide returns the decisions that an edit of the curator's asks for, signed as one step: those of [review.Writer], or of
// [Case.Take] for one that takes answers. The error is [ErrAskedAnew].
func (s *Sitting) Decide(e review.Edit, sign review.Signature) ([]annotate.Decision, error) {
	if e.Verb != review.Take {
		return (&review.Writer{Signature: sign, Text: s.Text, Shown: &s.Shown}).Write(e), nil
	}
	questions, ok := s.indices(e.Take.Questions)
	if !ok {
		return nil, ErrAskedAnew
	}
	ds := s.Take(s.Shown.Layer, s.Shown.Steps, questions, e.Take.Who)
	for i := range ds {
		d := &ds[i]
		d.ID, d.At, d.Who, d.Layer = sign.NewID(), sign.Now, sign.Who, sign.Layer
		d.Step = ds[0].ID
	}
	return ds, nil
}

// Say describes the decisions of an edit in a few words.
func (s *Sitting) Say(e review.Edit, ds []annotate.Decision) string {
	switch {
	case e.Verb == annotate.Undo && len(ds) == 1 && s.sayUndone(&ds[0]) != "":
		return s.sayUndone(&ds[0])
	case e.Verb != review.Take:
		return s.Shown.Say(ds)
	case len(ds) == 0:
		return ""
	case len(e.Take.Questions) != 1 && e.Take.Who != Nobody:
		return fmt.Sprintf("Took %s’s reading for %d questions", e.Take.Who, len(e.Take.Questions))
	case len(e.Take.Questions) != 1:
		return fmt.Sprintf("Took no reading for %d questions", len(e.Take.Questions))
	}
	at, ok := s.indices(e.Take.Questions)
	if !ok {
		return ""
	}
	q := &s.Questions[at[0]]
	if i := s.find(e.Take.Who); i >= 0 {
		return fmt.Sprintf("As %s: %s", q.Answers[i].Who, brief(q.Answers[i].Says)) + s.several(q)
	}
	if len(s.Who) > 2 {
		return "None of them: " + q.Neither() + s.several(q)
	}
	return "Neither: " + q.Neither() + s.several(q)
}

// several says for how many mentions an answer is taken; nothing where the question is about one.
func (s *Sitting) several(q *Question) string {
	parts := left(q, s.decided)
	if len(parts) == 0 {
		parts = q.parts
	}
	switch {
	case len(q.parts) < 2:
		return ""
	case len(parts) == 1:
		return " (1 mention)"
	}
	return fmt.Sprintf(" (%d mentions)", len(parts))
}

// Reading returns the curated reading: the agreed part, and what was decided.
func (s *Sitting) Reading() *annotate.Layer { return s.Curated(s.Shown.Layer, s.Shown.Steps) }

// Open returns the questions that are not answered, as indices.
func (s *Sitting) Open() (out []int) {
	for i, ok := range s.Answered {
		if !ok {
			out = append(out, i)
		}
	}
	return out
}

// Remarks returns what annotators noted on the words of a question, in the order of their names.
func (s *Sitting) Remarks(q *Question) (out []annotate.Remark) {
	for _, r := range s.readings {
		for _, m := range r.Remarks {
			if m.Who == r.Who && slices.ContainsFunc(q.Spans, m.Overlaps) && !m.Highlights() {
				out = append(out, m)
			}
		}
	}
	return out
}

// Noted reports whether an annotator noted anything in the article.
func (s *Sitting) Noted() bool {
	return slices.ContainsFunc(s.readings, func(r Reading) bool {
		return slices.ContainsFunc(r.Remarks, func(m annotate.Remark) bool { return m.Who == r.Who && !m.Highlights() })
	})
}
