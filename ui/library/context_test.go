package library_test

import (
	"context"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	words "byline/annotate/library"
	"byline/articles"
	"byline/ui"
	"byline/ui/library"
)

// slow is a store on which every request lasts until its context ends, and a change until it is
// released.
type slow struct {
	*store
	asked   chan string // requests, once they run
	through chan struct{}
	changed error // the error of a change's context when it was released
}

func newSlow() *slow {
	return &slow{newStore(), make(chan string), make(chan struct{}), nil}
}

func (s *slow) wait(ctx context.Context, what string) error {
	s.asked <- what
	<-ctx.Done()
	return ctx.Err()
}

func (s *slow) Entries(ctx context.Context) ([]words.Entry, error) {
	return nil, s.wait(ctx, "entries")
}
func (s *slow) Entry(ctx context.Context, id string) (words.Entry, error) {
	return words.Entry{}, s.wait(ctx, id)
}
func (s *slow) Search(ctx context.Context, q string, _ int) ([]words.Hit, error) {
	return nil, s.wait(ctx, q)
}

func (s *slow) SetStatus(ctx context.Context, id string, st words.Status) error {
	s.asked <- "status"
	<-s.through
	s.changed = ctx.Err()
	return s.store.SetStatus(ctx, id, st)
}

func (s *slow) glimpse(ctx context.Context, id string) (*articles.Article, *annotate.Layer, error) {
	return nil, nil, s.wait(ctx, id)
}

// begin runs the commands in cmd and returns their messages, once the request named what is
// running.
func (s *slow) begin(t *testing.T, cmd tea.Cmd, what string) <-chan tea.Msg {
	t.Helper()
	out := make(chan tea.Msg, 8)
	var all func(tea.Cmd)
	all = func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		switch msg := cmd().(type) {
		case tea.BatchMsg:
			for _, c := range msg {
				go all(c)
			}
		default:
			out <- msg
		}
	}
	go all(cmd)
	if got := <-s.asked; got != what {
		t.Fatalf("%q was asked, not %q", got, what)
	}
	return out
}

// answer returns a command's message, and fails the test if it takes long.
func answer(t *testing.T, from <-chan tea.Msg) tea.Msg {
	t.Helper()
	select {
	case msg := <-from:
		return msg
	case <-time.After(time.Minute):
		t.Fatal("what is asked goes on")
		return nil
	}
}

func (s *slow) screen() *library.Screen {
	l := library.New(context.Background(), s, s, "2 Jan 2006")
	l.SetClock(at)
	return l
}

func act(l *library.Screen, a ui.Action) tea.Cmd {
	cmd, _ := ui.Act(a, l.Scopes())
	return cmd
}

func letter(l *library.Screen, r rune) tea.Cmd {
	cmd, _, _ := ui.Route(tea.KeyPressMsg{Code: r, Text: string(r)}, l.Scopes())
	return cmd
}

func TestNewRequestCancelsOldOne(t *testing.T) {
	t.Parallel()
	s := newSlow()
	l := s.screen()
	first := s.begin(t, l.Load(), "entries")
	second := s.begin(t, l.Load(), "entries")
	if cmd := l.Update(answer(t, first)); cmd != nil || l.Ready() {
		t.Error("an answer that nobody waits for was taken")
	}
	act(l, search)
	first = s.begin(t, letter(l, 'a'), "a")
	third := s.begin(t, letter(l, 'b'), "ab")
	if cmd := l.Update(answer(t, first)); cmd != nil {
		t.Errorf("a search that was replaced is reported: %v", cmd())
	}
	l.Close()
	answer(t, second)
	answer(t, third)
}

func TestLeavingCancelsRequests(t *testing.T) {
	t.Parallel()
	s := newSlow()
	l := s.screen()
	entries := s.begin(t, l.Load(), "entries")
	act(l, search)
	hits := s.begin(t, letter(l, 'a'), "a")
	l.Close()
	for _, msg := range []tea.Msg{answer(t, entries), answer(t, hits)} {
		if cmd := l.Update(msg); cmd != nil || l.Ready() {
			t.Error("a screen that was left took an answer")
		}
	}
}

func TestMovingCancelsPreview(t *testing.T) {
	t.Parallel()
	s := newSlow()
	l := library.New(context.Background(), s.store, s, "2 Jan 2006")
	l.SetClock(at)
	l.Preview(s.glimpse)
	l.Update(tea.WindowSizeMsg{Width: 140, Height: 24})
	for _, msg := range yield(l.Load()) {
		l.Update(msg)
	}
	l.View(140, 24)
	var cmd tea.Cmd
	for _, msg := range yield(act(l, down)) { // the cursor rests
		cmd = tea.Batch(cmd, l.Update(msg))
	}
	look := s.begin(t, cmd, "id1")
	l.View(140, 24)
	act(l, down)
	if msg := answer(t, look); msg != nil {
		t.Errorf("the look into an article that is left answers %v", msg)
	}
}

func TestAChangeIsNotCutOff(t *testing.T) {
	t.Parallel()
	s := newSlow()
	l := library.New(context.Background(), s.store, s, "2 Jan 2006")
	run(l, l.Load())
	out := s.begin(t, act(l, "library.done"), "status")
	l.Close()
	close(s.through)
	for {
		toast, ok := answer(t, out).(ui.ToastMsg)
		if !ok {
			continue
		}
		if s.changed != nil || toast.Text != "Marked as done: The press is sold" {
			t.Errorf("leaving cut a change off: %v, %q", s.changed, toast.Text)
		}
		break
	}
	if s.entries[0].Status != words.Done {
		t.Error("the article is not done")
	}
}

// Keys after a query wait for its hits, and an arrow before them moves nothing: neither is about what was listed
// before.
func TestKeysWaitForHits(t *testing.T) {
	t.Parallel()
	l := newScreen(newStore())
	run(l, l.Load())
	l.View(80, 24)
	press(l, search)
	running := letter(l, 'h')
	if !l.Ready() {
		t.Error("the field takes no letters while a search runs")
	}
	if msgs := yield(act(l, "typing.down")); len(msgs) != 1 || msgs[0] != (ui.ToastMsg{Text: "Still searching"}) {
		t.Errorf("an arrow before the hits gives %v", msgs)
	}
	act(l, "typing.keep")
	if l.Ready() {
		t.Error("keys do not wait for the hits")
	}
	run(l, running)
	if !l.Ready() {
		t.Error("keys wait though the hits are there")
	}
}
