package linear

import (
	"context"
	"fmt"
	"strings"

	"byline/annotate"
	"byline/annotate/review"
	"byline/annotate/segment"
	"byline/articles"
	"byline/articles/clean"
)

// leastCertain goes to the guess that is least sure of those that nobody reviewed.
func (s *Session) leastCertain(context.Context, string) (string, error) {
	t, ok := review.Next(s.page.layer, s.page.cur.Start, review.LeastCertain)
	if !ok {
		return "", quiet("All is reviewed.")
	}
	return s.page.step(false, func(m mark) bool { return m.Span == t.Span && m.kind() == t.Kind })
}

// merge takes the current name and the one given for the same.
func (s *Session) merge(ctx context.Context, name string) (string, error) {
	m, ok := s.page.current()
	if !ok || m.entity == nil || name == "" {
		return "", quiet("Go to a name, then say whom it is the same as: m NAME.")
	}
	e, err := s.page.named(name)
	if err != nil {
		return "", err
	}
	return s.decide(ctx, review.Edit{Verb: annotate.Merge, Targets: m.target(), To: e.Mentions[0].Span})
}

func (s *Session) split(ctx context.Context, _ string) (string, error) {
	if m, ok := s.page.current(); ok && m.entity == nil {
		return "", quiet("Go to a name first; . goes to the next.")
	}
	return s.onCurrent(ctx, annotate.Split)
}

func (s *Session) rename(ctx context.Context, name string) (string, error) {
	if m, ok := s.page.current(); ok && m.entity == nil {
		return "", quiet("Go to a name first; . goes to the next.")
	}
	return s.say(ctx, annotate.Rename, name, "Say the name: R NAME.")
}

func (s *Session) note(ctx context.Context, words string) (string, error) {
	return s.say(ctx, annotate.Note, words, "Say the note: % WORDS.")
}

func (s *Session) question(ctx context.Context, _ string) (string, error) {
	return s.say(ctx, annotate.Tag, "question", "")
}

// say does a change with a value to the current mark.
func (s *Session) say(ctx context.Context, verb annotate.Verb, value, missing string) (string, error) {
	m, ok := s.page.current()
	switch {
	case !ok:
		return "", quiet("Go to a name or quote first; . goes to the next.")
	case value == "":
		return "", quiet("%s", missing)
	}
	return s.decide(ctx, review.Edit{Verb: verb, Targets: m.target(), Value: value})
}

func (s *Session) startEarlier(ctx context.Context, _ string) (string, error) {
	return s.respan(ctx, func(ws []articles.Span, at articles.Span) articles.Span {
		for _, w := range ws {
			if w.End <= at.Start {
				at.Start = w.Start
			}
		}
		return at
	})
}

func (s *Session) startLater(ctx context.Context, _ string) (string, error) {
	return s.respan(ctx, func(ws []articles.Span, at articles.Span) articles.Span {
		for _, w := range ws {
			if w.Start > at.Start && w.End <= at.End {
				at.Start = w.Start
				break
			}
		}
		return at
	})
}

func (s *Session) endLater(ctx context.Context, _ string) (string, error) {
	return s.respan(ctx, func(ws []articles.Span, at articles.Span) articles.Span {
		for _, w := range ws {
			if w.Start >= at.End {
				at.End = w.End
				break
			}
		}
		return at
	})
}

func (s *Session) endEarlier(ctx context.Context, _ string) (string, error) {
	return s.respan(ctx, func(ws []articles.Span, at articles.Span) articles.Span {
		end := at.End
		for _, w := range ws {
			if w.Start >= at.Start && w.End < end {
				at.End = w.End
			}
		}
		return at
	})
}

// respan gives the current mark the span that to makes of it and the words of its block.
func (s *Session) respan(ctx context.Context, to func([]articles.Span, articles.Span) articles.Span) (string, error) {
	m, ok := s.page.current()
	if !ok {
		return "", quiet("Go to a name or quote first; . goes to the next.")
	}
	now := m.Span
	for _, b := range s.page.blocks {
		if b.Overlaps(m.Span) {
			var ws []articles.Span
			for _, t := range segment.Split(b.In(s.page.a.Text), nil).Tokens {
				if t.Kind == annotate.Word || t.Kind == annotate.Number {
					ws = append(ws, t.Shift(b.Start))
				}
			}
			now = to(ws, m.Span)
			break
		}
	}
	if now == m.Span {
		return "", quiet("No word more, none less.")
	}
	return s.decide(ctx, review.Edit{Verb: annotate.Respan, Targets: m.target(), To: now})
}

// everywhere makes every place of the current name one kind.
func (s *Session) everywhere(ctx context.Context, kind string) (string, error) {
	m, ok := s.page.current()
	if !ok || m.entity == nil {
		return "", quiet("Go to a name first; . goes to the next.")
	}
	if kind == "" {
		kind = string(m.entity.Type)
	}
	c := review.Edit{Verb: annotate.Add, Value: kind, Here: true}
	for _, at := range findAll(s.page.a.Text, m.In(s.page.a.Text)) {
		if review.Bounded(s.page.a.Text, at) {
			c.Targets = append(c.Targets, review.Target{Kind: annotate.OfMention, Span: at})
		}
	}
	return s.decide(ctx, c)
}

// alike confirms all mentions of whom the current name names.
func (s *Session) alike(ctx context.Context, _ string) (string, error) {
	m, ok := s.page.current()
	if !ok || m.entity == nil {
		return "", quiet("Go to a name first; . goes to the next.")
	}
	c := review.Edit{Verb: annotate.Confirm}
	for _, o := range m.entity.Mentions {
		c.Targets = append(c.Targets, review.Target{Kind: annotate.OfMention, Span: o.Span})
	}
	return s.decide(ctx, c)
}

// history lists who decided what.
func (s *Session) history(ctx context.Context, _ string) (string, error) {
	events, err := s.svc.Desk.History(ctx, s.page.a)
	if err != nil {
		return "", err
	}
	if len(events) == 0 {
		return "", quiet("Nothing was decided on this article yet.")
	}
	var b strings.Builder
	for _, e := range events {
		undone := ""
		if e.Undone {
			undone = ", undone"
		}
		fmt.Fprintf(&b, "%s, %s: %s%s\n", e.At.Local().Format("2 January 15:04"), clean.Line(e.Who), clean.Line(e.Did), undone)
	}
	return b.String(), nil
}

// cue gives the current quote the words that lead it in.
func (s *Session) cue(ctx context.Context, words string) (string, error) {
	m, ok := s.page.current()
	if !ok || m.quote == nil {
		return "", quiet("Go to a quote first; } goes to the next.")
	}
	c := review.Edit{Verb: annotate.Cue, Targets: m.target()}
	if words != "" {
		var err error
		if c.To, err = s.page.words(words); err != nil {
			return "", err
		}
	}
	return s.decide(ctx, c)
}
