// Package people is the screen of everybody and everything that the library names, over all its
// articles: a list that is narrowed by letters and by kind, and a page about each, with the
// spellings of the name, the quotes by date, and the articles. Names that mean the same person are
// merged here.
//
// The list is in memory, with folded names, so that a key costs little however many there are.
package people

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/annotate/library"
	"byline/ui"
	"byline/ui/list"
	"byline/ui/theme"
)

// Library is what the screens need to know and to decide.
type Library interface {
	All(ctx context.Context) ([]library.Person, error)
	Person(ctx context.Context, id library.PersonID) (library.Person, error)
	PersonArticles(ctx context.Context, id library.PersonID, limit int) ([]library.Place, error)
	Merge(ctx context.Context, from, into library.Person) error
	Split(ctx context.Context, from library.Person) error
	UndoMerge(ctx context.Context) (library.Merge, error)
}

// Services are what the screens work with.
type Services struct {
	Library Library
	Quotes  func(ctx context.Context, id library.PersonID) ([]library.Said, error) // the latest first
	Open    func(id string, off int) tea.Cmd                                       // shows a place in an article
	Dates   ui.Dates
}

// common is what both screens have.
type common struct {
	life   ui.Life
	svc    Services
	theme  *theme.Theme
	method ansi.Method
	asked  ui.Latest
	ready  bool // there is something to show
}

func newCommon(ctx context.Context, svc Services) common {
	th, _ := theme.Named("", true)
	if svc.Dates.Now == nil {
		svc.Dates.Now = time.Now
	}
	return common{life: ui.NewLife(ctx), svc: svc, theme: th}
}

// Ready implements [ui.Busy].
func (c *common) Ready() bool { return c.ready }

// Close implements [ui.Closer].
func (c *common) Close() tea.Cmd {
	c.life.End()
	return nil
}

// news takes what all screens are told.
func (c *common) news(msg tea.Msg) {
	switch msg := msg.(type) {
	case ui.ThemeMsg:
		c.theme = msg.Theme
	case ui.WidthMsg:
		c.method = msg.Method
	}
}

// An answerMsg is the result of a request, for the screen that made it.
type answerMsg struct {
	to      ui.Screen
	dropped func() error // why nobody waits for it any more
	take    func() tea.Cmd
}

// Screen lists everybody.
type Screen struct {
	common
	crowd  crowd
	rows   list.List
	typing *typing // nil while nothing is typed
}

// New returns the list of everybody in a library, of a program that runs until ctx ends.
func New(ctx context.Context, svc Services) *Screen { return &Screen{common: newCommon(ctx, svc)} }

// Title implements [ui.Screen].
func (s *Screen) Title() string { return "people" }

// Load loads the list; the cursor stays where it is.
func (s *Screen) Load() tea.Cmd {
	ctx, lib, dates := s.asked.Next(s.life.Context()), s.svc.Library, s.svc.Dates
	return func() tea.Msg {
		all, err := lib.All(ctx)
		folded, w := foldAll(all), measure(all, &dates)
		return answerMsg{s, ctx.Err, func() tea.Cmd {
			s.asked.Answered()
			s.ready = true
			if err != nil {
				return ui.Fail(err, "{people.reload} tries again")
			}
			at := s.selected().ID
			s.crowd.replace(all, folded, w)
			s.list(at)
			return nil
		}}
	}
}

// list shows what the crowd lists, with the cursor on the one with that ID, if listed.
func (s *Screen) list(at library.PersonID) {
	s.rows = list.List{Len: len(s.crowd.shown), Cursor: s.rows.Cursor, Top: s.rows.Top}
	s.rows.To(s.rows.Cursor)
	if i := s.crowd.find(at); i >= 0 {
		s.rows.To(i)
	}
}

// selected returns who is under the cursor; the zero Person for nobody.
func (s *Screen) selected() library.Person {
	if s.rows.Cursor < len(s.crowd.shown) {
		return *s.crowd.at(s.rows.Cursor)
	}
	return library.Person{}
}

// Update implements [ui.Screen].
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	s.news(msg)
	switch msg := msg.(type) {
	case ui.ThemeMsg:
		if s.typing != nil {
			s.typing.field.Restyle(s.theme)
		}
		if !s.ready && !s.asked.Open() {
			return s.Load()
		}
	case ui.ChangedMsg:
		return s.Load()
	case tea.PasteMsg:
		if s.typing != nil {
			s.typeText(msg)
		}
	case tea.MouseMsg:
		return s.mouse(msg)
	case answerMsg:
		if msg.to == s && msg.dropped() == nil {
			return msg.take()
		}
	}
	return nil
}

func (s *Screen) mouse(msg tea.MouseMsg) tea.Cmd {
	m := msg.Mouse()
	switch msg.(type) {
	case tea.MouseWheelMsg:
		n := 2
		if m.Button == tea.MouseWheelUp {
			n = -2
		}
		s.rows.Scroll(n)
	case tea.MouseClickMsg:
		i, ok := s.rows.At(m.Y - headLines)
		switch {
		case !ok || m.Button != tea.MouseLeft:
		case i == s.rows.Cursor:
			return s.open()
		default:
			s.rows.To(i)
		}
	}
	return nil
}

// open shows the page of who is under the cursor.
func (s *Screen) open() tea.Cmd {
	p := s.selected()
	if p.Articles == 0 {
		return ui.Tell("No name under the cursor")
	}
	return ui.Send(ui.PushMsg{Screen: NewPage(s.life.Context(), s.svc, p.ID)})
}
