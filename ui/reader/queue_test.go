package reader_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui"
	"byline/ui/app"
	"byline/ui/reader"
	"byline/ui/uitest"
)

// shelf holds the story under many names.
type shelf struct{ stock }

func (l *shelf) Article(ctx context.Context, id string) (*articles.Article, error) {
	a, err := l.stock.Article(ctx, id)
	a.ID, a.Title = id, "Story "+id
	return a, err
}

// queues runs a review of the articles a and b, of which b has the least certain claim. Those broken have no layer when they are opened.
func queues(t *testing.T, broken ...string) (*uitest.Screen, map[string]*ledger, *string) {
	t.Helper()
	return queuesOf(t, &shelf{stock{pos: library.Position{Cursor: -1}}}, broken...)
}

// queuesOf is queues of the articles of a library.
func queuesOf(t *testing.T, lib interface {
	reader.Library
	reader.Keeper
}, broken ...string) (*uitest.Screen, map[string]*ledger, *string) {
	t.Helper()
	workspaces, saved := map[string]*ledger{}, new(string)
	for _, id := range []string{"a", "b"} {
		d := &ledger{workspace: workspace{layer: layer()}, ids: review.IDs{Random: rand.NewChaCha8([32]byte{})}}
		if id == "b" {
			d.layer.Quotes[0].Origin.Score = .3
		}
		d.now = review.Apply(story, d.layer, nil)
		d.broken = slices.Contains(broken, id)
		workspaces[id] = d
	}
	clock := time.Date(2026, 3, 9, 17, 0, 0, 0, time.UTC)
	r := reader.NewQueue(context.Background(), reader.QueueServices{
		Open: func(ctx context.Context, id string) (*articles.Article, *annotate.Layer, error) {
			a, err := lib.Article(ctx, id)
			return a, workspaces[id].now.Layer, err
		},
		Reader: func() *reader.Screen {
			return reader.New(context.Background(), reader.Services{Library: lib, Keeper: lib, Workspace: both(workspaces)}, reader.Options{Panel: true})
		},
		Now:  func() time.Time { clock = clock.Add(time.Second); return clock },
		Save: func(path string, data []byte) tea.Cmd { *saved = string(data); return ui.Tell("saved " + path) },
	}, []string{"a", "b"})
	m, err := app.New(app.Options{Start: r.Start}, r)
	if err != nil {
		t.Fatal(err)
	}
	s, _ := uitest.Start(t, m, 120, 30)
	return s, workspaces, saved
}

// both is a workspace of many articles.
type both map[string]*ledger

func (b both) Who() string { return "ann" }

func (b both) Glance(ctx context.Context, a *articles.Article, s articles.Span) *annotate.Layer {
	return b[a.ID].Glance(ctx, a, s)
}
func (b both) Layer(ctx context.Context, a *articles.Article) (*annotate.Layer, error) {
	if b[a.ID].broken {
		return nil, errors.New("no layer")
	}
	return b[a.ID].Layer(ctx, a)
}
func (b both) Edit(ctx context.Context, a *articles.Article, c review.Edit) (*annotate.Layer, string, error) {
	return b[a.ID].Edit(ctx, a, c)
}
func (b both) Orphans(context.Context, *articles.Article) ([]annotate.Decision, error) {
	return nil, nil
}
func (b both) History(context.Context, *articles.Article) ([]review.Event, error) { return nil, nil }

func TestQueueThroughArticles(t *testing.T) {
	t.Parallel()
	s, workspaces, saved := queues(t)
	s.Wait(t, "review 1 of 16")
	s.Wait(t, "byline › Story b")
	s.Wait(t, "suggested, 30%")
	for _, step := range []struct{ keys, shows string }{
		{"y", "review 2 of 16"}, {"X", "review 3 of 16"}, {"u", "review 2 of 16"}, {"y", "review 3 of 16"}, {"p", "review 3 of 16"}, {"a", "review 4 of 16"},
	} {
		s.Type(step.keys)
		s.Wait(t, step.shows)
	}
	if _, said := workspaces["b"].step(); said != "confirm [“We sold the press,”] → [] direct" {
		t.Error(said)
	}
	s.Type("yyyyy")
	s.Wait(t, "review 9 of 16")
	s.Type("qe")
	s.Wait(t, "Reviewed 7 of 16 suggestions")
	s.Wait(t, "Export to (.csv)")
	s.Type("\r")
	s.Wait(t, "saved review.csv")
	rows := strings.Split(strings.TrimSpace(*saved), "\n")
	if len(rows) != 9 || !strings.HasPrefix(rows[0], "article,title,kind,words,score,outcome,keys,seconds") || rows[1] != `b,Story b,quote,"“We sold the press,”",0.300,confirmed,1,1.00` || !strings.HasSuffix(rows[8], "confirmed,1,1.00") {
		t.Errorf("%d rows:\n%s", len(rows), *saved)
	}
}

// Undo takes back the latest decision, also one on another claim than the current item, before it
// goes to the item before.
func TestQueueUndoesTheLatest(t *testing.T) {
	t.Parallel()
	s, workspaces, _ := queues(t)
	s.Wait(t, "suggested, 30%")
	s.Type("y")
	s.Wait(t, "review 2 of 16")
	s.Wait(t, "Confirmed quote")
	s.Type("\t\r")
	s.Wait(t, "Confirmed “")
	s.Type(",later\r")
	s.Wait(t, "Added a note")
	for _, shows := range []string{"Undone: added a note", "Undone: confirmed “", "Undone: confirmed quote “We sold"} {
		s.Type("u")
		s.Wait(t, shows)
	}
	s.Wait(t, "review 1 of 16")
	for id, w := range workspaces {
		if _, said := w.step(); !strings.HasPrefix(said, "undo") {
			t.Errorf("%s: %s", id, said)
		}
	}
}

// At the summary, u goes back to what was decided last and takes that back; a digit is no count for the next key, and keys that decide say
// that nothing is left to decide.
func TestQueueSummary(t *testing.T) {
	t.Parallel()
	s, workspaces, _ := queues(t)
	s.Wait(t, "suggested, 30%")
	s.Type("yyyyy")
	s.Wait(t, "review 6 of 16")
	s.Type("q")
	s.Wait(t, "Reviewed 5 of 16 suggestions")
	for _, key := range []string{"3", "0", "y", "X", "D"} {
		s.Type(key)
		s.Wait(t, "The review is over; u goes back to the last one")
		s.Type("\x10") // the palette, which clears the line
		s.Wait(t, "Leave the review")
		s.Type("\x1b")
		s.Wait(t, "e export as CSV")
	}
	s.Type("u")
	s.Wait(t, "review 5 of 16")
	s.Wait(t, "Undone: confirmed")

	// What was decided beside the item on which the review ends is taken back first.
	s.Type("\t\r")
	s.Wait(t, "Confirmed “")
	s.Type("q")
	s.Wait(t, "Reviewed 4 of 16 suggestions")
	s.Type("u")
	s.Wait(t, "review 5 of 16")
	s.Wait(t, "Undone: confirmed “")

	// So is what was decided on it, without going on.
	s.Type("a")
	s.Wait(t, "review 6 of 16")
	s.Type("yyyyyyyyyyy")
	s.Wait(t, "Reviewed 15 of 16 suggestions")
	s.Type("u")
	s.Wait(t, "review 16 of 16")
	s.Wait(t, "Undone: confirmed")
	s.Type("q")
	s.Wait(t, "Reviewed 14 of 16 suggestions")
	undone := 0
	for _, w := range workspaces {
		w.mu.Lock()
		for _, d := range w.all {
			if d.Verb == annotate.Undo {
				undone++
			}
		}
		w.mu.Unlock()
	}
	if undone != 3 {
		t.Errorf("%d decisions were undone, not 3", undone)
	}
}

// Where nothing was decided there is nothing to go back to.
func TestQueueSummaryOfNothing(t *testing.T) {
	t.Parallel()
	s, _, _ := queues(t)
	s.Wait(t, "suggested, 30%")
	s.Type("q")
	s.Wait(t, "Reviewed 0 of 16 suggestions")
	s.Type("u")
	s.Wait(t, "Nothing was decided; q leaves")
	s.Type("\x10")
	s.Wait(t, "Leave the review")
	s.Type("\x1b")
	s.Wait(t, "e export as CSV")
	s.Type("7")
	s.Wait(t, "Nothing was decided; q leaves")
}

// An article that cannot be annotated any more is left out.
func TestQueueGoesOnWithoutALayer(t *testing.T) {
	t.Parallel()
	s, workspaces, _ := queues(t, "b")
	s.Wait(t, "byline › Story a")
	s.Wait(t, "review 2 of 16")
	s.Type("y")
	s.Wait(t, "Marta Quill · suggested, 80%")
	if n, _ := workspaces["a"].step(); n != 1 {
		t.Errorf("%d steps", n)
	}
}

// Where every decision goes on, it does so to the next of all articles.
func TestQueueGoesOnAfterEveryDecision(t *testing.T) {
	t.Parallel()
	s, _, _ := queues(t)
	s.Wait(t, "review 1 of 16")
	s.Type("\x07")
	s.Wait(t, "Every decision now goes on")
	for _, step := range []struct{ keys, shows string }{
		{"@2", "review 2 of 16"}, {"@2", "review 3 of 16"}, {"x", "review 4 of 16"}, {"~", "review 4 of 16"}, {"\r", "review 5 of 16"},
		{"y", "review 6 of 16"}, {"p", "review 7 of 16"},
	} {
		s.Type(step.keys)
		s.Wait(t, step.shows)
	}
	s.Type("q")
	s.Wait(t, "Reviewed 6 of 16 suggestions")
}

// What is out of view is not decided on in a review either, and Esc does not end it.
func TestQueueKeepsInView(t *testing.T) {
	t.Parallel()
	s, workspaces, _ := queues(t)
	s.Wait(t, "suggested, 30%")
	s.Type("\x1b")
	s.Until(t, "no claim", func() bool { return !strings.Contains(s.Text(), "suggested, 30%") })
	s.Type("\x1b")
	s.Wait(t, "Nothing to clear; q leaves")
	s.Type("a")
	s.Wait(t, "review 2 of 16")
	if n, _ := workspaces["b"].step(); n != 0 {
		t.Errorf("%d steps", n)
	}
}

// duties is a library in which all is assigned in a set, with the statuses that were stored.
type duties struct {
	shelf
	stored chan string
}

func (d *duties) Duty(context.Context, string) (library.Duty, error) {
	return library.Duty{Sets: []library.DutySet{{Name: "May"}}}, nil
}
func (d *duties) See(library.View) {}
func (d *duties) SetStatus(_ context.Context, id string, st library.Status) error {
	d.stored <- id + " " + string(st)
	return nil
}

// D in a review stores how far somebody has come once that is in the log, and nothing where that is refused.
func TestQueueDone(t *testing.T) {
	t.Parallel()
	for _, refuses := range []error{nil, library.ErrDone} {
		lib := &duties{shelf{stock{pos: library.Position{Cursor: -1}}}, make(chan string, 9)}
		s, workspaces, _ := queuesOf(t, lib)
		s.Wait(t, "review 1 of 16")
		s.Type("D")
		s.Wait(t, "Nothing is reviewed yet")
		workspaces["b"].mu.Lock()
		workspaces["b"].refuses = refuses
		workspaces["b"].mu.Unlock()
		s.Type("D")
		if refuses != nil {
			s.Wait(t, "you are done with this article")
			if len(lib.stored) > 0 {
				t.Errorf("refused, and stored is %s", <-lib.stored)
			}
			continue
		}
		s.Wait(t, "Done: Story b")
		if got := <-lib.stored; got != "b done" || len(lib.stored) > 0 {
			t.Errorf("stored is %s", got)
		}
		if _, said := workspaces["b"].step(); !strings.HasPrefix(said, "done") {
			t.Error(said)
		}
	}
}
