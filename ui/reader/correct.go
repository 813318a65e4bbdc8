package reader

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui"
)

// A job is one keypress's work for the desk, done when those before it are.
type job struct {
	change review.Change
	on     bool // and on to the next claim to review
	look   bool // for what was decided elsewhere, rather than to change anything
}

func (s *Screen) handleCorrect(a ui.Action) (tea.Cmd, bool) {
	switch a {
	case Confirm:
		return s.confirm(), true
	case ConfirmNext:
		return s.decideNext(annotate.Confirm), true
	case RejectNext:
		return s.decideNext(annotate.Reject), true
	case Reject:
		return s.decide(review.Change{Verb: annotate.Reject}), true
	case AsPerson:
		return s.label(annotate.Person, false), true
	case AsOrg:
		return s.label(annotate.Organization, false), true
	case PersonHere:
		return s.label(annotate.Person, true), true
	case OrgHere:
		return s.label(annotate.Organization, true), true
	case Select:
		return s.startSelection(), true
	case UndoStep:
		return s.enqueue(review.Change{Verb: annotate.Undo}), true
	case RedoStep:
		return s.enqueue(review.Change{Verb: annotate.Redo}), true
	}
	for _, l := range s.opts.Labels {
		if a == labelAction(l) {
			return s.label(annotate.Type(l.Name), false), true
		}
	}
	return nil, false
}

// targets returns what a decision is about: all that the panel's row stands for
// while the panel has the keys, else the current claim.
func (s *Screen) targets() []review.Target {
	c, ok := s.target()
	if !ok {
		return nil
	}
	r, inRow := s.panel.current()
	if !s.panel.focus || !inRow || c.kind() != annotate.OfMention || r.entity != c.entity {
		return []review.Target{{Kind: c.kind(), Span: c.Span}}
	}
	var out []review.Target
	for _, m := range s.scene.layer.Entities[r.entity].Mentions {
		if r.form == "" || oneLine(m.In(s.article.Text)) == r.form {
			out = append(out, review.Target{Kind: annotate.OfMention, Span: m.Span})
		}
	}
	return out
}

func (s *Screen) confirm() tea.Cmd { return s.decide(review.Change{Verb: annotate.Confirm}) }

// decideNext confirms or rejects and goes on to the next claim that nobody reviewed, past
// the current one, which is about to be.
func (s *Screen) decideNext(v annotate.Verb) tea.Cmd {
	c, ok := s.target()
	if !ok {
		return s.goOn(articles.Span{})
	}
	return tea.Batch(s.decide(review.Change{Verb: v}), s.goOn(c.Span))
}

// decide makes a decision about the current targets.
func (s *Screen) decide(c review.Change) tea.Cmd {
	if c.Targets = s.targets(); len(c.Targets) == 0 {
		return ui.Tell("nothing under the cursor: {reader.next} goes to the next name or quote")
	}
	return s.enqueue(c)
}

// label gives the selection, or the current name, a type.
func (s *Screen) label(typ annotate.Type, here bool) tea.Cmd {
	if s.sel.on {
		span := s.sel.span
		s.drop()
		s.cur = cursor{at: -1, kind: annotate.OfMention, span: span}
		return s.enqueue(review.Change{Verb: annotate.Add, Value: string(typ), Here: here, Targets: []review.Target{{Kind: annotate.OfMention, Span: span}}})
	}
	c, ok := s.target()
	switch {
	case !ok:
		return ui.Tell(fmt.Sprintf("nothing under the cursor: select words with {reader.select}, then mark them as %s", article(typ)))
	case c.kind() == annotate.OfQuote:
		return ui.Tell("a quote has no kind; {reader.select} selects a name in it")
	}
	return s.decide(review.Change{Verb: annotate.Relabel, Value: string(typ), Here: here})
}

// article returns typ with its indefinite article.
func article(typ annotate.Type) string {
	if strings.ContainsRune("aeiouAEIOU", []rune(string(typ) + "x")[0]) {
		return "an " + string(typ)
	}
	return "a " + string(typ)
}

func (s *Screen) enqueue(c review.Change) tea.Cmd { return s.put(job{change: c}) }

// put gives the desk a job, behind those that it has.
func (s *Screen) put(j job) tea.Cmd {
	s.habit.note(j.change)
	if moves(j.change.Verb) {
		s.load.moving++
	}
	s.load.queue = append(s.load.queue, j)
	return s.work()
}

// moves reports whether a decision may leave another claim under the cursor.
func moves(v annotate.Verb) bool {
	return v == annotate.Undo || v == annotate.Redo || v == annotate.Add || v == annotate.Respan
}

// work starts the next job. Nothing is decided before the whole layer is there:
// the log is part of it.
func (s *Screen) work() tea.Cmd {
	if s.load.busy || !s.load.layer || len(s.load.queue) == 0 {
		return nil
	}
	j := s.load.queue[0]
	s.load.queue = s.load.queue[1:]
	s.load.busy = true
	t, d, a := s.ticket(), s.svc.Desk, s.article
	if j.look {
		shown := s.scene.layer
		return func() tea.Msg { return look(d, a, shown, t) }
	}
	return func() tea.Msg {
		l, toast, err := d.Decide(context.Background(), a, j.change)
		msg := layerMsg{ticket: t, done: true, whole: true, moved: moves(j.change.Verb), on: j.on, toast: toast, err: err}
		if l != nil {
			msg.scene = newScene(l)
		}
		return msg
	}
}

// again looks for decisions that were made elsewhere, in the order of our own.
func (s *Screen) again() tea.Cmd {
	if !s.load.layer || slices.ContainsFunc(s.load.queue, func(j job) bool { return j.look }) {
		return nil
	}
	s.load.queue = append(s.load.queue, job{look: true})
	return s.work()
}

// look returns the layer of a where it is another one than what is shown. An article
// whose text is another by now stays as it is until it is opened again.
func look(d Desk, a *articles.Article, shown *annotate.Layer, t ticket) layerMsg {
	msg := layerMsg{ticket: t, done: true}
	if l, err := d.Layer(context.Background(), a); err == nil && l != shown {
		msg.scene, msg.whole, msg.toast = newScene(l), true, "decided elsewhere: the marks are as they are now"
	}
	return msg
}
