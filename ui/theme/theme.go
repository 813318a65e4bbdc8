// Package theme defines how things look: a dozen colours named for what they mean,
// and the styles made of them.
//
// The default theme uses the sixteen colours of the terminal, so that it fits what
// its owner has chosen; it only needs to know whether the background is dark. The
// themes light and dark have a background and a text colour. Each theme has its colours
// for terminals of millions, 256 and 16 colours, and looks without any: what a terminal
// makes of a colour that it lacks is not left to chance.
//
// No meaning rests on colour alone: [Theme.Signs] lists every sign with what it means.
package theme

import (
	"fmt"
	"image/color"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
)

// Palette holds the colours by meaning. A nil color is the terminal's default.
type Palette struct {
	Kinds
	Foreground, Background color.Color // of text
	Muted                  color.Color // secondary text; nil: faint
	Accent                 color.Color // keys, headings, focus
	Code                   color.Color // code in a line; nil: it has backticks
	Link                   color.Color // links and the marks of notes; nil: links have brackets
	Good, Bad              color.Color // confirmed; rejected and errors
	Match                  color.Color // background of search hits
	OnMatch                color.Color // text on Match
	Select                 color.Color // background of the selection and the chosen row; nil: reversed
	OnSelect               color.Color // text on Select
	Grounds
}

// Grounds holds the backgrounds of marked words that keep their own colour. None: they are underlined
// or bold only.
type Grounds struct {
	Same      color.Color // the other places where the current name's bearer is named
	Highlight color.Color // passages that somebody highlighted or noted
}

// Kinds holds the colours of what is marked in a text.
type Kinds struct {
	Person, Organization color.Color
	Place, Other         color.Color
	Own                  color.Color // a user's own labels
	Quote                color.Color
}

// of returns the colour of a kind.
func (p *Palette) of(k Kind) color.Color {
	return [kindCount]color.Color{p.Person, p.Organization, p.Place, p.Other, p.Own}[k]
}

// A Theme is a palette and the styles of everything but the text of an article.
type Theme struct {
	Name       string
	Dark       bool
	Colourless bool // there are no colours: all that Color holds is nil
	Color      Palette

	Text, Muted, Strong, Accent lipgloss.Style
	Title, Key, Chosen          lipgloss.Style
	Error, Good                 lipgloss.Style
	Box                         lipgloss.Style // border and padding of overlays
}

// Names lists the themes, the default first.
func Names() []string { return []string{"terminal", "light", "dark"} }

// Named returns the theme of that name for a terminal of 256 colours or more. Dark says whether
// the background of the terminal is dark, which matters to the theme terminal only.
func Named(name string, dark bool) (*Theme, error) {
	return For(name, dark, colorprofile.TrueColor)
}

// For returns the theme of that name for a terminal that has the colours of p.
func For(name string, dark bool, p colorprofile.Profile) (*Theme, error) {
	if name == "" {
		name = Names()[0]
	}
	if name != Names()[0] {
		dark = name == "dark"
	}
	if !slices.Contains(Names(), name) {
		return nil, fmt.Errorf("no theme %q: there are %s", name, strings.Join(Names(), ", "))
	}
	if p < colorprofile.ANSI {
		return build(name, dark, Palette{}), nil
	}
	return build(name, dark, paletteOf(name, dark, p)), nil
}

func build(name string, dark bool, p Palette) *Theme {
	s := lipgloss.NewStyle
	chosen := s().Background(p.Select).Foreground(p.OnSelect).Bold(true)
	if p.Select == nil {
		chosen = s().Reverse(true)
	}
	return &Theme{
		Name: name, Dark: dark, Colourless: p == Palette{}, Color: p,
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
