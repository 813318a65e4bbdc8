package uitest

import (
	"fmt"
	"html"
	"image/color"
	"io"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// Size of a cell in a picture, in pixels.
const (
	cellWidth  = 10
	cellHeight = 20
)

// SVG draws the screen with the given default colours ("#1c1c1c"), every glyph
// on its cell, so that wide and fallback glyphs cannot shift a row.
func (s *Screen) SVG(w io.Writer, foreground, background string) error {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" font-family="DejaVu Sans Mono,Menlo,Consolas,monospace" font-size="16px"><rect width="100%%" height="100%%" rx="6" fill="%s"/>`+"\n",
		s.width*cellWidth, s.height*cellHeight, s.width*cellWidth, s.height*cellHeight, background)
	for y := range s.height {
		for x := 0; x < s.width; {
			c, n := s.joinCells(x, y)
			drawCell(&b, c, x, y, foreground, background)
			x += n
		}
	}
	b.WriteString("</svg>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// joinCells joins the cell at x, y and the ASCII cells that follow it in the same style to
// one wide cell, and returns it with its width in columns.
func (s *Screen) joinCells(x, y int) (uv.Cell, int) {
	c := s.Cell(x, y)
	n := max(1, c.Width)
	if c.Content == "" {
		c.Content = " "
	}
	for ascii(c.Content) && x+n < s.width {
		next := s.Cell(x+n, y)
		if next.Content == "" {
			next.Content = " "
		}
		if !ascii(next.Content) || !next.Style.Equal(&c.Style) {
			break
		}
		c.Content += next.Content
		n++
	}
	c.Width = n
	return c, n
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func drawCell(b *strings.Builder, c uv.Cell, x, y int, foreground, background string) {
	fg, bg := hex(c.Style.Fg, foreground), hex(c.Style.Bg, background)
	if c.Style.Attrs&uv.AttrReverse != 0 {
		fg, bg = bg, fg
	}
	w := max(1, c.Width) * cellWidth
	left, top := x*cellWidth, y*cellHeight
	if bg != background {
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`, left, top, w, cellHeight, bg)
	}
	underline(b, c, left, top, w, fg)
	if strings.TrimSpace(c.Content) == "" {
		return
	}
	extra := ""
	if c.Style.Attrs&uv.AttrBold != 0 {
		extra += ` font-weight="bold"`
	}
	if c.Style.Attrs&uv.AttrItalic != 0 {
		extra += ` font-style="italic"`
	}
	if c.Style.Attrs&uv.AttrFaint != 0 {
		extra += ` opacity=".6"`
	}
	if c.Style.Attrs&uv.AttrStrikethrough != 0 {
		extra += ` text-decoration="line-through"`
	}
	fmt.Fprintf(b, `<text xml:space="preserve" x="%d" y="%d" fill="%s" textLength="%d" lengthAdjust="spacingAndGlyphs"%s>%s</text>`+"\n",
		left, top+15, fg, w, extra, html.EscapeString(c.Content))
}

// underline draws the styles of underline: one line, two, dots, a wave.
func underline(b *strings.Builder, c uv.Cell, left, top, w int, foreground string) {
	line := func(y int, dash string) {
		fmt.Fprintf(b, `<path d="M%d %dh%d" stroke="%s" stroke-width="1.2"%s/>`, left, top+y, w, foreground, dash)
	}
	switch c.Style.Underline {
	case uv.UnderlineNone:
	case uv.UnderlineDouble:
		line(17, "")
		line(19, "")
	case uv.UnderlineDotted, uv.UnderlineDashed:
		line(18, ` stroke-dasharray="2 2"`)
	case uv.UnderlineCurly:
		fmt.Fprintf(b, `<path d="M%d %dq2.5 -3 5 0t5 0" stroke="%s" fill="none"/>`, left, top+18, foreground)
	default:
		line(17, "")
	}
}

// palette has the sixteen colours of pictures.
var palette = [16]string{
	"#2e3440", "#d05a5a", "#5fa55a", "#b58a2b", "#3b73c4", "#a2559f", "#2a8f9c", "#c8ccd4",
	"#6c7686", "#ef7f7f", "#8fce8a", "#ecc564", "#7fb0f5", "#e39ae0", "#6fd6de", "#ffffff",
}

func hex(c color.Color, otherwise string) string {
	if c == nil {
		return otherwise
	}
	r, g, b, _ := c.RGBA()
	for i, better := range palette {
		if r1, g1, b1, _ := ansi.BasicColor(i).RGBA(); r == r1 && g == g1 && b == b1 {
			return better
		}
	}
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
