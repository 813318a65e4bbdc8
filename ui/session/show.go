package session

import (
	"context"
	"fmt"
	"slices"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/articles"
)

// Open shows a with its whole layer. It fails where that is not available.
func (s *Session) Open(ctx context.Context, a *articles.Article) error {
	s.Show(a)
	e := s.Take(s.Read()(ctx))
	if e.Read {
		return nil // what lost its place can be asked for again
	}
	return e.Err
}

// Show puts an article in place of the one before, of which only the trail is kept. The
// article has no claims until [Session.Read] or [Session.Glance] brings them. Decisions on
// the one before that are still queued are dropped; call [Session.Finish] first to have
// them written.
func (s *Session) Show(a *articles.Article) {
	s.jobs = jobs{left: s.jobs.leave()}
	s.claims, s.cur, s.found = newClaims(&annotate.Layer{}), cursor{at: -1}, finder{number: s.found.number + 1}
	s.article, s.whole = a, false
	s.number++
}

// Replace puts the whole article in place of a preview of it. Claims, the cursor, what was
// found and decisions queued stay where the whole begins with the words that they are on.
// Decisions on other words are dropped with those made after them, which the effect
// reports with [library.ErrChanged].
func (s *Session) Replace(a *articles.Article) Effect {
	same := samePrefix(s.article.Text, a.Text)
	if !s.claims.within(same) {
		s.claims, s.cur.at = newClaims(&annotate.Layer{}), -1
	}
	if s.cur.Span.End > same {
		s.cur = cursor{at: -1}
	}
	if n := len(s.found.hits); n > 0 && s.found.hits[n-1].End > same {
		s.found = finder{number: s.found.number + 1, from: min(s.found.from, same)}
	}
	lost := slices.IndexFunc(s.jobs.waiting, func(j job) bool { return lastByte(j.edit) > same })
	s.article, s.whole = a, false
	s.number++
	if lost < 0 {
		return Effect{}
	}
	e := changed(s.jobs.waiting[lost].edit.Verb)
	s.jobs.waiting = s.jobs.waiting[:lost]
	return e
}

// changed is the effect of a decision on words that are not there any more.
func changed(v annotate.Verb) Effect {
	err := library.ErrChanged
	if v != "" {
		err = fmt.Errorf("%s: %w", v, library.ErrChanged)
	}
	return Effect{Err: err, Decided: Decided{Unsaved: true}}
}

// within reports whether every claim ends at or before off.
func (cs *Claims) within(off int) bool {
	return len(cs.ends) == 0 || int(cs.ends[len(cs.ends)-1]) <= off
}

// lastByte returns where the last of the words that e names ends.
func lastByte(e review.Edit) int {
	end := e.To.End
	for _, s := range e.Also {
		end = max(end, s.End)
	}
	for _, t := range e.Targets {
		end = max(end, t.End)
	}
	return end
}

// samePrefix returns how many bytes a and b begin with alike.
func samePrefix(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// Share reports whether two articles have the same words up to the end of span.
func Share(a, b *articles.Article, span articles.Span) bool {
	return a == b || span.End <= samePrefix(a.Text, b.Text)
}

// Stale reports whether a is the answer to a question about words that the article does
// not have in their place any more.
func (s *Session) Stale(a Action) bool {
	end := max(a.Span.End, lastByte(a.Edit), lastByte(review.Edit{Targets: a.About}))
	return a.of != nil && !Share(a.of, s.article, articles.Span{End: end})
}

// bind notes the article that a question is about in the actions that answer it.
func (q *Question) bind(a *articles.Article) {
	if q == nil {
		return
	}
	q.Reply.of = a
	for i := range q.Choices {
		q.Choices[i].Do.of = a
	}
}
