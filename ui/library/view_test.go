package library_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	words "byline/annotate/library"
	"byline/articles"
	"byline/ui"
	"byline/ui/library"
)

var update = flag.Bool("update", false, "rewrite what the screens should look like")

// Actions that the tests press.
const (
	down   ui.Action = "library.down"
	filter ui.Action = "library.filter"
	search ui.Action = "library.search"
	sort   ui.Action = "library.sort"
	status ui.Action = "library.status"
)

// stories is a typical library.
func stories() *store {
	s := newStore()
	for i, t := range []string{
		"Slow lightning in the deep sea, and the people who doubted it for thirty years",
		"e\u0301te\u0301: nos îles", "שלום לכם", "Ferris & Sons buys its oldest rival", "\x1b[31mRed\x1b[m, \u202eright to left",
		"", "Town keeps its library by moving it into the pub", "🇩🇪🇫🇷 👍🏽 flags", "A small theatre, a large silence",
	} {
		e := entry(i+3, t)
		e.Site = []string{"The Wire", "Harbour Courier & Advertiser", "日刊みなと"}[i%3]
		e.Status = []words.Status{words.Unread, words.Reading, words.Done}[i%3]
		e.Progress = []float64{0, .42, 1}[i%3]
		e.Annotated = i != 4
		s.entries = append(s.entries, e)
	}
	s.entries[3].Date = articles.Day(2025, 11, 30)
	s.entries[4].Date = 0
	s.entries[8].Source = "/home/ann/no title.txt"
	s.entries[5].Tags = []string{"press", "local"}
	return s
}

// ready returns a screen with the stories and the preview loaded.
func ready(width int) *library.Screen {
	l := newScreen(stories())
	l.Update(tea.WindowSizeMsg{Width: width, Height: 24})
	l.View(width, 24)
	run(l, l.Load())
	return l
}

func press(l *library.Screen, actions ...ui.Action) {
	for _, a := range actions {
		cmd, _ := ui.Act(a, l.Scopes())
		run(l, cmd)
	}
}

func typeIn(l *library.Screen, text string) {
	for _, r := range text {
		cmd, _, _ := ui.Route(tea.KeyPressMsg{Code: r, Text: string(r)}, l.Scopes())
		run(l, cmd)
	}
}

func TestScreens(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name          string
		width, height int
		do            func(*library.Screen)
	}{
		{"40x12", 40, 12, func(*library.Screen) {}},
		{"80x24", 80, 24, func(l *library.Screen) { press(l, down, sort) }},
		{"140x45", 140, 45, func(l *library.Screen) { press(l, down, down, down) }},
		{"filter-100x16", 100, 16, func(l *library.Screen) { press(l, filter); typeIn(l, "se") }},
		{"search-50x16", 50, 16, func(l *library.Screen) { press(l, search); typeIn(l, "harbour") }},
		{"nothing-80x16", 80, 16, func(l *library.Screen) { press(l, search) }},
	} {
		l := ready(c.width)
		c.do(l)
		var lines []string
		for _, line := range strings.Split(ansi.Strip(l.View(c.width, c.height)), "\n") {
			lines = append(lines, strings.TrimRight(line, " "))
		}
		got := strings.Join(lines, "\n") + "\n"
		path := filepath.Join("testdata", c.name+".txt")
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is\n%s\nnot\n%s", c.name, got, want)
		}
	}
}

func TestEveryRowIsExactlyAsWideAsTheWindow(t *testing.T) {
	t.Parallel()
	states := map[string]func(*library.Screen){
		"list":   func(*library.Screen) {},
		"filter": func(l *library.Screen) { press(l, filter); typeIn(l, "e t") },
		"search": func(l *library.Screen) { press(l, search); typeIn(l, "harbour") },
		"empty":  func(l *library.Screen) { press(l, filter); typeIn(l, "zzzz") },
		"hints":  func(l *library.Screen) { press(l, search) },
		"none":   func(l *library.Screen) { press(l, search); typeIn(l, "none") },
		"tagged": func(l *library.Screen) { press(l, status, status) },
	}
	for name, do := range states {
		for _, method := range []ansi.Method{ansi.WcWidth, ansi.GraphemeWidth} {
			l := ready(140)
			l.Update(ui.WidthMsg{Method: method})
			do(l)
			for width := 12; width < 200; width += 7 {
				for _, height := range []int{1, 3, 12, 33} {
					checkSize(t, fmt.Sprint(name, " ", width, "×", height), l.View(width, height), method, width, height)
				}
			}
		}
	}
}

func checkSize(t *testing.T, what, view string, method ansi.Method, width, height int) {
	t.Helper()
	lines := strings.Split(view, "\n")
	if len(lines) != height {
		t.Fatalf("%s: %d lines", what, len(lines))
	}
	for _, line := range lines {
		if got := method.StringWidth(line); got != width {
			t.Fatalf("%s: %q has %d cells", what, line, got)
		}
		if strings.ContainsAny(ansi.Strip(line), "\x1b\u202e") {
			t.Fatalf("%s: %q holds what its source put there", what, line)
		}
	}
}

func TestStatusesDifferWithoutColour(t *testing.T) {
	t.Parallel()
	view := ansi.Strip(ready(100).View(100, 24))
	for _, sign := range []string{" ● Slow", " ◐ e", " ✓ שלום"} {
		if !strings.Contains(view, sign) {
			t.Errorf("no %q in\n%s", sign, view)
		}
	}
}

// Where there is no room for the statuses to choose from, the header says which one the list shows.
func TestNarrowHeaderSaysWhatIsListed(t *testing.T) {
	t.Parallel()
	for _, width := range []int{40, 44, 60, 80, 120} {
		l := ready(width)
		press(l, "library.status", "library.status", "library.status") // unread, reading, done
		head, _, _ := strings.Cut(ansi.Strip(l.View(width, 24)), "\n")
		if !strings.Contains(head, "done") || width < 44 && !strings.Contains(head, "3 of 12") {
			t.Errorf("%d: %q", width, head)
		}
	}
}

func many(n int) *store {
	s := &store{}
	words := strings.Fields("harbour press wall court budget strike river school merger storm council railway")
	for i := range n {
		e := entry(i%27, fmt.Sprintf("The %s and the %s of %d", words[i%12], words[i/12%12], i))
		e.ID = fmt.Sprint(i)
		e.Added = e.Added.Add(time.Duration(i*7919%n) * time.Second)
		s.entries = append(s.entries, e)
	}
	return s
}

func BenchmarkLibrary10000(b *testing.B) {
	s := many(10_000)
	l := newScreen(s)
	l.Update(tea.WindowSizeMsg{Width: 140, Height: 45})
	run(l, l.Load())
	for _, size := range [][2]int{{40, 12}, {80, 24}, {140, 45}, {200, 60}} {
		b.Run(fmt.Sprintf("view-%dx%d", size[0], size[1]), func(b *testing.B) {
			for b.Loop() {
				l.View(size[0], size[1])
			}
		})
	}
	b.Run("step", func(b *testing.B) {
		for b.Loop() {
			ui.Act(down, l.Scopes())
			l.View(140, 45)
		}
	})
	b.Run("filter-key", func(b *testing.B) {
		ui.Act(filter, l.Scopes())
		keys := []tea.KeyPressMsg{{Code: 'h', Text: "h"}, {Code: 'a', Text: "a"}, {Code: 'r', Text: "r"}, {Code: 'b', Text: "b"},
			{Code: tea.KeyBackspace}, {Code: tea.KeyBackspace}, {Code: tea.KeyBackspace}, {Code: tea.KeyBackspace}}
		for i := 0; b.Loop(); i++ {
			ui.Route(keys[i%8], l.Scopes())
			l.View(140, 45)
		}
		press(l, "typing.leave")
	})
	b.Run("sort-key", func(b *testing.B) {
		for b.Loop() {
			ui.Act(sort, l.Scopes())
			l.View(140, 45)
		}
	})
	b.Run("read", func(b *testing.B) { // beside the loop
		for b.Loop() {
			l.Load()()
		}
	})
	b.Run("take", func(b *testing.B) {
		msg := l.Load()()
		for b.Loop() {
			l.Update(msg)
		}
	})
}

// unreadStories are a library in which nothing was read yet.
func unreadStories(n int) *library.Screen {
	st := newStore()
	st.entries = nil
	for i := range n {
		e := entry(i, "A title that is longer than forty letters, as most are")
		e.Status, e.Counts.Reviewed, e.Annotated, e.Date = words.Unread, 0, true, articles.DateAt(at().AddDate(0, -1, -i), articles.ToSecond, "")
		st.entries = append(st.entries, e)
	}
	l := newScreen(st)
	run(l, l.Load())
	return l
}

// A library in which nothing was read leaves the room of the columns about that to the titles.
func TestEmptyColumnsLeaveRoomForTitles(t *testing.T) {
	t.Parallel()
	l := unreadStories(3)
	got := ansi.Strip(l.View(80, 24))
	for _, want := range []string{" ● A title that is longer than forty let", "date  min  people  orgs  quotes"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q\n%s", want, got)
		}
	}
	l = ready(80)
	if got := ansi.Strip(l.View(80, 24)); !strings.Contains(got, "min  read") {
		t.Errorf("nothing says what was read\n%s", got)
	}
}

// A query whose last term has no value yet shows what can be asked.
func TestUnfinishedQueryShowsWhatCanBeAsked(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "said:", "by:", "-", "("} {
		l := ready(80)
		press(l, search)
		typeIn(l, text)
		if got := ansi.Strip(l.View(80, 24)); !strings.Contains(got, `by:"Ann Lee" said:strike   quotes by a speaker`) {
			t.Errorf("%q\n%s", text, got)
		}
	}
}

// Names that the preview has no room for are counted.
func TestPreviewSaysThatThereAreMoreNames(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{6: "Person 6", 7: "Person 7", 8: "… 2 more"} {
		l := newScreen(stories())
		l.Preview(func(context.Context, string) (*articles.Article, *annotate.Layer, error) {
			out := &annotate.Layer{}
			for i := range n {
				out.Entities = append(out.Entities, annotate.Entity{Type: annotate.Person, Name: fmt.Sprint("Person ", i+1), Mentions: make([]annotate.Mention, 1)})
			}
			return &articles.Article{}, out, nil
		})
		l.Update(tea.WindowSizeMsg{Width: 140, Height: 45})
		l.View(140, 45)
		run(l, l.Load())
		if got := ansi.Strip(l.View(140, 45)); !strings.Contains(got, want) || strings.Contains(got, "more") != (n == 8) {
			t.Errorf("%d people: no %q\n%s", n, want, got)
		}
	}
}

// The list, the narrow list and the preview say how an annotation stands that was begun.
func TestAttempts(t *testing.T) {
	t.Parallel()
	for a, want := range map[words.Attempt]string{words.Running: "being annotated", words.BrokenOff: "annotation broken off", words.Elsewhere: "annotation begun o"} {
		for width, times := range map[int]int{140: 2, 100: 1, 50: 1} { // beside the preview, without it, narrow
			s := newStore()
			s.entries = s.entries[:1]
			s.entries[0].Making = words.Making{Attempt: a}
			l := newScreen(s)
			l.Update(tea.WindowSizeMsg{Width: width, Height: 24})
			run(l, l.Load())
			if got := ansi.Strip(l.View(width, 24)); strings.Count(got, want) != times {
				t.Errorf("%d columns, %q is not there %d times:\n%s", width, want, times, got)
			}
		}
	}
}
