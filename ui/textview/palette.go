package textview

import (
	"fmt"
	"image/color"
	"strconv"
	"strings"

	"byline/ui/textview/syntax"

	"charm.land/glamour/v2/ansi"
	xansi "github.com/charmbracelet/x/ansi"
)

// A Palette is the colours of rich text. A part with a nil colour has the colour of the
// text; the zero Palette uses the terminal's own sixteen colours, so that it fits a light
// and a dark background.
type Palette struct {
	Heading    color.Color
	Link       color.Color // nil: links have brackets around them
	Code       color.Color // inline and in blocks
	CodeGround color.Color // background of code
	Quote      color.Color // block quotes
	Faint      color.Color // bullets, borders, rules, captions; nil: the attribute of that name
	Parts      Parts       // of blocks of code in a language that is known
	Ticks      bool        // code inline has backticks around it, since Code is nil
}

// Parts are the colours of code.
type Parts = syntax.Colours

// look returns how a part of code looks, without colours too.
func (p Palette) look(part syntax.Part) Look {
	c := p.Parts
	switch part {
	case syntax.Keyword:
		return Look{Fg: c.Keyword, Bold: true}
	case syntax.Name:
		return Look{Fg: c.Name}
	case syntax.String:
		return Look{Fg: c.String}
	case syntax.Number:
		return Look{Fg: c.Number}
	case syntax.Comment:
		return Look{Fg: c.Comment, Italic: true}
	}
	return Look{}
}

// terminal is used for the zero Palette.
var terminal = Palette{Link: xansi.Blue, Code: xansi.Cyan, Faint: xansi.BrightBlack}

// withDefaults returns p, or the colours of the terminal for the zero Palette.
func (p Palette) withDefaults() Palette {
	if p == (Palette{}) {
		return terminal
	}
	return p
}

// faint returns the look of what is not the text itself.
func (p Palette) faint() Look {
	c := p.withDefaults().Faint
	return Look{Fg: c, Faint: c == nil}
}

// config returns the style sheet for Glamour: only what distinguishes the parts of an
// article, without margins and signs before headings.
func (p Palette) config(width int) ansi.StyleConfig {
	on := true
	zero, two := uint(0), uint(2)
	bar := "│ "
	one := uint(1)
	heading := ansi.StylePrimitive{Bold: &on, Color: name(p.Heading)}
	code := ansi.StylePrimitive{Color: name(p.Code), BackgroundColor: name(p.CodeGround)}
	var c ansi.StyleConfig
	c.Document.Margin = &zero
	c.BlockQuote = ansi.StyleBlock{StylePrimitive: ansi.StylePrimitive{Italic: &on, Color: name(p.Quote)}, Indent: &one, IndentToken: &bar}
	c.List.LevelIndent = listIndent
	c.Heading.StylePrimitive = heading
	c.Strikethrough.CrossedOut = &on
	c.Emph.Italic = &on
	c.Strong.Bold = &on
	c.HorizontalRule = ansi.StylePrimitive{Color: name(p.Faint), Format: ruler(width)}
	c.Item.BlockPrefix = bullet
	c.Enumeration.BlockPrefix = ". "
	c.Task = ansi.StyleTask{Ticked: ticked, Unticked: unticked}
	c.LinkText.Color = name(p.Link)
	c.Code.StylePrimitive = code
	c.CodeBlock.BackgroundColor = name(p.CodeGround)
	c.CodeBlock.Indent = &two
	return c
}

// Signs that the style sheet gives list items. Everything that is cut to a width depends on them.
const (
	bullet     = "• "
	ticked     = "[✓] "
	unticked   = "[ ] "
	listIndent = 2
	codeIndent = 2
	barWidth   = 2 // of the bar left of a block quote
)

// ruler returns a short line centred in width cells.
func ruler(width int) string {
	n := min(9, width)
	return strings.Repeat(" ", (width-n)/2) + strings.Repeat("─", n)
}

// name formats a colour for Glamour; nil for none.
func name(c color.Color) *string {
	var s string
	switch c := c.(type) {
	case nil:
		return nil
	case xansi.BasicColor:
		s = strconv.Itoa(int(c))
	case xansi.IndexedColor:
		s = strconv.Itoa(int(c))
	default:
		r, g, b, a := c.RGBA()
		if a == 0 {
			return nil
		}
		s = fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
	}
	return &s
}
