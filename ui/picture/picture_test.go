package picture

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/jpeg"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

func photo(t testing.TB, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = byte(i * i >> 7)
	}
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestDecode(t *testing.T) {
	t.Parallel()
	img, size, err := Decode(t.Context(), photo(t, 400, 100), image.Pt(200, 200))
	if err != nil || size != image.Pt(400, 100) || img.Bounds() != image.Rect(0, 0, 200, 50) {
		t.Error(img.Bounds(), size, err)
	}
	if img, _, err = Decode(t.Context(), photo(t, 40, 10), image.Pt(200, 200)); err != nil || img.Bounds() != image.Rect(0, 0, 40, 10) {
		t.Error("a small picture is not shown as it is", err)
	}
	webp := func(w, h uint16) []byte {
		b := []byte("RIFF\x2a\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x09\x00\x00\x09\x00\x00VP8 \x0a\x00\x00\x00\x10\x00\x00\x9d\x01\x2a")
		return binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(b, w), h)
	}
	for name, data := range map[string][]byte{
		"nothing": nil, "text": []byte("\x1b_Gevil\x1b\\"), "cut off": photo(t, 400, 100)[:900],
		"a large frame in a small WebP": webp(16383, 16383), "a broken WebP": webp(10, 10),
		"a large GIF": []byte("GIF89a\xff\xff\xff\xff\x00\x00\x00"),
	} {
		_, _, err := Decode(t.Context(), data, image.Pt(200, 200))
		if err == nil || strings.Contains(name, "large") != errors.Is(err, errLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, _, err := Decode(stopped, photo(t, 400, 100), image.Pt(200, 200)); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(photo(f, 16, 16))
	f.Add([]byte("RIFF\x2a\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00"))
	f.Add([]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		img, _, err := Decode(t.Context(), data, image.Pt(30, 20))
		if err != nil {
			return
		}
		if size := img.Bounds().Size(); size.X < 1 || size.X > 30 || size.Y < 1 || size.Y > 20 {
			t.Errorf("%v", size)
		}
	})
}

func TestFit(t *testing.T) {
	t.Parallel()
	cell := image.Pt(10, 20)
	for _, c := range []struct{ size, most, want image.Point }{
		{image.Pt(300, 100), image.Pt(72, 10), image.Pt(30, 5)},
		{image.Pt(3000, 1000), image.Pt(72, 10), image.Pt(60, 10)},
		{image.Pt(1000, 10_000), image.Pt(72, 10), image.Pt(2, 10)},
		{image.Pt(10_000, 10), image.Pt(72, 10), image.Pt(72, 1)},
		{image.Pt(1, 1), image.Pt(72, 10), image.Pt(1, 1)},
	} {
		if got := Fit(c.size, cell, c.most); got != c.want {
			t.Errorf("%v in %v takes %v, want %v", c.size, c.most, got, c.want)
		}
	}
}

// Glyphs are one cell wide however the terminal counts, and name their picture, row and column.
func TestGlyphs(t *testing.T) {
	t.Parallel()
	term := NewTerminal([]string{"TERM=xterm-kitty"}, false)
	seen := map[ID]bool{}
	for range 1000 {
		id := term.NewID()
		if low := id & 0xff; seen[id] || low < 16 || id>>24 < 1 || id>>24 > 255 || id&0xffff00 != 0 {
			t.Fatalf("%#x", int(id))
		}
		seen[id] = true
	}
	rows := ID(0x03000020).Glyphs(image.Pt(MostCells, MostCells))
	all := map[string]bool{}
	for _, row := range rows {
		for _, g := range row {
			if all[g] || ansi.WcWidth.StringWidth(g) != 1 || ansi.GraphemeWidth.StringWidth(g) != 1 {
				t.Fatalf("%q is %d and %d cells wide", g, ansi.WcWidth.StringWidth(g), ansi.GraphemeWidth.StringWidth(g))
			}
			all[g] = true
		}
	}
}

func TestTerminals(t *testing.T) {
	t.Parallel()
	ok := uv.KittyGraphicsEvent{Payload: []byte("OK")}
	ok.Options.ID = probe
	wrong := uv.KittyGraphicsEvent{Payload: []byte("ENOTSUP:no")}
	wrong.Options.ID = probe
	for _, c := range []struct {
		environ       string
		answers       []tea.Msg
		draws, inText bool
	}{
		{"TERM=xterm-kitty", []tea.Msg{ok, tea.TerminalVersionMsg{Name: "kitty(0.40)"}, uv.PrimaryDeviceAttributesEvent{62}}, true, true},
		{"TERM=xterm-kitty", []tea.Msg{ok, tea.TerminalVersionMsg{Name: "kitty(0.40)"}}, false, false},
		{"TERM=xterm", []tea.Msg{ok, tea.TerminalVersionMsg{Name: "kitty(0.40)"}, uv.PrimaryDeviceAttributesEvent{62}}, true, false}, // 16 colours
		{"TERM=xterm-256color", []tea.Msg{ok, tea.TerminalVersionMsg{Name: "WezTerm 1"}, uv.PrimaryDeviceAttributesEvent{62}}, true, false},
		{"TERM=xterm-256color", []tea.Msg{wrong, uv.PrimaryDeviceAttributesEvent{62, 4}}, true, false},
		{"TERM=xterm-256color", []tea.Msg{uv.PrimaryDeviceAttributesEvent{62, 22}}, false, false},
	} {
		term := NewTerminal([]string{c.environ}, false)
		if term.Ask() == nil || term.Ask() != nil {
			t.Errorf("%s is not asked once", c.environ)
		}
		for _, a := range c.answers {
			if !term.Take(a) {
				t.Errorf("%T is no answer", a)
			}
		}
		if term.Draws() != c.draws || term.InText() != c.inText {
			t.Errorf("%s %v: %v, %v", c.environ, c.answers, term.Draws(), term.InText())
		}
	}
	if term := NewTerminal(nil, false); term.Ask() != nil || term.Take(tea.KeyPressMsg{}) {
		t.Error("nothing is known of the terminal, but it is asked")
	}
}

// A picture of 12 megapixels, made ready for a third of a window and for a whole one.
func BenchmarkPicture(b *testing.B) {
	data := photo(b, 4000, 3000)
	for name, cells := range map[string]image.Point{"kitty/third": image.Pt(72, 16), "kitty/window": image.Pt(140, 48), "sixel/window": image.Pt(140, 48)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				img, _, err := Decode(b.Context(), data, image.Pt(10*cells.X, 20*cells.Y))
				if err == nil && strings.HasPrefix(name, "kitty") {
					_, err = ID(1).Place(img, cells)
				} else if err == nil {
					_, err = sixels(img, image.Point{})
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
