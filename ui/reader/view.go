package reader

import (
	"fmt"
	"strings"

	"byline/annotate"
	"byline/articles/clean"
	"byline/ui/columns"
	"byline/ui/session"
)

// View implements [ui.Screen].
func (s *Screen) View(width, height int) string {
	if s.frame.width != width || s.frame.height != height {
		s.frame.width, s.frame.height = width, height
		s.relayout()
	}
	if s.session.Article() == nil {
		return s.frame.opening(width, height, s.load.failed)
	}
	lines := make([]string, 0, height)
	lines = append(lines, s.header(s.entry.Minutes())...)
	lines = append(lines, s.body()...)
	if s.frame.layout().status > 0 {
		lines = append(lines, s.status())
	}
	return strings.Join(lines, "\n")
}

// opening fills the screen before there is a text.
func (f *frame) opening(width, height int, failed bool) string {
	blank := columns.Blank(width)
	lines := make([]string, height)
	for i := range lines {
		lines[i] = blank
	}
	if height > 2 {
		say := "  opening …"
		if failed {
			say = "  nothing to read here; q goes back"
		}
		lines[1] = f.theme.Muted.Render(columns.Fit(say, width, f.method))
	}
	return strings.Join(lines, "\n")
}

// header draws where one is: the title, and how much is read and reviewed.
func (s *display) header(minutes int) []string {
	f, rows := &s.frame, s.frame.layout().header
	if rows == 0 {
		return nil
	}
	c := s.scene.Counts
	right := fmt.Sprintf(" %d min · %d %% ", minutes, int(s.share()*100))
	if s.session.Whole() {
		right += fmt.Sprintf("· %d of %d reviewed ", c.Reviewed, c.Claims)
	} else {
		right += "· reading the rest … "
	}
	if found := foundWords(s.session); found != "" {
		right = " " + clean.Line(found) + " ·" + right
	}
	if f.width < 80 && foundWords(s.session) == "" || columns.Width(right, f.method) > f.width*2/3 {
		right = fmt.Sprintf(" %d %% ", int(s.share()*100))
	}
	room := f.width - columns.Width(right, f.method)
	title := columns.Fit(" byline › "+s.title(), room, f.method)
	line := f.theme.Muted.Render(title[:len(" byline › ")]) + f.theme.Title.Render(title[len(" byline › "):]) + f.theme.Muted.Render(right)
	if room < 20 {
		line = f.theme.Title.Render(columns.Fit(" "+s.title(), room, f.method)) + f.theme.Muted.Render(right)
	}
	if rows == 1 {
		return []string{line}
	}
	return []string{line, f.theme.Muted.Render(s.frame.rule("┬", ""))}
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

// rule draws a line across, with a joint where the panel's border meets it and
// words at its left.
func (f *frame) rule(joint, words string) string {
	if words != "" {
		words = "─ " + columns.Cut(words, max(0, f.width-6), f.method) + " "
	}
	used := columns.Width(words, f.method)
	l := f.layout()
	at := l.border()
	if at < used {
		return words + strings.Repeat("─", max(0, f.width-used))
	}
	return words + strings.Repeat("─", at-used) + joint + strings.Repeat("─", f.width-at-1)
}

// body draws text and panel side by side.
func (s *display) body() []string {
	f, l := &s.frame, s.frame.layout()
	var text, side []string
	if l.panelW > 0 {
		side = s.panel.view(s.scene, s.words(), canvas{f.theme, f.method, l.panelW, l.body})
	}
	if l.textW == 0 {
		return side
	}
	text = s.text.Lines()
	if len(s.hints.words) > 0 {
		s.hinted(text)
	}
	left, right := columns.Blank(l.textX-l.room.from), columns.Blank(l.room.to-l.textX-l.textW)
	border := f.theme.Muted.Render("│")
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
func (s *display) status() string {
	words := ""
	switch c, ok := s.session.Current(); {
	case s.sel.on:
		words = "selected: " + oneLine(s.sel.span.In(s.words()))
	case ok && session.IsQuote(c):
		words = s.scene.quoteWords(s.words(), c) + s.scene.remarks().words(c.Target())
	case ok:
		words = s.scene.mentionWords(c) + s.scene.remarks().words(c.Target())
	}
	return s.frame.theme.Muted.Render(s.frame.rule("┴", clean.Line(words)))
}

func (s *scene) mentionWords(c session.Claim) string {
	e := &s.Layer.Entities[c.Entity]
	m := e.Mentions[c.Index]
	return fmt.Sprintf("%s · %s · mention %d of %d · %s", e.Type, e.Name, c.Index+1, len(e.Mentions), stateWords(m.State, m.Origin))
}

func (s *scene) quoteWords(text string, c session.Claim) string {
	q := s.Layer.Quotes[c.Index]
	return fmt.Sprintf("%s quote %d of %d · %s · %s", q.Type, c.Index+1, len(s.Layer.Quotes),
		speakerName(s, text, c.Index), stateWords(q.State, q.Origin))
}

// stateWords says who made a claim, and how sure that is.
func stateWords(st annotate.State, o annotate.Origin) string {
	switch st {
	case annotate.Confirmed:
		return "confirmed"
	case annotate.Rejected:
		return "rejected"
	}
	return fmt.Sprintf("guess, %.0f %% sure", o.Score*100)
}
