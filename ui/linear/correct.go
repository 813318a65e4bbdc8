package linear

import (
	"context"
	"fmt"
	"strings"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/articles"
	"byline/articles/clean"
)

// decide does a change and says what it did, and what stands at its target then.
func (s *Session) decide(ctx context.Context, c review.Edit) (string, error) {
	l, did, err := s.svc.Desk.Decide(ctx, s.page.a, c)
	if err != nil {
		return "", err
	}
	s.page.take(l)
	answer := clean.Line(did) + "\n"
	if len(c.Targets) == 0 {
		return answer, nil
	}
	for _, m := range s.page.marks {
		if m.Span == c.Targets[0].Span && m.kind() == c.Targets[0].Kind {
			s.page.cur = m.Span
			answer += m.spoken(s.page.a, l) + "\n"
			break
		}
	}
	return answer, nil
}

// onCurrent does a change to the mark that the reader is at.
func (s *Session) onCurrent(ctx context.Context, verb annotate.Verb) (string, error) {
	m, ok := s.page.current()
	if !ok {
		return "", quiet("Go to a name or quote first; . goes to the next.")
	}
	return s.decide(ctx, review.Edit{Verb: verb, Targets: m.target()})
}

func (m mark) kind() annotate.Kind {
	if m.quote != nil {
		return annotate.OfQuote
	}
	return annotate.OfMention
}

func (m mark) target() []review.Target {
	return []review.Target{{Kind: m.kind(), Span: m.Span}}
}

func (s *Session) confirm(ctx context.Context, _ string) (string, error) {
	return s.onCurrent(ctx, annotate.Confirm)
}

func (s *Session) confirmNext(ctx context.Context, _ string) (string, error) {
	return s.decideNext(ctx, annotate.Confirm)
}

func (s *Session) rejectNext(ctx context.Context, _ string) (string, error) {
	return s.decideNext(ctx, annotate.Reject)
}

func (s *Session) decideNext(ctx context.Context, v annotate.Verb) (string, error) {
	answer, err := s.onCurrent(ctx, v)
	if err != nil {
		return answer, err
	}
	next, err := s.unreviewed(ctx, "")
	return answer + next, err
}

func (s *Session) reject(ctx context.Context, _ string) (string, error) {
	return s.onCurrent(ctx, annotate.Reject)
}

func (s *Session) undo(ctx context.Context, _ string) (string, error) {
	return s.decide(ctx, review.Edit{Verb: annotate.Undo})
}

func (s *Session) redo(ctx context.Context, _ string) (string, error) {
	return s.decide(ctx, review.Edit{Verb: annotate.Redo})
}

func (s *Session) person(ctx context.Context, words string) (string, error) {
	return s.name(ctx, words, review.Edit{Value: string(annotate.Person)})
}

func (s *Session) organization(ctx context.Context, words string) (string, error) {
	return s.name(ctx, words, review.Edit{Value: string(annotate.Organization)})
}

func (s *Session) personHere(ctx context.Context, words string) (string, error) {
	return s.name(ctx, words, review.Edit{Value: string(annotate.Person), Here: true})
}

func (s *Session) organizationHere(ctx context.Context, words string) (string, error) {
	return s.name(ctx, words, review.Edit{Value: string(annotate.Organization), Here: true})
}

func (s *Session) label(ctx context.Context, label string) (string, error) {
	if label == "" {
		return "", quiet("Say which label: t LABEL.")
	}
	return s.name(ctx, "", review.Edit{Value: label})
}

// name gives the current mention, or words of the paragraph, the type in c.
func (s *Session) name(ctx context.Context, words string, c review.Edit) (string, error) {
	if words == "" {
		m, ok := s.page.current()
		if !ok || m.entity == nil {
			return "", quiet("Go to a name first, or give the words: p WORDS.")
		}
		c.Verb, c.Targets = annotate.Relabel, m.target()
		return s.decide(ctx, c)
	}
	at, err := s.page.words(words)
	if err != nil {
		return "", err
	}
	c.Verb, c.Targets = annotate.Add, []review.Target{{Kind: annotate.OfMention, Span: at}}
	for _, m := range s.page.marks {
		if m.Span == at && m.entity != nil {
			c.Verb = annotate.Relabel
		}
	}
	return s.decide(ctx, c)
}

// words finds words where the reader is: in the paragraph, else further on, else
// anywhere.
func (p *page) words(words string) (articles.Span, error) {
	found := findAll(p.a.Text, words)
	if len(found) == 0 {
		return articles.Span{}, quiet("The article does not have %q.", clean.Line(words))
	}
	for _, at := range found {
		if at.Start >= p.blocks[p.at].Start {
			return at, nil
		}
	}
	return found[0], nil
}

// speaker attributes the current quote to who has the name.
func (s *Session) speaker(ctx context.Context, name string) (string, error) {
	m, ok := s.page.current()
	if !ok || m.quote == nil {
		return "", quiet("Go to a quote first; } goes to the next.")
	}
	if name == "" {
		return "", quiet("Say who: @ NAME.")
	}
	if name == "nobody" {
		return s.decide(ctx, review.Edit{Verb: annotate.Attribute, Targets: m.target()})
	}
	e, err := s.page.named(name)
	if err != nil {
		return "", err
	}
	return s.decide(ctx, review.Edit{Verb: annotate.Attribute, Targets: m.target(), To: e.Mentions[0].Span})
}

// named returns the one entity that has a form with name in it.
func (p *page) named(name string) (*annotate.Entity, error) {
	var found []*annotate.Entity
	var names []string
	for i := range p.layer.Entities {
		e := &p.layer.Entities[i]
		if strings.EqualFold(e.Name, name) {
			return e, nil
		}
		if containsFold(strings.Join(formsOf(e, p.a.Text), "\n"), name) {
			found = append(found, e)
			names = append(names, clean.Line(e.Name))
		}
	}
	switch len(found) {
	case 0:
		return nil, quiet("Nobody here has the name %q; p %s adds a person.", clean.Line(name), clean.Line(name))
	case 1:
		return found[0], nil
	}
	return nil, quiet("Which one: %s?", strings.Join(names, ", "))
}

func (s *Session) export(ctx context.Context, to string) (string, error) {
	if to == "" {
		return "", quiet("Say where to: e FILE, with a name in .json, .jsonl, .md, .csv or .ann.")
	}
	if err := s.svc.Export(ctx, s.page.a, to); err != nil {
		return "", err
	}
	return fmt.Sprintf("Written to %s.", clean.Line(to)), nil
}

func (s *Session) finish(ctx context.Context, _ string) (string, error) {
	st, say := library.Done, "Done."
	if s.page.done {
		st, say = library.Unread, "Unread again."
	}
	if err := s.svc.Keeper.SetStatus(ctx, s.page.a.ID, st); err != nil {
		return "", err
	}
	s.page.done = !s.page.done
	return say, nil
}
