package textview

import (
	"image/color"
	"strings"
	"testing"

	"byline/articles"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
)

// spansOf returns the spans of all occurrences of s.
func spansOf(text, s string) []articles.Span {
	var out []articles.Span
	for at := 0; ; {
		i := strings.Index(text[at:], s)
		if i < 0 {
			return out
		}
		at += i + len(s)
		out = append(out, sp(at-len(s), at))
	}
}

// marked is the story with names, a quote and a selection marked.
func marked(p Palette) *View {
	d := story()
	v := New()
	v.SetWidthMethod(ansi.GraphemeWidth)
	v.SetStyles(Styles{
		Looks: []Look{
			{Fg: ansi.Yellow, Underline: uv.UnderlineSingle, UnderlineColor: ansi.Yellow},
			{Fg: ansi.Magenta, Underline: uv.UnderlineDouble},
			{Bg: ansi.Blue, Fg: ansi.BrightWhite},
		},
		Palette: p,
	})
	v.SetDoc(d)
	var names []Mark
	for _, s := range spansOf(d.Text, "Jane Doe") {
		names = append(names, Mark{s, 0})
	}
	for _, s := range spansOf(d.Text, "Acme") {
		names = append(names, Mark{s, 1})
	}
	v.SetMarks(1, names)
	q := strings.Index(d.Text, "“We at")
	v.SetMarks(2, []Mark{{sp(q+10, q+60), 2}})
	v.SetGutter(0, []GutterMark{
		{Span: sp(q, q+130), Bar: &Bar{Sign: "│", First: "╭", Last: "╰", Look: 1}},
		{Span: names[2].Span, Bar: &Bar{Sign: "▸", Column: 1, Look: 0}},
	})
	return v
}

// screenText returns a frame as text without looks.
func screenText(v *View) string {
	var b strings.Builder
	for _, l := range v.Lines() {
		b.WriteString(strings.TrimRight(ansi.Strip(l), " ") + "\n")
	}
	return b.String()
}

func TestScreens(t *testing.T) {
	t.Parallel()
	dark := Palette{
		Heading: color.RGBA{0xe8, 0xc0, 0x7d, 255}, Link: color.RGBA{0x7f, 0xb4, 0xe8, 255},
		Code: color.RGBA{0x9e, 0xd0, 0xa0, 255}, CodeGround: color.RGBA{0x24, 0x28, 0x30, 255},
		Quote: color.RGBA{0xb8, 0xb8, 0xc8, 255}, Faint: color.RGBA{0x60, 0x68, 0x78, 255},
	}
	t.Run("rich", func(t *testing.T) {
		v := marked(Palette{})
		v.Resize(76, 66)
		golden.RequireEqual(t, screenText(v))
	})
	t.Run("narrow", func(t *testing.T) {
		v := marked(Palette{})
		v.Resize(40, 100)
		golden.RequireEqual(t, screenText(v))
	})
	t.Run("plain", func(t *testing.T) {
		v := marked(Palette{})
		d := v.doc
		d.Rich = false
		v.SetDoc(d)
		v.Resize(60, 50)
		golden.RequireEqual(t, screenText(v))
	})
	t.Run("looks", func(t *testing.T) {
		v := marked(dark)
		v.Resize(76, 30)
		v.ScrollTo(0, End)
		golden.RequireEqual(t, v.View())
	})
}
