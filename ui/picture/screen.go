package picture

import (
	"context"
	"fmt"
	"image"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"byline/articles/clean"
	"byline/ui"
	"byline/ui/columns"
	"byline/ui/theme"
)

// An Item is a picture that can be looked at.
type Item struct {
	Name  string // what it is called; may be empty
	Web   string // its address on the web; may be empty
	Read  func(context.Context) ([]byte, error)
	Fetch func(context.Context) ([]byte, error) // from Web, when a person asks for it; nil if it cannot be
}

// A Screen shows one of the pictures of an article as large as the window.
type Screen struct {
	terminal *Terminal
	items    []Item
	at       int
	life     ui.Life
	id       ID
	frame    frame
	shown    shown
	number   int // of the request whose answer is waited for
}

// A frame is the window that the screen fills but for the status line.
type frame struct {
	width, height int
	theme         *theme.Theme
	method        ansi.Method
}

// shown is what has come of the picture.
type shown struct {
	size  image.Point // of the picture in the file, in pixels
	cells image.Point // that it takes; zero while it is not drawn
	err   error
	busy  bool
}

// drawnMsg is a picture that is ready to be drawn.
type drawnMsg struct {
	to     *Screen
	number int
	shown
	data     []byte // that was read
	sequence string
	sent     bool
}

// NewScreen returns a screen that shows the picture of items at an index first, as soon as it knows its size. What it
// asks for ends with ctx.
func NewScreen(ctx context.Context, t *Terminal, items []Item, at int) *Screen {
	return &Screen{terminal: t, items: items, at: at, life: ui.NewLife(ctx), id: t.NewID(), frame: frame{theme: &theme.Theme{}}}
}

// Title implements [ui.Screen].
func (s *Screen) Title() string { return clean.Line(s.name()) }

func (s *Screen) name() string {
	if n := s.items[s.at].Name; n != "" {
		return n
	}
	return "Picture"
}

const (
	goNext  ui.Action = "picture.next"
	goPrev  ui.Action = "picture.previous"
	doFetch ui.Action = "picture.fetch"
	doClose ui.Action = "picture.close"
	doQuit  ui.Action = "picture.quit"
)

// Scopes implements [ui.Screen]. Nothing opens over a picture: some terminals would draw it over that.
func (s *Screen) Scopes() []ui.Scope {
	bs := []ui.Binding{{Action: doClose, Keys: []string{"q", "esc", "backspace"}, Short: "back", Help: "Go back to the text"}}
	if s.canFetch() {
		bs = append(bs, ui.Binding{Action: doFetch, Keys: []string{"enter"}, Short: "fetch it", Help: "Fetch the picture from the web"})
	}
	if len(s.items) > 1 {
		bs = append(bs, ui.Binding{Action: goNext, Keys: []string{"right", "l", "down", "j", "n", "space", "tab"}, Short: "next", Help: "Next picture"},
			ui.Binding{Action: goPrev, Keys: []string{"left", "h", "up", "k", "b", "shift+tab"}, Short: "previous", Help: "Previous picture"})
	}
	bs = append(bs, ui.Binding{Action: doQuit, Keys: []string{"ctrl+c", "Q"}, Help: "Quit at once"})
	return []ui.Scope{{Name: "picture", Bindings: bs, Modal: true, Handle: func(a ui.Action) (tea.Cmd, bool) { return s.handle(a), true }}}
}

func (s *Screen) canFetch() bool {
	i := s.items[s.at]
	return s.shown.err != nil && i.Web != "" && i.Fetch != nil
}

func (s *Screen) handle(a ui.Action) tea.Cmd {
	switch a {
	case goNext, goPrev:
		step := map[ui.Action]int{goNext: 1, goPrev: -1}[a]
		s.at = (s.at + step + len(s.items)) % len(s.items)
		return tea.Sequence(s.erase(), s.load(s.items[s.at].Read))
	case doFetch:
		if s.shown.busy {
			return nil
		}
		return s.load(s.items[s.at].Fetch)
	case doQuit:
		return ui.Send(ui.QuitMsg{})
	}
	return ui.Send(ui.PopMsg{})
}

// erase removes what is drawn from the terminal.
func (s *Screen) erase() tea.Cmd {
	s.number++
	drawn := s.shown.cells != image.Point{}
	s.shown.cells = image.Point{}
	switch {
	case !drawn:
		return nil
	case s.terminal.InText():
		return tea.Raw(s.id.Remove())
	case s.terminal.kitty:
		return tea.Sequence(tea.Raw(s.id.Remove()), tea.ClearScreen)
	}
	return tea.ClearScreen
}

// Close implements [ui.Closer].
func (s *Screen) Close() tea.Cmd {
	s.life.End()
	return s.erase()
}

// settle is how long a frame takes at most until it is on the screen: what is drawn over the cells has to come
// after it.
const settle = 150 * time.Millisecond

// load reads a picture and makes it ready for the window.
func (s *Screen) load(read func(context.Context) ([]byte, error)) tea.Cmd {
	s.number++
	s.shown = shown{busy: true}
	ctx, msg := s.life.Context(), drawnMsg{to: s, number: s.number}
	draw := s.drawer()
	return func() tea.Msg {
		data, err := read(ctx)
		if err != nil {
			msg.err = err
			return msg
		}
		msg.data = data
		msg.sequence, msg.shown = draw(ctx, data)
		return msg
	}
}

// drawer returns a function that draws data for the window and the terminal as they are now.
func (s *Screen) drawer() func(context.Context, []byte) (string, shown) {
	room, cell, id := s.room(), s.terminal.Cell(), s.id
	inText, viaKitty := s.terminal.InText(), s.terminal.kitty
	return func(ctx context.Context, data []byte) (string, shown) {
		if room.Empty() {
			return "", shown{}
		}
		img, size, err := Decode(ctx, data, image.Pt(room.Dx()*cell.X, room.Dy()*cell.Y))
		if err != nil {
			return "", shown{size: size, err: err}
		}
		cells := Fit(img.Bounds().Size(), cell, room.Size())
		at := corner(room, cells)
		var sequence string
		switch {
		case inText:
			sequence, err = id.Place(img, cells)
		case viaKitty:
			sequence, err = id.Put(img, cells, at)
		default:
			sequence, err = sixels(img, at)
		}
		if !inText {
			time.Sleep(settle)
		}
		return sequence, shown{size: size, cells: cells, err: err}
	}
}

// room returns the cells that a picture may take: below the header, a row above the end. It may be empty.
func (s *Screen) room() image.Rectangle {
	const top = 2
	return image.Rectangle{Min: image.Pt(0, top), Max: image.Pt(min(s.frame.width, MostCells), max(top, min(s.frame.height-1, MostCells)))}
}

// corner returns the first cell of a picture in the middle of a room.
func corner(room image.Rectangle, cells image.Point) image.Point {
	return room.Min.Add(image.Pt((room.Dx()-cells.X)/2, (room.Dy()-cells.Y)/2))
}

// Update implements [ui.Screen].
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.frame.width, s.frame.height = msg.Width, msg.Height-1
		if s.shown.err == nil {
			return tea.Sequence(s.erase(), s.load(s.items[s.at].Read))
		}
	case ui.ThemeMsg:
		s.frame.theme = msg.Theme
	case ui.WidthMsg:
		s.frame.method = msg.Method
	case drawnMsg:
		if msg.to == s && msg.number == s.number {
			return s.take(msg)
		}
	}
	return nil
}

// take draws a picture that is ready: first what the terminal needs for it, then the cells.
func (s *Screen) take(msg drawnMsg) tea.Cmd {
	if msg.err != nil || msg.sent || msg.sequence == "" {
		s.shown = msg.shown
		return nil
	}
	if s.items[s.at].Web != "" { // not twice
		s.items[s.at].Read = func(context.Context) ([]byte, error) { return msg.data, nil }
	}
	sent := msg
	sent.sent, sent.sequence = true, ""
	s.shown.cells = msg.cells // it will have to be erased
	if !s.terminal.InText() {
		s.shown = msg.shown
	}
	return tea.Sequence(tea.Raw(msg.sequence), ui.Send(sent))
}

// View implements [ui.Screen].
func (s *Screen) View(width, height int) string {
	f, lines := s.frame, make([]string, height)
	for i := range lines {
		lines[i] = columns.Blank(width)
	}
	if height == 0 {
		return ""
	}
	lines[0] = f.theme.Title.Render(columns.Fit(" "+s.heading(), width, f.method))
	words := s.words()
	if words == "" && s.terminal.InText() && s.shown.cells != (image.Point{}) && !s.shown.busy {
		s.paint(lines, width)
	}
	for i, line := range strings.Split(f.method.Wordwrap(words, max(1, width-4), ""), "\n") {
		if y := 2 + i; y < height && words != "" {
			lines[y] = f.theme.Muted.Render(columns.Fit("  "+line, width, f.method))
		}
	}
	return strings.Join(lines, "\n")
}

// paint writes the cells in whose place the terminal draws the picture.
func (s *Screen) paint(lines []string, width int) {
	at := corner(s.room(), s.shown.cells)
	style := ansi.Style{}.ForegroundColor(s.id.Color())
	for y, row := range s.id.Glyphs(s.shown.cells) {
		if at.Y+y < len(lines) && at.X+len(row) <= width {
			lines[at.Y+y] = columns.Blank(at.X) + style.Styled(strings.Join(row, "")) + columns.Blank(width-at.X-len(row))
		}
	}
}

// heading names the picture.
func (s *Screen) heading() string {
	parts := []string{s.Title()}
	if s.shown.size.X > 0 {
		parts = append(parts, fmt.Sprintf("%d × %d", s.shown.size.X, s.shown.size.Y))
	}
	if len(s.items) > 1 {
		parts = append(parts, fmt.Sprintf("%d of %d", s.at+1, len(s.items)))
	}
	return strings.Join(parts, " · ")
}

// words says why the picture is not to be seen; empty if it is.
func (s *Screen) words() string {
	i := s.items[s.at]
	switch {
	case s.shown.busy:
		return "Reading the picture …"
	case s.room().Empty():
		return "The window is too small for a picture"
	case s.shown.err == nil:
		return ""
	case s.canFetch():
		return clean.Line(fmt.Sprintf("Not shown: %v. Enter fetches %s", s.shown.err, i.Web))
	}
	return clean.Line(fmt.Sprintf("Not shown: %v", s.shown.err))
}
