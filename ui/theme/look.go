package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
)

// A Look is a change to cells. The zero value of each field changes nothing, so that looks add up.
type Look struct {
	Fg, Bg         color.Color
	UnderlineColor color.Color
	Underline      lipgloss.Underline
	Bold, Faint    bool
	Italic, Strike bool
	Reverse        bool
}

// Over returns l with the changes of top made to it.
func (l Look) Over(top Look) Look {
	if top.Fg != nil {
		l.Fg = top.Fg
	}
	if top.Bg != nil {
		l.Bg = top.Bg
	}
	if top.UnderlineColor != nil {
		l.UnderlineColor = top.UnderlineColor
	}
	if top.Underline != lipgloss.UnderlineNone {
		l.Underline = top.Underline
	}
	l.Bold = l.Bold || top.Bold
	l.Faint = l.Faint || top.Faint
	l.Italic = l.Italic || top.Italic
	l.Strike = l.Strike || top.Strike
	l.Reverse = l.Reverse || top.Reverse
	return l
}

// Style returns l as a style.
func (l Look) Style() lipgloss.Style {
	s := lipgloss.NewStyle().Bold(l.Bold).Faint(l.Faint).Italic(l.Italic).Strikethrough(l.Strike).Reverse(l.Reverse)
	if l.Fg != nil {
		s = s.Foreground(l.Fg)
	}
	if l.Bg != nil {
		s = s.Background(l.Bg)
	}
	if l.Underline != lipgloss.UnderlineNone {
		s = s.UnderlineStyle(l.Underline)
	}
	return s
}

// A Kind is what a mark in a text is about.
type Kind uint8

// The kinds of marks.
const (
	Person Kind = iota
	Organization
	Place
	Other
	Own // a label of the user's own
	kindCount
)

// A State is what people decided about what is marked.
type State uint8

// The states of marks.
const (
	Suggested State = iota
	Confirmed
	Edited // added or changed by a person
	Rejected
)

// Mark returns the look of a name in a text. The line below it tells the state: broken is
// suggested, whole is confirmed, wavy is edited; a rejected name is struck out and has none. The
// colour tells the kind, and so does the line: people and places have a fine one, organizations
// and other names a strong one, and places and other names are slanted. Labels of the user's own
// have a wavy line, without colours a whole one that is not bold.
func (t *Theme) Mark(k Kind, s State) Look {
	if s == Rejected {
		return Look{Fg: t.Color.Muted, Faint: t.Color.Muted == nil, Strike: true}
	}
	strong := k == Organization || k == Other
	l := Look{Fg: t.Color.of(k), Underline: line(s, strong), Bold: s != Suggested, Italic: k == Place || k == Other}
	switch {
	case k == Own && t.Colourless: // the weight tells what the line cannot
		return Look{Underline: line(Confirmed, s != Suggested)}
	case k == Own:
		l.Underline = lipgloss.UnderlineCurly
	case t.Colourless && s == Edited: // there is one wave for all
		l.Bold = !strong
	}
	return l
}

func line(s State, strong bool) lipgloss.Underline {
	switch {
	case s == Edited:
		return lipgloss.UnderlineCurly
	case s == Confirmed && strong:
		return lipgloss.UnderlineDouble
	case s == Confirmed:
		return lipgloss.UnderlineSingle
	case strong:
		return lipgloss.UnderlineDashed
	}
	return lipgloss.UnderlineDotted
}

// Cursor is the look of the current name.
func (t *Theme) Cursor() Look { return Look{Reverse: true, Bold: true} }

// Same is the look of the other places where the current name's bearer is named.
func (t *Theme) Same() Look { return Look{Bg: t.Color.Same, Bold: true} }

// Found is the look of a place that a search found; now says that it is the current one.
func (t *Theme) Found(now bool) Look {
	l := Look{Fg: t.Color.OnMatch, Bg: t.Color.Match, Bold: now}
	if t.Colourless {
		l.Reverse, l.Italic = true, true
	}
	if now {
		l.Underline = lipgloss.UnderlineSingle
	}
	return l
}

// Highlighted is the look of a passage that somebody highlighted or noted.
func (t *Theme) Highlighted() Look {
	if t.Color.Highlight == nil {
		return Look{Underline: lipgloss.UnderlineDouble, Italic: true}
	}
	return Look{Bg: t.Color.Highlight}
}

// Selected is the look of selected words.
func (t *Theme) Selected() Look {
	l := Look{Fg: t.Color.OnSelect, Bg: t.Color.Select}
	if t.Color.Select == nil {
		l.Reverse, l.Underline = true, lipgloss.UnderlineSingle
	}
	return l
}

// Spoken is the look of the words of a quote; now says that it is the current one.
func (t *Theme) Spoken(now bool) Look {
	if now {
		return Look{Fg: t.Color.Quote, Bold: true}
	}
	return Look{Italic: !t.Colourless} // slant tells places without colours
}
