package app_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/ui"
	"byline/ui/app"
	"byline/ui/uitest"
)

// The pager shows what a program printed without what it would do to the terminal, and scrolls.
func TestPager(t *testing.T) {
	t.Parallel()
	m, err := app.New(app.Options{}, &plain{name: "first", ready: true})
	if err != nil {
		t.Fatal(err)
	}
	s := uitest.Steps{T: t, Model: m}
	s.Send(tea.WindowSizeMsg{Width: 60, Height: 16})
	text := "\x1b[31mred\x1b[0m\x1b]0;owned\x07\na\tb\n10 %\r50 %\rdone\n\x00\u202eevil\n" + strings.Repeat("word ", 30) + "\n"
	for range 40 {
		text += "line\n"
	}
	s.Send(ui.PagerMsg{Title: "$ make\x1b[2J", Note: "exit status 2", Failed: true, Text: text + "the end\n\n\n"})
	first := s.View()
	for _, bad := range []string{"owned", "[31m", "[2J", "\x00", "\u202e", "50 %"} {
		if strings.Contains(first, bad) {
			t.Errorf("%q reaches the terminal:\n%q", bad, first)
		}
	}
	for _, want := range []string{"red", "a       b", "done", "exit status 2", "1–11 of 48", "q close"} {
		if !strings.Contains(ansi.Strip(first), want) {
			t.Errorf("no %q in\n%s", want, ansi.Strip(first))
		}
	}
	s.Press("G")
	if got := ansi.Strip(s.View()); !strings.Contains(got, "the end") || !strings.Contains(got, "38–48 of 48") {
		t.Errorf("at the end:\n%s", got)
	}
	s.Press("b g x")
	if got := ansi.Strip(s.View()); !strings.Contains(got, "1–11 of 48") {
		t.Errorf("another key closed it:\n%s", got)
	}
	for w := 1; w < 80; w += 7 {
		for h := 1; h < 20; h += 3 {
			s.Send(tea.WindowSizeMsg{Width: w, Height: h})
			if n := strings.Count(s.View(), "\n") + 1; n != h {
				t.Errorf("at %d × %d it has %d lines", w, h, n)
			}
		}
	}
	s.Press("q")
	if strings.Contains(s.View(), "exit status 2") {
		t.Error("q does not close it")
	}
}

// The title of a page and the place in it are whole in a narrow window; the note between them is cut.
func TestPagerHeadInANarrowWindow(t *testing.T) {
	t.Parallel()
	m, err := app.New(app.Options{}, &plain{name: "first", ready: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, note := range []string{"Harbour stories, spring", "東京港湾労働組合連合会", "exit status 2"} {
		s := uitest.Steps{T: t, Model: m}
		for _, z := range [][2]int{{40, 12}, {60, 16}, {80, 24}} {
			s.Send(tea.WindowSizeMsg{Width: z[0], Height: z[1]})
			s.Send(ui.PagerMsg{Title: "Guidelines", Note: note, Text: strings.Repeat("line\n", 120)})
			head := strings.Split(ansi.Strip(s.View()), "\n")[1]
			if !strings.Contains(head, "│ Guidelines ") || !strings.HasSuffix(head, " of 120 │") && !strings.Contains(head, " of 120 │") || !strings.Contains(head, string([]rune(note)[:3])) {
				t.Errorf("%v: %s", z, head)
			}
		}
	}
}

// Lines that are too long are broken between words, and those that fit stay as they are.
func TestPagerBreaksBetweenWords(t *testing.T) {
	t.Parallel()
	m, err := app.New(app.Options{}, &plain{name: "first", ready: true})
	if err != nil {
		t.Fatal(err)
	}
	s := uitest.Steps{T: t, Model: m}
	s.Send(tea.WindowSizeMsg{Width: 40, Height: 16})
	long := strings.Repeat("x", 40)
	s.Send(ui.PagerMsg{Title: "$ head", Text: "The assembly of Westmark voted early on Wednesday.\n    an  indented   row\n" + long})
	got := ansi.Strip(s.View())
	for _, want := range []string{"│ The assembly of Westmark voted    ", "│ early on Wednesday.", "│     an  indented   row", "│ " + long[:34] + " ", "│ " + long[34:] + " "} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}
