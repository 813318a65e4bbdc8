package picture

import (
	"bytes"
	"context"
	"image"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"byline/articles"
)

// A Source is where pictures come from, and where they are drawn. The zero Source has none.
type Source struct {
	Terminal *Terminal // shared by all articles; nil for one that has no pictures
	Hidden   bool      // no line stands for one that has no words in the text
	Read     func(ctx context.Context, source string, p articles.Picture) ([]byte, error)
	Fetch    func(ctx context.Context, url string) ([]byte, error) // when a person asks for it; nil for never
}

// A Terminal is what is known of a terminal. Its methods are called by the update loop only.
type Terminal struct {
	silent   bool // it is not asked: it has no pictures, or another program is between it and us
	relayed  bool // what is asked is answered by another program, which does not pass on kitty's protocol
	asked    bool
	answered bool

	kitty   bool
	inText  bool // it puts pictures in the place of characters
	colours bool // enough to say which picture is meant
	sixel   bool
	cell    image.Point // pixels; zero for not known
	ids     int         // given to pictures so far
}

// NewTerminal returns a terminal with an environment. One that is silent is never asked.
func NewTerminal(environ []string, silent bool) *Terminal {
	env := map[string]string{}
	for _, e := range environ {
		name, value, _ := strings.Cut(e, "=")
		env[name] = value
	}
	t := &Terminal{colours: colorprofile.Env(environ) >= colorprofile.ANSI256}
	name := env["TERM"]
	t.relayed = env["TMUX"] != "" || env["STY"] != "" || env["ZELLIJ"] != "" || strings.HasPrefix(name, "screen") || strings.HasPrefix(name, "tmux")
	t.silent = silent || slices.Contains([]string{"", "dumb", "linux"}, name) || env["TERM_PROGRAM"] == "Apple_Terminal"
	return t
}

// probe is the number of the picture that the terminal is asked about.
const probe = 31

// reportCellSize is the window operation that asks for the size of a cell in pixels (XTWINOPS 16).
const reportCellSize = 16

// Ask returns a command that asks the terminal what it can do; nil if that is not needed. All terminals answer the
// last question, so that what is not answered by then never will be.
func (t *Terminal) Ask() tea.Cmd {
	if t.silent || t.asked {
		return nil
	}
	t.asked = true
	ask := ansi.RequestNameVersion + ansi.WindowOp(reportCellSize) + ansi.RequestPrimaryDeviceAttributes
	if !t.relayed {
		ask = ansi.KittyGraphics([]byte("AAAA"), "i=31", "s=1", "v=1", "a=q", "t=d", "f=24") + ask
	}
	return tea.Raw(ask)
}

// Take takes an answer of the terminal, and reports whether msg is one.
func (t *Terminal) Take(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case uv.KittyGraphicsEvent:
		t.kitty = t.kitty || msg.Options.ID == probe && bytes.HasPrefix(msg.Payload, []byte("OK"))
	case tea.TerminalVersionMsg:
		name := strings.ToLower(msg.Name)
		t.inText = strings.HasPrefix(name, "kitty") || strings.HasPrefix(name, "ghostty")
	case uv.CellSizeEvent:
		if msg.Width > 0 && msg.Width <= 200 && msg.Height > 0 && msg.Height <= 200 {
			t.cell = image.Pt(msg.Width, msg.Height)
		}
	case uv.PrimaryDeviceAttributesEvent:
		t.sixel = slices.Contains(msg, 4)
		t.answered = true
	default:
		return false
	}
	return true
}

// Draws reports whether the terminal draws pictures, and InText whether among the cells of a text.
func (t *Terminal) Draws() bool { return t.answered && (t.kitty || t.sixel) }

// InText reports whether pictures can stand among the cells of a text.
func (t *Terminal) InText() bool { return t.answered && t.kitty && t.inText && t.colours }

// Cell returns the size of a cell in pixels, or a likely one.
func (t *Terminal) Cell() image.Point {
	if t.cell.X == 0 {
		return image.Pt(10, 20)
	}
	return t.cell
}

// NewID returns the number of another picture. Its lowest byte is a colour of the 256 that no theme
// changes, its highest byte never 0.
func (t *Terminal) NewID() ID {
	n := t.ids
	t.ids++
	return ID((1+n/240%255)<<24 | (16 + n%240))
}
