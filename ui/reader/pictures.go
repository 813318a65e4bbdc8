package reader

import (
	"context"
	"image"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/articles"
	"byline/ui"
	"byline/ui/picture"
	"byline/ui/reader/display"
	"byline/ui/textview"
)

// Answers about one picture of the text: how it is drawn, and then that the terminal has it.
type (
	plateMsg struct {
		ticket
		picture.Ready
	}
	placedMsg plateMsg
)

// aheadRows is how many rows before and after the screen pictures are drawn.
const aheadRows = 40

// pictures draws the pictures of the article.
type pictures struct{ *Screen }

// all returns the pictures of the article, as they are drawn at first.
func (s pictures) all(a *articles.Article) []textview.Picture {
	if s.plates.Source.Hidden {
		return nil
	}
	return display.Pictures(a)
}

// begin asks the terminal what it can draw, where an article has pictures. Those of the article before go.
func (s pictures) begin() tea.Cmd {
	forget := s.forget()
	if s.plates.Source.Terminal == nil || len(s.session.Article().Pictures) == 0 || s.plates.Source.Hidden {
		return forget
	}
	return tea.Batch(forget, s.plates.Source.Terminal.Ask())
}

// forget has the terminal forget the pictures of the text.
func (s pictures) forget() tea.Cmd {
	if all := s.plates.Forget(); all != "" {
		return tea.Raw(all)
	}
	return nil
}

// draw draws the pictures on the screen and near it that the terminal can have in the text.
func (s pictures) draw() tea.Cmd {
	p, a := &s.plates.Source, s.session.Article()
	if p.Terminal == nil || !p.Terminal.InText() || p.Hidden || s.load.preview || len(a.Pictures) == 0 {
		return nil
	}
	var cmds []tea.Cmd
	if room := image.Pt(min(s.Text.Width(), picture.MostCells), s.Frame.Body()/3); room != s.plates.Room {
		cmds = append(cmds, s.forget())
		s.Text.SetPlates(nil)
		s.plates.Room = room
	}
	if s.plates.Room.Y < leastRows {
		return tea.Batch(cmds...)
	}
	for _, i := range s.Text.Pictures(aheadRows) {
		if s.plates.Begin(i) {
			cmds = append(cmds, s.place(i))
		}
	}
	return tea.Batch(cmds...)
}

// leastRows is the fewest rows in which a picture shows anything.
const leastRows = 3

// place reads picture i and makes it ready for the text. What cannot be drawn keeps its line.
func (s pictures) place(i int) tea.Cmd {
	p, ctx, a := s.plates.Source, s.life.Context(), s.session.Article()
	msg := plateMsg{s.ticket(), picture.Ready{Number: s.plates.Number(), Index: i, ID: p.Terminal.NewID()}}
	cell, most := p.Terminal.Cell(), s.plates.Room
	return func() tea.Msg {
		data, err := p.Read(ctx, a.Source, a.Pictures[i])
		if err != nil {
			return nil
		}
		img, _, err := picture.Decode(ctx, data, image.Pt(most.X*cell.X, most.Y*cell.Y))
		if err != nil {
			return nil
		}
		cells := picture.Fit(img.Bounds().Size(), cell, most)
		if msg.Sequence, err = msg.ID.Place(img, cells); err != nil {
			return nil
		}
		msg.Plate = &textview.Plate{Rows: msg.ID.Glyphs(cells), Fg: msg.ID.Color()}
		return msg
	}
}

// send sends a picture to the terminal, and draws its cells when that is done.
func (s pictures) send(msg plateMsg) tea.Cmd {
	if msg.Number != s.plates.Number() {
		return nil
	}
	s.plates.Sent(msg.ID)
	return tea.Sequence(tea.Raw(msg.Sequence), ui.Send(placedMsg(msg)))
}

// placed draws the cells of a picture that the terminal has.
func (s pictures) placed(msg placedMsg) tea.Cmd {
	if msg.Number != s.plates.Number() {
		return nil
	}
	s.plates.Draw(s.Text, &msg.Ready)
	return s.moved()
}

// show shows a picture as large as the window: one on the screen, else the next of the article.
func (s pictures) show() tea.Cmd {
	p, a := s.plates.Source, s.session.Article()
	switch {
	case len(a.Pictures) == 0:
		return ui.Tell("This article has no pictures")
	case p.Terminal == nil || !p.Terminal.Draws():
		return ui.Tell("This terminal draws no pictures; {reader.links} lists those on the web")
	}
	at := 0
	if on := s.Text.Pictures(0); len(on) > 0 {
		at = on[0]
	} else {
		for at < len(a.Pictures)-1 && a.Pictures[at].Start < s.Text.Top() {
			at++
		}
	}
	ctx := s.life.Context()
	items := make([]picture.Item, len(a.Pictures))
	for i, one := range a.Pictures {
		items[i] = picture.Item{Name: one.Name(), Read: func(ctx context.Context) ([]byte, error) { return p.Read(ctx, a.Source, one) }}
		if !one.Empty() {
			items[i].Name = strings.Join(strings.Fields(one.In(a.Text)), " ")
		}
		if strings.HasPrefix(one.Address, "http") && p.Fetch != nil {
			items[i].Web = one.Address
			items[i].Fetch = func(ctx context.Context) ([]byte, error) { return p.Fetch(ctx, one.Address) }
		}
	}
	return ui.Send(ui.PushMsg{Screen: picture.NewScreen(ctx, p.Terminal, items, at)})
}
