package people

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	"byline/annotate/library"
	"byline/articles"
	"byline/ui"
	"byline/ui/app"
	"byline/ui/uitest"
)

// stock is a library in memory; merging renames.
type stock struct {
	all    []library.Person
	merged []string
}

func who(name string, typ annotate.Type, in, mentions, quotes, day int) library.Person {
	p := library.Person{ID: library.PersonID{Key: strings.ToLower(name), Type: typ}, Name: name, Articles: in, Mentions: mentions, Quotes: quotes}
	if day > 0 {
		p.Last = articles.Day(2026, 3, day)
	}
	return p
}

func newStock() *stock {
	return &stock{all: []library.Person{
		who("Ann Lee", annotate.Person, 9, 12, 3, 2), who("Halden Port", annotate.Organization, 7, 40, 1, 3), who("Zoë Müller", annotate.Person, 3, 3, 9, 1),
		who("Orrin Bay", annotate.Place, 2, 2, 0, 0), who("Annabel Lee", annotate.Person, 1, 1, 0, 2), who("The Arrow", "weapon", 1, 1, 0, 0),
	}}
}

func (s *stock) All(context.Context) ([]library.Person, error) { return s.all, nil }
func (s *stock) Person(_ context.Context, id library.PersonID) (library.Person, error) {
	i := slices.IndexFunc(s.all, func(p library.Person) bool { return p.ID == id })
	p := s.all[i]
	p.Spellings = []library.Spelling{{Of: p.ID, Text: p.Name, Articles: 9, Mentions: 8}, {Of: library.PersonID{Key: "a lee"}, Text: "A. Lee", Articles: 1, Mentions: 4}}
	return p, nil
}
func (s *stock) PersonArticles(context.Context, library.PersonID, int) ([]library.Place, error) {
	return []library.Place{{Entry: entry("a", "The strike", 2), Count: 3, Offset: 17}, {Entry: entry("b", "A wall for the sea", 0), Count: 1, Offset: 5}}, nil
}
func (s *stock) Merge(_ context.Context, from, into library.Person) error {
	s.merged = append(s.merged, from.Name+" into "+into.Name)
	return nil
}
func (s *stock) Split(_ context.Context, p library.Person) error {
	s.merged = append(s.merged, "split "+p.Name)
	return nil
}
func (s *stock) UndoMerge(context.Context) (library.Merge, error) {
	if len(s.merged) == 0 {
		return library.Merge{}, library.ErrNoMerge
	}
	s.merged = s.merged[:len(s.merged)-1]
	return library.Merge{Verb: "merge", From: "Annabel Lee", Into: "Ann Lee"}, nil
}

func entry(id, title string, day int) library.Entry {
	e := library.Entry{ID: id, Title: title}
	if day > 0 {
		e.Date = articles.Day(2026, 3, day)
	}
	return e
}

func quotesOf(context.Context, library.PersonID) ([]library.Said, error) {
	return []library.Said{{Entry: entry("a", "The strike", 2), Span: articles.Span{Start: 70, End: 90}, Verb: "told reporters", Text: "“We\ngo on.”"}}, nil
}

// start runs the list on a window.
func start(t *testing.T, lib *stock, width, height int) uitest.Steps {
	t.Helper()
	now := func() time.Time { return time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC) }
	l := New(context.Background(), Services{
		Library: lib, Quotes: quotesOf, Dates: ui.Dates{Layout: "2 Jan 2006", Now: now},
		Open: func(id string, off int) tea.Cmd { return ui.Tell(fmt.Sprint("opens ", id, " at ", off)) },
	})
	m, err := app.New(app.Options{}, l)
	if err != nil {
		t.Fatal(err)
	}
	s := uitest.Steps{T: t, Model: m}
	s.Send(tea.WindowSizeMsg{Width: width, Height: height})
	s.Run(m.Init())
	return s
}

// names returns the names that are listed.
func names(s uitest.Steps) string {
	var out []string
	for _, line := range strings.Split(ansi.Strip(s.View()), "\n") {
		if r := []rune(line); len(r) > 30 && string(r[:3]) == "   " && r[3] != ' ' && string(r[3:7]) != "name" && !strings.Contains(line, "No matching") {
			out = append(out, strings.TrimSpace(strings.Split(string(r[3:]), "   ")[0]))
		}
	}
	return strings.Join(out, ", ")
}

func TestList(t *testing.T) {
	t.Parallel()
	for keys, want := range map[string]string{
		"g":               "Ann Lee, Halden Port, Zoë Müller, Orrin Bay, Annabel Lee, The Arrow",
		"/ m u l l":       "Zoë Müller",
		"/ n e e":         "",
		"/ l e e":         "Ann Lee, Annabel Lee",
		"/ l e e esc":     "Ann Lee, Halden Port, Zoë Müller, Orrin Bay, Annabel Lee, The Arrow",
		"/ l enter esc":   "Ann Lee, Halden Port, Zoë Müller, Orrin Bay, Annabel Lee, The Arrow",
		"tab":             "Ann Lee, Zoë Müller, Annabel Lee",
		"tab tab tab":     "Orrin Bay",
		"shift+tab":       "The Arrow",
		"tab esc":         "Ann Lee, Halden Port, Zoë Müller, Orrin Bay, Annabel Lee, The Arrow",
		"s":               "Halden Port, Ann Lee, Zoë Müller, Orrin Bay, Annabel Lee, The Arrow",
		"s s":             "Zoë Müller, Ann Lee, Halden Port, Orrin Bay, Annabel Lee, The Arrow",
		"s s s":           "Halden Port, Ann Lee, Annabel Lee, Zoë Müller, Orrin Bay, The Arrow",
		"s s s s":         "Ann Lee, Annabel Lee, Halden Port, Orrin Bay, The Arrow, Zoë Müller",
		"tab s s s s S":   "Zoë Müller, Annabel Lee, Ann Lee",
		"S":               "Annabel Lee, The Arrow, Orrin Bay, Zoë Müller, Halden Port, Ann Lee",
		"s s s S j j esc": "Orrin Bay, The Arrow, Zoë Müller, Ann Lee, Annabel Lee, Halden Port",
	} {
		s := start(t, newStock(), 110, 20)
		s.Press(keys)
		if got := names(s); got != want {
			t.Errorf("%q lists %s\nwant %s", keys, got, want)
		}
	}
}

// Who was merged with another is found by the name of before, which is said.
func TestMergedIsFound(t *testing.T) {
	t.Parallel()
	lib := newStock()
	lib.all[1].Merged = []string{"Port of Halden", "Quay Office"}
	for keys, want := range map[string]string{
		"/ q u a y": "Halden Port (Quay Office)", "/ o f": "Halden Port (Port of Halden)", "/ h a l d e n": "Halden Port", "/ q u a y space h a l d e n": "", "g": names(start(t, newStock(), 110, 20)),
	} {
		s := start(t, lib, 110, 20)
		s.Press(keys)
		if got := names(s); got != want {
			t.Errorf("%q lists %s, want %s", keys, got, want)
		}
	}
}

// TestMerge merges a name, with the one in more articles whichever it starts from, and undoes it.
func TestMerge(t *testing.T) {
	t.Parallel()
	for keys, want := range map[string]string{
		"m": "Annabel Lee into Ann Lee", "/ a n n a enter m": "Annabel Lee into Ann Lee", "j j m Z": "", "enter m": "Annabel Lee into Ann Lee", "enter j S": "split A. Lee", "enter S": "",
	} {
		lib := newStock()
		s := start(t, lib, 110, 20)
		s.Press(keys)
		if strings.HasSuffix(keys, "m") {
			s.Press("enter")
		}
		if got := strings.Join(lib.merged, ", "); got != want {
			t.Errorf("%q: %q, want %q\n%s", keys, got, want, ansi.Strip(s.View()))
		}
		s.Press("esc u u")
		if len(lib.merged) > 0 || want != "" && !strings.Contains(ansi.Strip(s.View()), "Nothing to undo") {
			t.Errorf("%q: not undone\n%s", keys, ansi.Strip(s.View()))
		}
	}
}

// TestPage opens a page and goes to a quote and an article from it.
func TestPage(t *testing.T) {
	t.Parallel()
	s := start(t, newStock(), 110, 20)
	s.Press("enter")
	for _, want := range []string{
		"byline › People › Ann Lee", "person · 9 articles · 12 mentions · 3 quotes", "A. Lee", "merged · 1 article, ×4",
		"yesterday  told reporters “We go on.”", "The strike", "A wall for the sea",
	} {
		if !strings.Contains(ansi.Strip(s.View()), want) {
			t.Errorf("no %q\n%s", want, ansi.Strip(s.View()))
		}
	}
	s.Press("j j enter")
	if !strings.Contains(ansi.Strip(s.View()), "opens a at 70") {
		t.Errorf("the quote\n%s", ansi.Strip(s.View()))
	}
	s.Press("G enter")
	if !strings.Contains(ansi.Strip(s.View()), "opens b at 5") {
		t.Errorf("the article\n%s", ansi.Strip(s.View()))
	}
}

// What is listed, and of which kind, is said once: by a column, by the tabs, or by a letter where there is
// no room for either.
func TestKindIsSaidOnce(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		keys       string
		width      int
		want, lack []string
	}{
		{"g", 130, []string{"byline › People, organizations and places   6 names", "other names", "   Ann Lee", "person", "1/6 ─"}, nil},
		{"tab", 130, []string{"3 of 6 names", "1/3 ─"}, []string{"person ", "kind"}},
		{"tab tab tab j", 110, []string{"   Orrin Bay", "1/1 ─"}, []string{"place "}},
		{"g", 80, []string{"org ", "person"}, []string{"organization"}},
		{"g", 50, []string{"byline › People   6 names", "place", "org"}, []string{"organization"}},
		{"g", 30, []string{"pe Ann Lee", "or Halden Port", "pl Orrin Bay"}, nil},
		{"/ l e e", 80, []string{"byline › People   filter", "2 of 6 names"}, nil},
	} {
		s := start(t, newStock(), c.width, 14)
		s.Press(c.keys)
		view := ansi.Strip(s.View())
		for _, want := range c.want {
			if !strings.Contains(view, want) {
				t.Errorf("%q at %d: no %q\n%s", c.keys, c.width, want, view)
			}
		}
		body := strings.Join(strings.Split(view, "\n")[1:12], "\n")
		for _, lack := range c.lack {
			if strings.Contains(body, lack) {
				t.Errorf("%q at %d: %q\n%s", c.keys, c.width, lack, view)
			}
		}
	}
}

func TestEmpty(t *testing.T) {
	t.Parallel()
	s := start(t, &stock{}, 80, 12)
	s.Press("j enter m")
	if !strings.Contains(ansi.Strip(s.View()), "No names in the library yet.") {
		t.Errorf("\n%s", ansi.Strip(s.View()))
	}
}

// BenchmarkFilter narrows 100,000 names by letters, and sorts them.
func BenchmarkFilter(b *testing.B) {
	var c crowd
	var all []library.Person
	for i := range 100_000 {
		all = append(all, who(fmt.Sprintf("Person %d of Halden", i*7919%100_003), annotate.Person, 100_000-i, i%7, i%5, 1+i%28))
	}
	c.replace(all, foldAll(all), widest{})
	b.Run("letters", func(b *testing.B) {
		for b.Loop() {
			c.words = "77 hal"
			c.arrange()
		}
	})
	b.Run("sort", func(b *testing.B) {
		for b.Loop() {
			c.words, c.sort = "", byName
			c.arrange()
		}
	})
}

// Whom a name is merged with is offered with the likest first, and only of its kind.
func TestLikely(t *testing.T) {
	t.Parallel()
	var all []library.Person
	for _, name := range []string{"Abena Sarpong", "Kofi Mensah", "Zoe Muller-Lang", "Koffi Anor", "Kofi Annor", "Zoë Müller", "Al Ng"} {
		all = append(all, who(name, annotate.Person, 1, 1, 0, 1))
	}
	all = append(all, who("Kofi Annor Foundation", annotate.Organization, 9, 9, 0, 1))
	for name, want := range map[string]string{"Kofi Annor": "Koffi Anor", "Koffi Anor": "Kofi Annor", "Zoë Müller": "Zoe Muller-Lang", "Al Ng": "Abena Sarpong"} {
		p := who(name, annotate.Person, 1, 1, 0, 1)
		got := likely(all, &p)
		if len(got) != 6 || got[0].Name != want {
			t.Errorf("%s: %d offered, %s first, not %s", name, len(got), got[0].Name, want)
		}
	}
}
