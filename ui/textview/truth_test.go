package textview

import (
	"fmt"
	"image/color"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"byline/articles"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// all shows the whole of a document at once.
func all(d Doc, width int, m ansi.Method) *View {
	v := New()
	v.SetWidthMethod(m)
	v.SetDoc(d)
	v.Resize(width, 1)
	n := 0
	for g := range v.groups {
		n += v.rows(g)
	}
	v.Resize(width, n)
	return v
}

// words returns the spans of the runs between blanks.
func words(text string) []articles.Span {
	var ws []articles.Span
	start := -1
	for i, r := range text + " " {
		blank := unicode.IsSpace(r)
		if blank && start >= 0 {
			ws = append(ws, articles.Span{Start: start, End: i})
			start = -1
		} else if !blank && start < 0 {
			start = i
		}
	}
	return ws
}

// checkWords paints every word in a colour of its own and reads the frame back: the cells of a
// colour must show exactly that word.
func checkWords(t *testing.T, v *View) (n int) {
	t.Helper()
	d, width, m := v.doc, v.width, v.method
	ws := words(d.Text)
	var s Styles
	var ms []Mark
	for i, w := range ws {
		s.Looks = append(s.Looks, Look{Fg: color.RGBA{uint8(i >> 16), uint8(i >> 8), uint8(i), 255}})
		ms = append(ms, Mark{w, i})
	}
	v.SetStyles(s)
	v.SetMarks(0, ms)
	shown := make([]string, len(ws))
	lines := v.Lines()
	for y, l := range lines {
		if got := m.StringWidth(l); got != width {
			t.Fatalf("width %d: line %d is %d cells wide: %q", width, y, got, l)
		}
		for _, row := range uv.NewStyledString(l).Lines(m) {
			for _, c := range row {
				if rgb, ok := c.Style.Fg.(color.RGBA); ok {
					shown[int(rgb.R)<<16|int(rgb.G)<<8|int(rgb.B)] += c.Content
				}
			}
		}
	}
	for i, w := range ws {
		if shown[i] != w.In(d.Text) {
			t.Errorf("width %d, method %d: the cells of %q show %q", width, m, w.In(d.Text), shown[i])
		}
	}
	return len(ws)
}

// checkClaims checks that each rune with a width belongs to one cell, and that the cell shows it.
func checkClaims(t *testing.T, v *View) (n int) {
	t.Helper()
	d, width := v.doc, v.width
	claimed := make([]int, len(d.Text))
	for g := range v.groups {
		for _, w := range v.renderGroup(g).rows {
			for _, c := range w.cells {
				for i := range int(c.n) {
					if c.off >= 0 {
						claimed[c.off+i]++
					}
				}
				if c.off >= 0 && !c.blank() && !strings.HasPrefix(d.Text[c.off:], c.glyph) {
					t.Errorf("width %d: the cell of byte %d shows %q", width, c.off, c.glyph)
				}
			}
		}
	}
	for i, r := range d.Text {
		if unicode.IsSpace(r) || ansi.StringWidthWc(string(r)) == 0 {
			continue
		}
		n++
		if claimed[i] != 1 {
			t.Errorf("width %d: %q at byte %d is shown by %d cells", width, r, i, claimed[i])
		}
	}
	return n
}

func TestEveryWordIsWhereItsBytesAre(t *testing.T) {
	t.Parallel()
	for _, m := range []ansi.Method{ansi.WcWidth, ansi.GraphemeWidth} {
		for _, rich := range []bool{true, false} {
			d := story()
			d.Rich = rich
			n, words := 0, 0
			for width := 12; width <= 200; width += 17 {
				v := all(d, width, m)
				words += checkWords(t, v)
				n += checkClaims(t, v)
			}
			t.Logf("method %d, rich %v: %d of %d words and %d of %d letters", m, rich, words, words, n, n)
		}
	}
}

// TestGlamourDrawsTheStory checks that no group of the story falls back to plain rows at a width
// for reading.
func TestGlamourDrawsTheStory(t *testing.T) {
	t.Parallel()
	for _, width := range []int{40, 60, 76, 120} {
		v := all(story(), width, ansi.GraphemeWidth)
		for _, g := range v.groups {
			s := newDrawing(v.job, g)
			r := s.render(s.body())
			if r == nil {
				t.Errorf("width %d: %.40q is not drawn by Glamour", width, g.In(v.doc.Text))
			}
		}
	}
}

var vocabulary = strings.Fields(`Marta Quill sold the press, “said” she — AT&amp;T \*not\* R&D a_b_c [x](y) 山田太郎さんは「明日」と言った。
	👩‍👩‍👧‍👦 🇩🇪 👍🏽 é e` + "\u0301" + ` ❤️ हिन्दी क्षि ไทย 한국어 well-known Franco-German-Polish-Czech https://orrin.example/a/very/long/path?with=query&and=more#too
	Donaudampfschifffahrtsgesellschaftskapitän <b> &#27; ` + "`code`" + ` 1,200.50 ﷽ שלום עליכם مَرْحَبًا ｆｕｌｌ ½ x`)

// anyText returns up to n words, some of them in inline spans.
func anyText(r *rand.Rand, n int) string {
	var out []string
	for range 1 + r.IntN(n) {
		w := vocabulary[r.IntN(len(vocabulary))]
		switch r.IntN(14) {
		case 0:
			w = "{b " + w
		case 1:
			w = "{i " + w
		case 2:
			w = "{m " + w
		case 3:
			w = "{s " + w
		case 4:
			w = "{a https://orrin.example/ " + w
		case 5:
			w = w + "}"
		case 6:
			w = "{p https://orrin.example/p.png " + w
		case 7:
			w = "{n " + w
		}
		out = append(out, w)
	}
	return strings.Join(out, " ") + "}}}}}}}}}}"
}

// anyDoc returns a document of blocks of all kinds.
func anyDoc(seed uint64) Doc {
	r := rand.New(rand.NewPCG(seed, 1))
	b := &builder{}
	for range 4 + r.IntN(16) {
		switch r.IntN(8) {
		case 0:
			b.h(r.IntN(8), anyText(r, 12))
		case 1:
			b.li(1+r.IntN(6), []string{"•", "", "7.", "[x]", "a)", "999999."}[r.IntN(6)], anyText(r, 20))
		case 2:
			b.quote(r.IntN(12), anyText(r, 30))
		case 3:
			b.add(anyText(r, 20), articles.Block{Kind: articles.Item, Level: r.IntN(4), Marker: "•", Quote: r.IntN(3)})
		case 4:
			cells := make([]string, 1+r.IntN(7))
			for i := range cells {
				cells[i] = anyText(r, 6)
			}
			b.row(strings.Join(cells, " | "), []string{"", "lcr"}[r.IntN(2)])
		case 5:
			b.code(anyText(r, 9) + "\n\n  " + anyText(r, 3) + "\n")
			b.blocks[len(b.blocks)-1].Variant = []string{"", "go", "python", "html"}[r.IntN(4)]
		case 6:
			b.rule()
			b.row(anyText(r, 4)+" | "+anyText(r, 4), "lr")
			b.blocks[len(b.blocks)-1].Quote = r.IntN(3)
		default:
			b.p(anyText(r, 60))
		}
	}
	return b.doc()
}

func TestAnyDocumentAtAnyWidth(t *testing.T) {
	t.Parallel()
	n := 0
	for seed := range uint64(30) {
		d := anyDoc(seed)
		for _, m := range []ansi.Method{ansi.WcWidth, ansi.GraphemeWidth} {
			width := 12 + int(seed*37+uint64(m)*101)%189
			t.Run(fmt.Sprintf("%d/%d/%d", seed, width, m), func(t *testing.T) {
				v := all(d, width, m)
				checkWords(t, v)
				n += checkClaims(t, v)
				v.SetStyles(Styles{Palette: Palette{Ticks: true}})
				n += checkClaims(t, v)
			})
		}
	}
	t.Logf("%d letters", n)
}

// TestTinyScreens draws documents of all kinds where there is hardly room for a letter.
func TestTinyScreens(t *testing.T) {
	t.Parallel()
	for seed := range uint64(8) {
		d := anyDoc(seed)
		for width := range 12 {
			v := New()
			v.SetDoc(d)
			v.Resize(width, 5)
			v.ScrollTo(len(d.Text), End)
			for _, l := range v.Lines() {
				if got := ansi.StringWidthWc(l); got != width {
					t.Errorf("seed %d: a line is %d cells wide, not %d: %q", seed, got, width, l)
				}
			}
		}
	}
}
