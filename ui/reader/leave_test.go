package reader_test

import (
	"context"
	"math/rand/v2"
	"reflect"
	"testing"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui"
	"byline/ui/reader"
)

// A slow workspace answers when it is told to.
type slow struct {
	*ledger
	layers chan struct{} // lets a layer go; nil for at once
	edits  chan struct{} // lets an edit go; nil for at once
	ended  chan error    // why a layer was given up
}

func (w *slow) Layer(ctx context.Context, a *articles.Article) (*annotate.Layer, error) {
	if w.layers == nil {
		return w.ledger.Layer(ctx, a)
	}
	select {
	case <-ctx.Done():
		w.ended <- ctx.Err()
		return nil, ctx.Err()
	case <-w.layers:
		return w.ledger.Layer(ctx, a)
	}
}

func (w *slow) Edit(ctx context.Context, a *articles.Article, c review.Edit) (*annotate.Layer, string, error) {
	if w.edits != nil {
		<-w.edits
	}
	if err := ctx.Err(); err != nil {
		return nil, "", err
	}
	return w.ledger.Edit(ctx, a, c)
}

// all runs what cmd yields, each command on a goroutine of its own as the program does, and
// gives the messages to s.
func all(s *reader.Screen, cmd tea.Cmd) { allTold(s, cmd, func(tea.Msg) {}) }

// allTold is all, with the messages that are for the program given to told.
func allTold(s *reader.Screen, cmd tea.Cmd, told func(tea.Msg)) {
	if cmd == nil {
		return
	}
	msg := cmd()
	if v := reflect.ValueOf(msg); v.IsValid() && v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
		for i := range v.Len() {
			allTold(s, v.Index(i).Interface().(tea.Cmd), told)
		}
		return
	}
	switch msg.(type) {
	case nil, ui.ToastMsg, ui.ChangedMsg, ui.ErrMsg:
		told(msg)
	default:
		allTold(s, s.Update(msg), told)
	}
}

func newSlow() *slow {
	l := &ledger{workspace: workspace{layer: layer()}, ids: review.IDs{Random: rand.NewChaCha8([32]byte{})}}
	l.now = review.Apply(story, l.layer, nil)
	return &slow{ledger: l, ended: make(chan error, 1)}
}

func openWith(w reader.Workspace) (*reader.Screen, tea.Cmd) {
	lib := &stock{pos: library.Position{Cursor: -1}}
	s := reader.New(context.Background(), reader.Services{Library: lib, Keeper: lib, Workspace: w}, reader.Options{Panel: true})
	s.Update(tea.WindowSizeMsg{Width: 110, Height: 24})
	return s, s.Open(reader.Request{ID: "a", Offset: -1})
}

// Leaving gives up what the screen asked for.
func TestLeavingCancels(t *testing.T) {
	t.Parallel()
	w := newSlow()
	w.layers = make(chan struct{})
	s, open := openWith(w)
	asks := s.Update(open()) // the article is there; the layer is to be asked for
	s.Close()
	all(s, asks)
	if err := <-w.ended; err != context.Canceled {
		t.Errorf("the layer: %v", err)
	}
}

// Leaving does not give up what was decided: the one on its way, nor those queued.
func TestLeavingKeepsDecisions(t *testing.T) {
	t.Parallel()
	w := newSlow()
	s, open := openWith(w)
	all(s, open)
	w.edits = make(chan struct{})
	press(t, s, "reader.next")
	first := press(t, s, "reader.confirm")
	press(t, s, "reader.next")
	press(t, s, "reader.reject") // waits for the first
	landed := make(chan struct{})
	go func() { // the program's goroutine; its answer finds the screen gone
		defer close(landed)
		var run func(tea.Cmd)
		run = func(cmd tea.Cmd) {
			if cmd == nil {
				return
			}
			if batch, ok := cmd().(tea.BatchMsg); ok {
				for _, c := range batch {
					run(c)
				}
			}
		}
		run(first)
	}()
	left := s.Close()
	go func() { w.edits <- struct{}{}; w.edits <- struct{}{} }()
	all(s, left)
	<-landed
	if n, said := w.step(); n != 2 || said != "reject [Orrin Bay Courier] → [] organization" {
		t.Errorf("%d steps, the last %q", n, said)
	}
}

// What was asked for ends with the reader who asked: it opens nothing over another screen.
func TestLeavingDropsWhatItWouldOpen(t *testing.T) {
	t.Parallel()
	asked := make(chan struct{})
	waits := func(ctx context.Context) tea.Cmd {
		return func() tea.Msg {
			asked <- struct{}{}
			<-ctx.Done()
			return ui.ChooseMsg{Title: "late"}
		}
	}
	lib := &stock{pos: library.Position{Cursor: -1}}
	for _, key := range []ui.Action{"reader.versions", "reader.export", "reader.tags"} {
		s := reader.New(context.Background(), reader.Services{
			Library: lib, Keeper: lib, Workspace: newSlow(),
			Versions: func(ctx context.Context, _ *articles.Article, _ func(int) tea.Cmd) tea.Cmd { return waits(ctx) },
			Export:   func(ctx context.Context, _ *articles.Article, _ bool) tea.Cmd { return waits(ctx) },
			Tags:     func(ctx context.Context, _ string) tea.Cmd { return waits(ctx) },
		}, reader.Options{})
		s.Update(tea.WindowSizeMsg{Width: 110, Height: 24})
		all(s, s.Open(reader.Request{ID: "a", Offset: -1}))
		cmd, answer := press(t, s, key), make(chan tea.Msg)
		go func() { answer <- cmd() }()
		<-asked
		s.Close()
		if msg := <-answer; msg != nil {
			t.Errorf("%s opens %+v", key, msg)
		}
	}
}
