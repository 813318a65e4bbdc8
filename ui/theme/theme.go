// Package theme defines how things look: a dozen colours named for what they mean,
// and the styles made of them.
//
// The default theme uses the sixteen colours of the terminal, so that it fits what
// its owner has chosen; it only needs to know whether the background is dark. The
// themes light and dark have a background and a text colour. No meaning rests on
// colour alone: people are underlined once, organizations twice, a user's own
// labels with a wave, quotes are slanted and barred in the margin, what a person
// confirmed is bold and what one rejected is struck out.
package theme

import (
	"fmt"
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// Palette holds the colours by meaning. A nil color is the terminal's default.
type Palette struct {
	Foreground, Background color.Color // of text
	Muted                  color.Color // secondary text; nil: faint
	Accent                 color.Color // keys, headings, focus
	Person                 color.Color
	Organization           color.Color
	Place                  color.Color
	Own                    color.Color // a user's own labels
	Quote                  color.Color
	Good, Bad              color.Color // confirmed; rejected and errors
	Match                  color.Color // background of search hits
	OnMatch                color.Color // text on Match
	Select                 color.Color // background of the selection and the chosen row; nil: reversed
	OnSelect               color.Color // text on Select
}

// A Theme is a palette and the styles of everything but the text of an article.
type Theme struct {
	Name  string
	Dark  bool
	Color Palette

	Text, Muted, Strong, Accent lipgloss.Style
	Title, Key, Chosen          lipgloss.Style
	Error, Good                 lipgloss.Style
	Box                         lipgloss.Style // border and padding of overlays
}

// Names lists the themes, the default first.
func Names() []string { return []string{"terminal", "light", "dark"} }

// Named returns the theme of that name. Dark says whether the background of the
// terminal is dark, which matters to the theme terminal only.
func Named(name string, dark bool) (*Theme, error) {
	switch name {
	case "", "terminal":
		return build("terminal", dark, terminal(dark)), nil
	case "light":
		return build(name, false, light), nil
	case "dark":
		return build(name, true, night), nil
	}
	return nil, fmt.Errorf("no theme %q: there are %s", name, strings.Join(Names(), ", "))
}

// terminal uses the bright colours on a dark background and the others on a light one, and the
// attributes faint, bold and reverse for grey and emphasis: some palettes have greys that cannot
// be seen.
func terminal(dark bool) Palette {
	p := Palette{
		Person: ansi(4), Organization: ansi(5), Place: ansi(2), Own: ansi(1),
		Quote: ansi(3), Good: ansi(2), Bad: ansi(1), Match: ansi(3), OnMatch: ansi(0),
	}
	if dark {
		p.Person, p.Organization, p.Place, p.Own = ansi(14), ansi(13), ansi(10), ansi(11)
		p.Quote, p.Good, p.Bad, p.Match = ansi(11), ansi(10), ansi(9), ansi(11)
	}
	return p
}

func ansi(i uint8) color.Color { return lipgloss.ANSIColor(i) }

var light = Palette{
	Foreground: lipgloss.Color("#2a2622"), Background: lipgloss.Color("#fbf8f1"), Muted: lipgloss.Color("#7d756a"),
	Accent: lipgloss.Color("#2757a8"), Person: lipgloss.Color("#0b6b74"), Organization: lipgloss.Color("#8d2f86"),
	Place: lipgloss.Color("#3d6b1f"), Own: lipgloss.Color("#8a5a00"), Quote: lipgloss.Color("#8a5a00"),
	Good: lipgloss.Color("#2f6f2f"), Bad: lipgloss.Color("#b3261e"),
	Match: lipgloss.Color("#ffd76a"), OnMatch: lipgloss.Color("#1b1814"), Select: lipgloss.Color("#cfe0f7"), OnSelect: lipgloss.Color("#1b1814"),
}

var night = Palette{
	Foreground: lipgloss.Color("#d9d5cc"), Background: lipgloss.Color("#17191e"), Muted: lipgloss.Color("#8b8880"),
	Accent: lipgloss.Color("#8ab4f8"), Person: lipgloss.Color("#6fd3d8"), Organization: lipgloss.Color("#e59be0"),
	Place: lipgloss.Color("#a3cf7e"), Own: lipgloss.Color("#f0b866"), Quote: lipgloss.Color("#e9c46a"),
	Good: lipgloss.Color("#8fce8f"), Bad: lipgloss.Color("#ff8a80"),
	Match: lipgloss.Color("#e9c46a"), OnMatch: lipgloss.Color("#17191e"), Select: lipgloss.Color("#33507d"), OnSelect: lipgloss.Color("#f4f1ea"),
}

func build(name string, dark bool, p Palette) *Theme {
	s := lipgloss.NewStyle
	chosen := s().Background(p.Select).Foreground(p.OnSelect).Bold(true)
	if p.Select == nil {
		chosen = s().Reverse(true)
	}
	return &Theme{
		Name: name, Dark: dark, Color: p,
		Text:   s(),
		Muted:  s().Foreground(p.Muted).Faint(p.Muted == nil),
		Strong: s().Bold(true),
		Accent: s().Foreground(p.Accent),
		Title:  s().Bold(true),
		Key:    s().Foreground(p.Accent).Bold(true),
		Chosen: chosen,
		Error:  s().Foreground(p.Bad).Bold(true),
		Good:   s().Foreground(p.Good),
		Box:    s().Border(lipgloss.RoundedBorder()).BorderForeground(p.Accent).Padding(0, 1),
	}
}
