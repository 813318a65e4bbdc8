package picture

import (
	"image"
	"strings"

	"byline/ui/textview"
)

// Plates are the pictures of an article that are drawn in its text. The zero Plates are those of nothing.
type Plates struct {
	Source Source
	Room   image.Point // the most cells that one may take
	number int
	drawn  map[int]*textview.Plate // nil while it is on its way
	ids    []ID                    // that the terminal has
}

// Number is that of the article and the size that pictures are drawn for now.
func (p *Plates) Number() int { return p.number }

// Forget drops all, and returns what has the terminal forget them; what is on its way has an old number then.
func (p *Plates) Forget() string {
	var b strings.Builder
	for _, id := range p.ids {
		b.WriteString(id.Remove())
	}
	*p = Plates{Source: p.Source, Room: p.Room, number: p.number + 1}
	return b.String()
}

// Begin notes that picture i is on its way, and reports false if it was before.
func (p *Plates) Begin(i int) bool {
	if _, known := p.drawn[i]; known {
		return false
	}
	if p.drawn == nil {
		p.drawn = map[int]*textview.Plate{}
	}
	p.drawn[i] = nil
	return true
}

// Sent notes that the terminal will have a picture.
func (p *Plates) Sent(id ID) { p.ids = append(p.ids, id) }

// Draw puts a picture that the terminal has into the text.
func (p *Plates) Draw(v *textview.View, one *Ready) {
	p.drawn[one.Index] = one.Plate
	v.SetPlates(p.drawn)
}

// A Ready picture can be sent to the terminal, by its sequence, and then drawn.
type Ready struct {
	Number   int // of the plates when it was asked for
	Index    int // of the picture
	ID       ID
	Plate    *textview.Plate
	Sequence string
}
