package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
)

// paletteOf returns the colours of a theme for a terminal with the colours of p, 16 or more.
func paletteOf(name string, dark bool, p colorprofile.Profile) Palette {
	switch {
	case name == "terminal" && dark:
		return terminalDark(p > colorprofile.ANSI)
	case name == "terminal":
		return terminalLight(p > colorprofile.ANSI)
	case p == colorprofile.ANSI && dark:
		return night16
	case p == colorprofile.ANSI:
		return light16
	case p == colorprofile.ANSI256 && dark:
		return night256
	case p == colorprofile.ANSI256:
		return light256
	case dark:
		return night
	}
	return light
}

// terminalDark is the bright ones of the terminal's own colours. Grey and emphasis are the
// attributes faint, bold and reverse: some palettes have greys that cannot be seen. Many says that
// there are the fixed colours from 16 on.
func terminalDark(many bool) Palette {
	p := Palette{
		Kinds: Kinds{Person: indexed(14), Organization: indexed(13), Place: indexed(10), Other: indexed(15), Own: indexed(11), Quote: indexed(11)},
		Good:  indexed(10), Bad: indexed(9), Match: indexed(11), OnMatch: indexed(0), Code: indexed(6),
	}
	if many {
		p.Other, p.Same, p.Highlight, p.Link = indexed(110), indexed(235), indexed(17), indexed(75)
	}
	return p
}

// terminalLight is those of the terminal's own colours that can be read on white: neither green nor
// yellow.
func terminalLight(many bool) Palette {
	p := Palette{
		Kinds: Kinds{Person: indexed(4), Organization: indexed(5), Place: indexed(1)},
		Bad:   indexed(1), Match: indexed(11), OnMatch: indexed(0),
	}
	if many {
		p.Place, p.Other, p.Own, p.Quote, p.Good = indexed(22), indexed(58), indexed(88), indexed(94), indexed(22)
		p.Same, p.Highlight = indexed(254), indexed(230)
		p.Organization, p.Code, p.Link = indexed(90), indexed(60), indexed(25)
	}
	return p
}

func indexed(i uint8) color.Color { return lipgloss.ANSIColor(i) }

var light = Palette{
	Kinds: Kinds{
		Person: lipgloss.Color("#0b6b74"), Organization: lipgloss.Color("#8d2f86"), Place: lipgloss.Color("#3d6b1f"),
		Other: lipgloss.Color("#5a5f2a"), Own: lipgloss.Color("#8a3a00"), Quote: lipgloss.Color("#855600"),
	},
	Foreground: lipgloss.Color("#2a2622"), Background: lipgloss.Color("#fbf8f1"), Muted: lipgloss.Color("#6e665c"),
	Accent: lipgloss.Color("#2757a8"), Good: lipgloss.Color("#2f6f2f"), Bad: lipgloss.Color("#b3261e"),
	Match: lipgloss.Color("#ffd76a"), OnMatch: lipgloss.Color("#1b1814"), Select: lipgloss.Color("#cfe0f7"), OnSelect: lipgloss.Color("#1b1814"),
	Grounds: Grounds{Same: lipgloss.Color("#ece6d8"), Highlight: lipgloss.Color("#f4e9c3")}, Code: lipgloss.Color("#5b4a8a"), Link: lipgloss.Color("#2757a8"),
}

var night = Palette{
	Kinds: Kinds{
		Person: lipgloss.Color("#6fd3d8"), Organization: lipgloss.Color("#e59be0"), Place: lipgloss.Color("#a3cf7e"),
		Other: lipgloss.Color("#9db8e8"), Own: lipgloss.Color("#f0a866"), Quote: lipgloss.Color("#e9c46a"),
	},
	Foreground: lipgloss.Color("#d9d5cc"), Background: lipgloss.Color("#17191e"), Muted: lipgloss.Color("#8b8880"),
	Accent: lipgloss.Color("#8ab4f8"), Good: lipgloss.Color("#8fce8f"), Bad: lipgloss.Color("#ff8a80"),
	Match: lipgloss.Color("#e9c46a"), OnMatch: lipgloss.Color("#17191e"), Select: lipgloss.Color("#33507d"), OnSelect: lipgloss.Color("#f4f1ea"),
	Grounds: Grounds{Same: lipgloss.Color("#33363d"), Highlight: lipgloss.Color("#3b3418")}, Code: lipgloss.Color("#c3b4f0"), Link: lipgloss.Color("#8ab4f8"),
}

var light256 = Palette{
	Kinds:      Kinds{Person: indexed(23), Organization: indexed(90), Place: indexed(22), Other: indexed(58), Own: indexed(88), Quote: indexed(94)},
	Foreground: indexed(235), Background: indexed(231), Muted: indexed(241), Accent: indexed(25), Good: indexed(22), Bad: indexed(124),
	Match: indexed(222), OnMatch: indexed(233), Select: indexed(153), OnSelect: indexed(233), Grounds: Grounds{Same: indexed(254), Highlight: indexed(230)},
	Code: indexed(60), Link: indexed(25),
}

var night256 = Palette{
	Kinds:      Kinds{Person: indexed(80), Organization: indexed(176), Place: indexed(150), Other: indexed(110), Own: indexed(215), Quote: indexed(221)},
	Foreground: indexed(252), Background: indexed(234), Muted: indexed(246), Accent: indexed(111), Good: indexed(114), Bad: indexed(210),
	Match: indexed(221), OnMatch: indexed(234), Select: indexed(24), OnSelect: indexed(255), Grounds: Grounds{Same: indexed(237), Highlight: indexed(17)},
	Code: indexed(183), Link: indexed(111),
}

var light16 = Palette{
	Kinds:      Kinds{Person: indexed(4), Organization: indexed(5), Place: indexed(1), Other: indexed(0), Own: indexed(0), Quote: indexed(0)},
	Foreground: indexed(0), Background: indexed(15), Accent: indexed(4), Good: indexed(0), Bad: indexed(1), Match: indexed(11), OnMatch: indexed(0),
	Select: indexed(4), OnSelect: indexed(15),
}

var night16 = Palette{
	Kinds:      Kinds{Person: indexed(14), Organization: indexed(13), Place: indexed(10), Other: indexed(15), Own: indexed(11), Quote: indexed(11)},
	Foreground: indexed(7), Background: indexed(0), Accent: indexed(14), Good: indexed(10), Bad: indexed(9), Match: indexed(11), OnMatch: indexed(0),
	Select: indexed(7), OnSelect: indexed(0), Code: indexed(6),
}
