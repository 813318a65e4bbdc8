package textview

import "image/color"

// A Palette colours rich text. A nil colour leaves its part in the colour of the
// text; the zero Palette means the terminal's own sixteen colours.
type Palette struct {
	Heading    color.Color
	Link       color.Color
	Code       color.Color // inline and in blocks
	CodeGround color.Color // behind code
	Quote      color.Color // block quotes
	Faint      color.Color // bullets, borders, rules, captions
}
