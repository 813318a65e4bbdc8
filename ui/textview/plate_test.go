package textview

import (
	"image/color"
	"strings"
	"testing"

	"byline/articles"

	"github.com/charmbracelet/x/ansi"
)

// pictured is a document with pictures before, between and behind its paragraphs, and one with words.
func pictured() Doc {
	text := "The yard.\n\nThe quay.\n\nA man on a ladder"
	span := func(words string) articles.Span {
		at := strings.Index(text, words)
		return articles.Span{Start: at, End: at + len(words)}
	}
	yard, quay, man := span("The yard."), span("The quay."), span("A man on a ladder")
	at := func(off int) articles.Span { return articles.Span{Start: off, End: off} }
	return Doc{
		Rich: true, Text: text, Blocks: []articles.Block{{Span: yard}, {Span: quay}, {Span: man, Kind: articles.Caption}},
		Inline: []articles.Inline{{Span: man, Kind: articles.Image}},
		Pictures: []Picture{
			{Picture: articles.Picture{Span: at(0), Address: "gate.png"}},
			{Picture: articles.Picture{Span: at(yard.End), Address: "https://example.org/a%1bb.png", Alt: ""}},
			{Picture: articles.Picture{Span: at(yard.End), Address: "data:0011223344556677"}},
			{Picture: articles.Picture{Span: man, Address: "ladder.png"}},
			{Picture: articles.Picture{Span: at(len(text)), Address: "x.png", Alt: "The \x1b[31mend\u202e"}},
		},
	}
}

func lines(v *View) []string {
	var out []string
	for _, l := range v.Lines() {
		if l = strings.TrimSpace(ansi.Strip(l)); l != "" {
			out = append(out, l)
		}
	}
	return out
}

func TestPicturesHaveLines(t *testing.T) {
	t.Parallel()
	v := New()
	v.SetDoc(pictured())
	v.Resize(50, 30)
	got := strings.Join(lines(v), "|")
	want := "[image: gate.png]|The yard.|[image: ab.png]|[image]|The quay.|[image: A man on a ladder]|[image: The \uFFFD[31mend\uFFFD]"
	if got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if s := strings.Join(v.Lines(), ""); strings.Contains(s, "\x1b[31mend") || strings.Contains(s, "\u202e") {
		t.Errorf("what a source says reached the terminal: %q", s)
	}
}

func TestPlates(t *testing.T) {
	t.Parallel()
	v := New()
	v.SetDoc(pictured())
	v.Resize(50, 30)
	v.SetPlates(map[int]*Plate{
		0: {Rows: [][]string{{"#", "#"}, {"#", "#"}}, Fg: color.RGBA{1, 2, 3, 255}},
		3: {Rows: [][]string{{"@", "@"}}}, 4: {Rows: [][]string{{"%"}}},
	})
	got := strings.Join(lines(v), "|")
	want := "##|##|The yard.|[image: ab.png]|[image]|The quay.|@@|[image: A man on a ladder]|%|The \uFFFD[31mend\uFFFD"
	if got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if s := strings.Join(v.Lines(), ""); !strings.Contains(s, "38;2;1;2;3m##") {
		t.Errorf("the cells of a picture have another colour: %q", s)
	}
	if got := v.Pictures(0); len(got) != 5 {
		t.Errorf("pictures %v are on the screen", got)
	}
}

// The words on the first line stay there when pictures before and after them appear, at every scroll
// position, and what is on the screen has every byte of the text once.
func TestPlatesKeepTheTop(t *testing.T) {
	t.Parallel()
	d := pictured()
	tall := &Plate{Rows: [][]string{{"#"}, {"#"}, {"#"}}}
	for at := range d.Text {
		v := New()
		v.SetDoc(d)
		v.Resize(20, 4)
		v.ScrollTo(at, Top)
		top := v.Top()
		v.SetPlates(map[int]*Plate{0: tall, 1: tall, 3: tall})
		if got := v.Top(); got != top && !v.AtEnd() {
			t.Errorf("at %d the top moved from %d to %d", at, top, got)
		}
		for v.ScrollBy(-1) != 0 {
		}
		seen := lines(v)
		for v.ScrollBy(1) != 0 {
			l := strings.TrimSpace(ansi.Strip(v.Lines()[3]))
			if l != "" {
				seen = append(seen, l)
			}
		}
		all := strings.Join(seen, " ")
		for _, words := range []string{"The yard.", "The quay.", "A man on a"} {
			if strings.Count(all, words) != 1 {
				t.Fatalf("%q is not in %q once", words, all)
			}
		}
	}
}
