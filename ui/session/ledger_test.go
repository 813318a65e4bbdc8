package session_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui/session"
)

const story = `Marta Quill, who ran the Orrin Bay Courier for thirty years, sold its press on Monday to Halden Media.

“We sold the press,” she said, “not the paper.”

Tom Ferris, of Ferris & Sons, called the sale sad. Quill did not answer him.`

// span returns the n-th place of words in the story, counted from 0.
func span(words string, n int) articles.Span {
	from := 0
	for ; n > 0; n-- {
		from += strings.Index(story[from:], words) + len(words)
	}
	i := from + strings.Index(story[from:], words)
	return articles.Span{Start: i, End: i + len(words)}
}

func article() *articles.Article {
	a := &articles.Article{ID: "a", Title: "The Press at Orrin Bay", Text: story}
	off := 0
	for p := range strings.SplitSeq(story, "\n\n") {
		a.Blocks = append(a.Blocks, articles.Block{Span: articles.Span{Start: off, End: off + len(p)}})
		off += len(p) + 2
	}
	return a
}

func layer() *annotate.Layer {
	mention := func(typ annotate.Type, form annotate.Form, words string, n int) annotate.Mention {
		return annotate.Mention{Span: span(words, n), Form: form, Type: typ, Origin: annotate.Origin{Stage: "names", Score: .9}}
	}
	p, o := annotate.Person, annotate.Organization
	return &annotate.Layer{
		Entities: []annotate.Entity{
			{ID: "e1", Type: p, Name: "Marta Quill", Mentions: []annotate.Mention{
				mention(p, annotate.Name, "Marta Quill", 0), mention(p, annotate.Pronoun, "she", 0), mention(p, annotate.Name, "Quill", 1)}},
			{ID: "e2", Type: o, Name: "Orrin Bay Courier", Mentions: []annotate.Mention{mention(o, annotate.Name, "Orrin Bay Courier", 0)}},
			{ID: "e3", Type: o, Name: "Halden Media", Mentions: []annotate.Mention{mention(o, annotate.Name, "Halden Media", 0)}},
			{ID: "e4", Type: p, Name: "Tom Ferris", Mentions: []annotate.Mention{mention(p, annotate.Name, "Tom Ferris", 0)}},
		},
		Quotes: []*annotate.Quote{
			{Span: span("“We sold the press,”", 0), Type: annotate.Direct, Speaker: "e1", SpeakerMention: span("she", 0), Origin: annotate.Origin{Stage: "quotes", Score: .8}},
			{Span: span("“not the paper.”", 0), Type: annotate.Direct, Speaker: "e1", Origin: annotate.Origin{Stage: "quotes", Score: .5}},
		},
	}
}

var errFull = errors.New("the disk is full")

// A ledger is a workspace with a log in memory.
type ledger struct {
	mu     sync.Mutex
	ids    review.IDs
	all    []annotate.Decision
	now    review.Result
	full   bool            // nothing can be written
	fails  error           // of Layer; may be nil
	gone   error           // of Orphans; may be nil
	before func()          // called before a decision is written; may be nil
	ctx    context.Context // of the last call
}

func newLedger() *ledger {
	l := &ledger{ids: review.IDs{Random: rand.NewChaCha8([32]byte{})}}
	l.now = review.Apply(story, layer(), nil)
	return l
}

func (l *ledger) Layer(ctx context.Context, _ *articles.Article) (*annotate.Layer, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ctx = ctx
	if l.fails != nil {
		return nil, l.fails
	}
	return l.now.Layer, ctx.Err()
}

func (l *ledger) Edit(ctx context.Context, a *articles.Article, c review.Edit) (*annotate.Layer, string, error) {
	if l.before != nil {
		l.before()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ctx = ctx
	if l.full {
		return nil, "", errFull
	}
	if err := ctx.Err(); err != nil {
		return nil, "", err
	}
	now := time.Date(2026, 3, 9, 17, 0, len(l.all), 0, time.UTC)
	w := review.Writer{Signature: review.Signature{Who: "ann", Now: now, NewID: func() string { return l.ids.Next(now) }}, Text: a.Text, Shown: &l.now}
	ds := w.Write(c)
	said := l.now.Say(ds)
	l.all = append(l.all, ds...)
	l.now = review.Apply(a.Text, layer(), l.all)
	return l.now.Layer, said, nil
}

func (l *ledger) Orphans(context.Context, *articles.Article) ([]annotate.Decision, error) {
	return l.now.Orphans, l.gone
}

func (l *ledger) History(ctx context.Context, _ *articles.Article) ([]review.Event, error) {
	l.ctx = ctx
	return l.now.History(), ctx.Err()
}

// log returns what was decided: "confirm Marta Quill".
func (l *ledger) log() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []string
	for _, d := range l.all {
		out = append(out, fmt.Sprintf("%s %s", d.Verb, d.Target.Exact))
	}
	return out
}

// open returns a session on the story, of which all is in view.
func open(t *testing.T) (*session.Session, *ledger) {
	t.Helper()
	l := newLedger()
	s := session.New(l, session.Options{})
	if err := s.Open(t.Context(), article()); err != nil {
		t.Fatal(err)
	}
	s.See(session.View{Span: articles.Span{End: len(story)}})
	return s, l
}

// do does the actions of these names, one after the other, and returns the last effect.
func do(t *testing.T, s *session.Session, names ...session.Name) session.Effect {
	t.Helper()
	var e session.Effect
	for _, name := range names {
		var err error
		if e, err = s.Do(t.Context(), session.Action{Name: name}); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if e.None == session.Unknown {
			t.Fatalf("no action %s", name)
		}
	}
	return e
}

// at returns the words of the current claim.
func at(s *session.Session) string {
	c, ok := s.Current()
	if !ok {
		return ""
	}
	return c.In(story)
}
