package display

import (
	"fmt"
	"strings"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/articles/clean"
	"byline/ui/columns"
	"byline/ui/session"
)

// View draws the screen: height lines of width cells. Minutes is how long reading the article
// takes; failed says that there is nothing to read.
func (s *Display) View(width, height, minutes int, failed bool) string {
	if s.Frame.Width != width || s.Frame.Height != height {
		s.Frame.Width, s.Frame.Height = width, height
		s.Relayout()
	}
	if s.session.Article() == nil {
		return s.Frame.opening(width, height, failed)
	}
	lines := make([]string, 0, max(0, height))
	lines = append(lines, header(s, minutes)...)
	lines = append(lines, s.body()...)
	if s.Frame.layout().status > 0 {
		lines = append(lines, s.status())
	}
	return strings.Join(lines, "\n")
}

// opening fills the screen before there is a text.
func (f *Frame) opening(width, height int, failed bool) string {
	blank := columns.Blank(width)
	lines := make([]string, height)
	for i := range lines {
		lines[i] = blank
	}
	if height > 2 {
		say := "  Opening …"
		if failed {
			say = "  Nothing to read here; q goes back"
		}
		lines[1] = f.Theme.Muted.Render(columns.Fit(say, width, f.Method))
	}
	return strings.Join(lines, "\n")
}

// header draws where one is: the title, and how much is read and reviewed.
func header(s *Display, minutes int) []string {
	f, rows := &s.Frame, s.Frame.layout().header
	if rows == 0 {
		return nil
	}
	right := headWords(s, minutes)
	room := f.Width - columns.Width(right, f.Method)
	line := titleLine(f, s.Title(), room) + f.Theme.Muted.Render(right)
	if rows == 1 {
		return []string{line}
	}
	return []string{line, f.Theme.Muted.Render(s.Frame.rule("┬", "", ""))}
}

// headWords says what was found, how much is read and how much reviewed, in the longest words
// that leave the title its room.
func headWords(s *Display, minutes int) string {
	f, share := &s.Frame, fmt.Sprintf("%.0f%%", s.Read*100)
	reviewed, claims := s.session.Claims().Reviewed(s.session.Modes().Asides)
	review := fmt.Sprintf("%d of %d reviewed", reviewed, claims)
	modes := s.session.Modes()
	if modes.Asides {
		review += " with places"
	}
	if modes.GoOn {
		review += ", going on"
	}
	if !s.session.Whole() {
		review = "reading the rest …"
	}
	found := clean.Line(foundWords(s.session))
	takes := fmt.Sprintf("%d min", minutes)
	if minutes >= 1000 {
		takes = fmt.Sprintf("%d h", minutes/60)
	}
	ways := [][]string{{takes, share + " read", review}, {share + " read", review}, {share, review}, {share}}
	if f.Width < 80 && found == "" {
		ways = ways[3:]
	}
	whose := columns.Cut(whoseIn(&s.Duty.Duty, f.Width), f.Width/3, f.Method)
	if whose != "" {
		for i := range ways {
			ways[i] = append([]string{whose}, ways[i]...)
		}
	}
	if found != "" {
		for i := range ways {
			ways[i] = append([]string{found}, ways[i]...)
		}
	}
	if whose != "" { // which is left out last: whatever else is shown is of it
		ways = append(ways, []string{whose})
	}
	if found != "" {
		ways = append(ways, []string{found})
	}
	ways = append(ways, []string{share})
	for _, parts := range ways {
		if words := " " + strings.Join(parts, " · ") + " "; columns.Width(words, f.Method) <= f.Width*2/3 {
			return words
		}
	}
	return ""
}

// whoseIn is whoseWords, shorter in a narrow window.
func whoseIn(d *library.Duty, width int) string {
	if d.Ended && width < 80 {
		return "done"
	}
	return whoseWords(d)
}

// whoseWords say whose decisions are shown, empty for everybody's, and whether they are done, where nothing more is decided.
func whoseWords(d *library.Duty) string {
	switch {
	case d.Ended && d.Sealed:
		return "done · only yours"
	case d.Ended:
		return "done"
	case d.Sealed:
		return "only yours"
	case d.View == library.Everyone:
		return ""
	case d.View == library.Mine || d.View == library.Curated:
		return d.View.String()
	}
	return "by " + clean.Line(d.View.String())
}

// titleLine draws the title in room cells, after the name of the program where both fit.
func titleLine(f *Frame, title string, room int) string {
	const program, least = " byline › ", 20
	if room < least {
		return f.Theme.Title.Render(columns.Fit(" "+title, room, f.Method))
	}
	return f.Theme.Muted.Render(program) + f.Theme.Title.Render(columns.Fit(title, room-columns.Width(program, f.Method), f.Method))
}

// foundWords says which of how many places found is shown; empty where nothing is sought.
func foundWords(s *session.Session) string {
	query, hits, at := s.Found()
	switch {
	case query == "":
		return ""
	case len(hits) == 0:
		return fmt.Sprintf("“%s” not found", query)
	}
	return fmt.Sprintf("“%s” %d of %d", query, at+1, len(hits))
}

// ruleEnds is the cells of a line across that its words never take.
const ruleEnds = 6

// rule draws a line across, with a joint where the panel's border meets it, words at its left
// and place at its right where both fit.
func (f *Frame) rule(joint, words, place string) string {
	if words != "" {
		words = "─ " + columns.Cut(words, max(0, f.Width-ruleEnds), f.Method) + " "
	}
	if place != "" {
		place = " " + place + " ─"
	}
	used, end := columns.Width(words, f.Method), f.Width-columns.Width(place, f.Method)
	if used >= end {
		place, end = "", f.Width
	}
	l := f.layout()
	at := l.border()
	if at < used || at >= end {
		return words + strings.Repeat("─", max(0, end-used)) + place
	}
	return words + strings.Repeat("─", at-used) + joint + strings.Repeat("─", end-at-1) + place
}

// body draws text and panel side by side.
func (s *Display) body() []string {
	f, l := &s.Frame, s.Frame.layout()
	var text, side []string
	if l.panelW > 0 {
		side = s.Panel.view(s.Scene, s.Words(), canvas{f.Theme, f.Method, l.panelW, l.body})
	}
	if l.textW == 0 {
		return side
	}
	text = s.Text.Lines()
	if len(s.Hints.words) > 0 {
		s.hinted(text)
	}
	left, right := columns.Blank(l.textX-l.room.from), columns.Blank(l.room.to-l.textX-l.textW)
	border := f.Theme.Muted.Render("│")
	lines := make([]string, l.body)
	for i := range lines {
		lines[i] = left + text[i] + right
		switch {
		case l.panelW == 0:
		case f.left:
			lines[i] = side[i] + border + lines[i]
		default:
			lines[i] += border + side[i]
		}
	}
	return lines
}

// status draws the rule below the text, with what is current in words.
func (s *Display) status() string {
	words := ""
	fit := func(head, name string, tails ...string) string {
		return s.Frame.fit(head, clean.Line(name), tails)
	}
	switch c, ok := s.session.Current(); {
	case s.Sel.On:
		words = "selected: " + session.OneLine(s.Sel.Span.In(s.Words())) + s.Scene.remarks().words(review.Target{Kind: annotate.OfPassage, Span: s.Sel.Span})
	case ok && session.IsQuote(c):
		words = s.Scene.quoteWords(s.Words(), c, fit) + s.Scene.remarks().words(c.Target())
		if hit := s.session.Hit(); !hit.Empty() {
			words = "found: " + session.OneLine(hit.In(s.Words())) + " · in " + words
		}
	case ok && !session.IsQuote(c):
		words = s.Scene.mentionWords(c, fit) + s.Scene.remarks().words(c.Target())
	default:
		if hit := s.session.Hit(); !hit.Empty() {
			words = "found: " + session.OneLine(hit.In(s.Words()))
		}
	}
	place := ""
	if !s.Frame.NoPanel() {
		place = s.Panel.place()
	}
	return s.Frame.Theme.Muted.Render(s.Frame.rule("┴", clean.Line(words), place))
}

// A fitting puts a name between what is before and after it, for which it takes the first of several forms that leave room for it.
type fitting func(head, name string, tails ...string) string

// fit is a [fitting] for the rule below the text. Of what is too long the name is cut, and at last nothing is after it: figures are not cut.
func (f *Frame) fit(head, name string, tails []string) string {
	const least = 14 // cells of the name
	room := f.Width - ruleEnds - columns.Width(head, f.Method)
	for _, tail := range tails {
		left := room - columns.Width(tail, f.Method)
		if columns.Width(name, f.Method) <= left || left >= least {
			return head + columns.Cut(name, left, f.Method) + tail
		}
	}
	return head + name
}

func (s *Scene) mentionWords(c session.Claim, fit fitting) string {
	e := &s.Layer.Entities[c.Entity]
	m := e.Mentions[c.Index]
	place := fmt.Sprintf("%d of %d", c.Index+1, len(e.Mentions))
	long, short := stateWords(m.State, m.Origin)
	return fit(string(e.Type)+" · ", e.Name, " · mention "+place+" · "+long, " · "+place+" · "+long, " · "+place+" · "+short, " · "+place)
}

func (s *Scene) quoteWords(text string, c session.Claim, fit fitting) string {
	q := s.Layer.Quotes[c.Index]
	long, short := stateWords(q.State, q.Origin)
	return fit(fmt.Sprintf("%s quote %d of %d · ", q.Type, c.Index+1, len(s.Layer.Quotes)), SpeakerNames(s.Claims, text, c.Index), " · "+long, " · "+short)
}

// stateWords says who made a claim, and how sure that is; at length and in short.
func stateWords(st annotate.State, o annotate.Origin) (long, short string) {
	switch st {
	case annotate.Confirmed:
		return "confirmed", "confirmed"
	case annotate.Rejected:
		return "rejected", "rejected"
	}
	if o.Score == 0 {
		return "suggested by " + o.Stage, o.Stage // another program, that says no more
	}
	short = fmt.Sprintf("%.0f%%", o.Score*100)
	return "suggested, " + short, short
}
