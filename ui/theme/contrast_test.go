package theme_test

import (
	"fmt"
	"image/color"
	"math"
	"reflect"
	"testing"

	"byline/ui/theme"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// The sixteen colours of two terminals: xterm, and the consoles of Linux and the PC.
var sixteen = map[string][16]string{
	"xterm": {"#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5",
		"#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff"},
	"console": {"#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa",
		"#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff"},
}

// contrast returns the contrast of two colours as the Web Content Accessibility Guidelines 2.2 define it.
func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	part := func(v uint32) float64 {
		f := float64(v) / 0xffff
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(b)
}

// onScreen returns the colour that a terminal shows for c; other for none.
func onScreen(c, other color.Color, terminal string) color.Color {
	if c == nil {
		return other
	}
	if i, ok := c.(ansi.IndexedColor); ok && i < 16 {
		return lipgloss.Color(sixteen[terminal][i])
	}
	return c
}

var profiles = []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256, colorprofile.ANSI, colorprofile.ASCII}

// each calls f with every theme for every kind of terminal.
func each(t *testing.T, f func(t *testing.T, th *theme.Theme, p colorprofile.Profile)) {
	for _, name := range theme.Names() {
		for _, dark := range []bool{true, false} {
			for _, p := range profiles {
				th, err := theme.For(name, dark, p)
				if err != nil {
					t.Fatal(err)
				}
				t.Run(fmt.Sprintf("%s/dark=%v/%s", name, th.Dark, p), func(t *testing.T) { f(t, th, p) })
			}
		}
	}
}

func TestContrast(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, th *theme.Theme, _ colorprofile.Profile) {
		for terminal := range sixteen {
			checkContrast(t, th, terminal)
		}
	})
}

// colours returns the fields of a struct that are colours, by name.
func colours(of any) map[string]color.Color {
	all := map[string]color.Color{}
	v := reflect.ValueOf(of)
	for i := range v.NumField() {
		if c, ok := v.Field(i).Interface().(color.Color); ok {
			all[v.Type().Field(i).Name] = c
		}
	}
	return all
}

// inks returns all colours of text of a palette by name.
func inks(p theme.Palette) map[string]color.Color {
	all := map[string]color.Color{}
	for _, of := range []any{p, p.Kinds} {
		for name, c := range colours(of) {
			all[name] = c
		}
	}
	for _, ground := range []string{"Background", "Match", "OnMatch", "Select", "OnSelect"} {
		delete(all, ground)
	}
	return all
}

func checkContrast(t *testing.T, th *theme.Theme, terminal string) {
	t.Helper()
	const least = 4.5
	paper, ink := lipgloss.Color("#000000"), lipgloss.Color("#ffffff")
	if !th.Dark {
		paper, ink = ink, paper
	}
	c := th.Color
	shown := func(c, other color.Color) color.Color { return onScreen(c, other, terminal) }
	check := func(name string, fg, bg color.Color) {
		if got := contrast(fg, bg); got < least {
			t.Errorf("%s, %s: contrast %.2f", terminal, name, got)
		}
	}
	ground, text := shown(c.Background, paper), shown(c.Foreground, ink)
	check("Foreground", text, ground)
	for name, fg := range inks(c) {
		check(name, shown(fg, text), ground)
	}
	for name, fg := range colours(c.Kinds) { // names alone have that ground
		check(name+" on Same", shown(fg, text), shown(c.Same, ground))
		check(name+" on Highlight", shown(fg, text), shown(c.Highlight, ground))
	}
	check("Foreground on Highlight", text, shown(c.Highlight, ground))
	check("Foreground on Same", text, shown(c.Same, ground))
	if c.Match != nil {
		check("OnMatch", shown(c.OnMatch, text), shown(c.Match, ground))
	}
	if c.Select != nil {
		check("OnSelect", shown(c.OnSelect, text), shown(c.Select, ground))
	}
}

// TestColoursOfProfile checks that a theme uses no colour that the terminal lacks.
func TestColoursOfProfile(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, th *theme.Theme, p colorprofile.Profile) {
		for name, c := range inks(th.Color) {
			i, indexed := c.(ansi.IndexedColor)
			switch {
			case p == colorprofile.ASCII:
				t.Errorf("%s is %v", name, c)
			case p == colorprofile.ANSI && (!indexed || i > 15), p == colorprofile.ANSI256 && !indexed:
				t.Errorf("%s is %v, which the terminal lacks", name, c)
			}
		}
	})
}

// TestMarksDiffer checks that names of every kind and state, quotes, what is found and what is
// selected differ from each other and from plain text, whatever colours there are.
func TestMarksDiffer(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, th *theme.Theme, _ colorprofile.Profile) {
		seen := map[theme.Look]string{{}: "plain text"}
		add := func(name string, l theme.Look) {
			if other, ok := seen[l]; ok {
				t.Errorf("%s looks like %s: %+v", name, other, l)
			}
			seen[l] = name
		}
		for k := range theme.Own + 1 {
			for s := range theme.Rejected {
				if k == theme.Own && s == theme.Edited {
					continue // a label of one's own is confirmed in the same look
				}
				add(fmt.Sprintf("kind %d, state %d", k, s), th.Mark(k, s))
			}
		}
		add("a rejected name", th.Mark(theme.Person, theme.Rejected))
		add("the cursor", th.Cursor())
		add("what is found", th.Found(false))
		add("what is found now", th.Found(true))
		add("what is selected", th.Selected())
		add("a highlighted passage", th.Highlighted())
		add("the current quote", th.Spoken(true))
		if !th.Colourless { // without colours a bar alone shows it
			add("a quote", th.Spoken(false))
		}
	})
}

// TestStatesDifferBesideWeightAndColour checks that a second sign beside bold and colour tells the
// states of every kind.
func TestStatesDifferBesideWeightAndColour(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, th *theme.Theme, _ colorprofile.Profile) {
		for k := range theme.Own {
			seen := map[theme.Look]theme.State{}
			for s := range theme.Rejected + 1 {
				l := th.Mark(k, s)
				l.Bold, l.Fg = false, nil
				if other, ok := seen[l]; ok {
					t.Errorf("kind %d: states %d and %d look alike but for weight and colour", k, s, other)
				}
				seen[l] = s
			}
		}
	})
}

// TestFoundShows checks that what a search found shows as more than a line or slant, and
// so does what is selected.
func TestFoundShows(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, th *theme.Theme, _ colorprofile.Profile) {
		for name, l := range map[string]theme.Look{"found": th.Found(false), "now": th.Found(true), "selected": th.Selected(), "cursor": th.Cursor()} {
			if l.Bg == nil && !l.Reverse {
				t.Errorf("%s: %+v", name, l)
			}
		}
	})
}

func TestSigns(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, th *theme.Theme, _ colorprofile.Profile) {
		seen := map[string]bool{}
		for _, s := range th.Signs() {
			if s.Means == "" || s.Shown == "" || seen[s.Group+s.Means] {
				t.Errorf("%+v", s)
			}
			seen[s.Group+s.Means] = true
		}
	})
}
