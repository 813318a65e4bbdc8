package picture

import (
	"bytes"
	"image"
	"image/color"
	"strconv"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/ansi/kitty"
	"github.com/charmbracelet/x/ansi/sixel"
)

// An ID is the number of a picture in the terminal.
type ID int

// Place returns what transmits img and has it drawn on so many cells that show the glyphs of [ID.Glyphs] in
// the colour of [ID.Color].
func (id ID) Place(img image.Image, cells image.Point) (string, error) {
	return transmit(img, kitty.Options{ID: int(id), VirtualPlacement: true, Columns: cells.X, Rows: cells.Y})
}

// Put returns what draws img on cells whose first is at a place of the screen, counted from 0. The cursor does
// not move.
func (id ID) Put(img image.Image, cells, at image.Point) (string, error) {
	s, err := transmit(img, kitty.Options{ID: int(id), DoNotMoveCursor: true, Columns: cells.X, Rows: cells.Y})
	return still(s, at), err
}

func transmit(img image.Image, o kitty.Options) (string, error) {
	o.Action, o.Quiet, o.Format, o.Transmission, o.Chunk = kitty.TransmitAndPut, 2, kitty.PNG, kitty.Direct, true
	var b bytes.Buffer
	err := kitty.EncodeGraphics(&b, img, &o)
	return b.String(), err
}

// Remove returns what makes the terminal forget the picture.
func (id ID) Remove() string {
	return ansi.KittyGraphics(nil, "a=d", "d=I", "i="+strconv.Itoa(int(id)), "q=2")
}

// Color is the colour of the cells that show the picture.
func (id ID) Color() color.Color { return ansi.IndexedColor(id & 0xff) }

// Glyphs returns the rows of cells in whose place the terminal draws the picture: each says its row, its column
// and the highest byte of the number.
func (id ID) Glyphs(cells image.Point) [][]string {
	rows := make([][]string, cells.Y)
	for y := range rows {
		for x := range cells.X {
			rows[y] = append(rows[y], string([]rune{kitty.Placeholder, kitty.Diacritic(y), kitty.Diacritic(x), kitty.Diacritic(int(id >> 24))}))
		}
	}
	return rows
}

// MostCells is how many cells a picture among those of the text may be wide or high: there are marks for so many.
const MostCells = 290

// sixels returns what draws img as sixels from a place of the screen on, counted from 0.
func sixels(img image.Image, at image.Point) (string, error) {
	var b bytes.Buffer
	if err := (&sixel.Encoder{}).Encode(&b, img); err != nil {
		return "", err
	}
	return still(ansi.SixelGraphics(0, 1, 0, b.Bytes()), at), nil
}

// still returns s, drawn at a place without moving the cursor.
func still(s string, at image.Point) string {
	return ansi.SaveCursor + ansi.CursorPosition(at.X+1, at.Y+1) + s + ansi.RestoreCursor
}
