package textview

import (
	"strings"
	"testing"

	"byline/articles"
	"byline/ui/theme"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// looksOf returns the look of the first cell of each word of a document, before marks.
func looksOf(d Doc, width int, p Palette) map[string]Look {
	v := all(d, width, ansi.WcWidth)
	v.SetStyles(Styles{Palette: p})
	looks := map[string]Look{}
	for _, w := range words(d.Text) {
		at, _ := v.positionOf(w.Start)
		r, shown := v.at(at)
		for i := range shown.cells {
			if c := &shown.cells[i]; c.off == w.Start {
				looks[w.In(d.Text)] = r.attrs[c.attr].look
			}
		}
	}
	return looks
}

func TestHeadingsDiffer(t *testing.T) {
	t.Parallel()
	for _, p := range []Palette{{}, {Ticks: true}} {
		b := &builder{}
		for level := 1; level <= 5; level++ {
			b.h(level, "Heading")
		}
		b.p("Heading")
		d := b.doc()
		v := all(d, 40, ansi.WcWidth)
		v.SetStyles(Styles{Palette: p})
		seen := map[string]int{}
		for g := range v.groups {
			r := v.renderGroup(g)
			shown := ""
			for i := range r.rows {
				for k := range r.rows[i].cells {
					shown += r.rows[i].cells[k].glyph
				}
			}
			look := r.attrs[r.rows[0].cells[0].attr].look
			look.Fg = nil
			s := styleOf(look)
			shown += s.String()
			if other, ok := seen[shown]; ok {
				t.Errorf("headings of levels %d and %d look alike without colours", other+1, g+1)
			}
			seen[shown] = g
		}
	}
}

func TestStylesOfWords(t *testing.T) {
	t.Parallel()
	b := &builder{}
	b.p("plain {s struck} {b strong} {i slanted} {m mono} {n [1]} {a https://orrin.example link}")
	code := theme.Look{Fg: lipgloss.Color("#123456")}
	got := looksOf(b.doc(), 76, Palette{Code: code.Fg, Link: lipgloss.Color("#654321")})
	for word, want := range map[string]Look{
		"plain": {}, "struck": {Strike: true}, "strong": {Bold: true}, "slanted": {Italic: true}, "mono": code, "[1]": {Fg: lipgloss.Color("#654321")},
		"link": {Fg: lipgloss.Color("#654321")},
	} {
		if got[word] != want {
			t.Errorf("%s is %+v, not %+v", word, got[word], want)
		}
	}
}

func TestPartsOfCode(t *testing.T) {
	t.Parallel()
	b := &builder{}
	b.code("func say() {\n\treturn \"so\" // never\n}")
	b.blocks[0].Variant = "go"
	b.code("func none")
	d := b.doc()
	got := looksOf(d, 76, Palette{Parts: Parts{String: lipgloss.Color("#00ff00")}})
	for word, want := range map[string]Look{
		"return": {Bold: true}, `"so"`: {Fg: lipgloss.Color("#00ff00")}, "//": {Italic: true}, "}": {}, "none": {},
	} {
		if got[word] != want {
			t.Errorf("%s is %+v, not %+v", word, got[word], want)
		}
	}
}

func TestPicturesSayWhatTheyAre(t *testing.T) {
	t.Parallel()
	b := &builder{}
	b.add("{p https://orrin.example/press.png The press in the hall}", articles.Block{Kind: articles.Caption})
	b.p("Before {p pics/yard.png the yard, in rain}, after {m go run}; {a https://orrin.example see {p https://orrin.example/t.png so}}")
	b.row("Name | {p http://orrin.example/x.png a face}", "ll")
	d := b.doc()
	want := `[image: The press in the
hall]

Before [image: the yard, in
rain], after go run; see
[image: so]

Name │ [image: a face]`
	if got := pageOf(d, 29); got != want {
		t.Errorf("got\n%s\nnot\n%s", got, want)
	}
	v := all(d, 90, ansi.WcWidth)
	v.SetStyles(Styles{Palette: Palette{Ticks: true}})
	frame := v.View()
	if page := ansi.Strip(frame); !strings.Contains(page, "`go run`") || !strings.Contains(page, "<see [image: so]>") {
		t.Errorf("code and links without a colour have no marks:\n%s", ansi.Strip(frame))
	}
	if !strings.Contains(frame, "https://orrin.example/press.png") || strings.Contains(frame, "pics/yard") {
		t.Errorf("an address is not the link of its picture:\n%q", frame)
	}
}

func TestMeaningIsBelowItsWord(t *testing.T) {
	t.Parallel()
	b := &builder{}
	b.p("{b Slug}").li(1, "", "A short name of a story, on the page that is being made.").li(1, "", "A line of type.")
	b.p("{b Lede}").li(1, "", "The first sentence.")
	want := `Slug
  A short name of a story,
  on the page that is being
  made.
  A line of type.

Lede
  The first sentence.`
	if got := pageOf(b.doc(), 30); got != want {
		t.Errorf("got\n%s\nnot\n%s", got, want)
	}
}
