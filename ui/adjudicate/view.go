package adjudicate

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	"byline/ui"
	"byline/ui/columns"
	"byline/ui/session"
)

// neitherName stands where annotators have their names.
const neitherName = "neither"

// settledSign stands before the answer that was taken.
const settledSign = "✓ "

// leastText is how many lines of the text stay above the question.
const leastText = 5

// rows returns how many lines of height the question takes: the same for all questions of an article.
func (s *Screen) rows(height int) int {
	if s.round.sitting == nil {
		return 0
	}
	n := 2 + len(s.round.sitting.Who)
	if s.round.sitting.Noted() {
		n++
	}
	if s.svc.Barred(s.round.sitting.Article.ID) != nil {
		n++
	}
	if s.svc.Mixed(s.round.sitting.Article.ID) != "" {
		n++
	}
	return max(1, min(n, height-leastText, max(3, height*2/3)))
}

// Explains implements [ui.Explainer]: the question is read while a list is open.
func (s *Screen) Explains(height int) int {
	if s.reader == nil {
		return 0
	}
	return s.rows(height)
}

// View implements [ui.Screen].
func (s *Screen) View(width, height int) string {
	switch {
	case s.state.ended:
		return s.page(s.ending(), width, height)
	case s.reader == nil:
		return s.page([]string{"", s.theme.Muted.Render("  Looking for questions on which annotators differ …")}, width, height)
	}
	n := s.rows(height)
	if height <= n {
		return strings.Join(s.question(width, height), "\n")
	}
	return s.reader.View(width, height-n) + "\n" + strings.Join(s.question(width, n), "\n")
}

// page draws lines on an otherwise empty screen.
func (s *Screen) page(lines []string, width, height int) string {
	out := make([]string, height)
	for i := range out {
		out[i] = columns.Blank(width)
		if i < len(lines) {
			out[i] = columns.Fit(lines[i], width, s.method)
		}
	}
	return strings.Join(out, "\n")
}

// ending says what the round came to, or why there is nothing to do.
func (s *Screen) ending() []string {
	if s.state.err != nil {
		return []string{"", s.theme.Error.Render("  " + line(s.state.err.Error()))}
	}
	words := s.round.summary()
	out := []string{"", s.theme.Title.Render("  " + words[0]), ""}
	for _, w := range words[1:] {
		for l := range strings.SplitSeq(ansi.Wordwrap(w, max(1, s.size.Width-4), ""), "\n") {
			out = append(out, "  "+l)
		}
	}
	if s.round.some {
		undo := ui.KeyName(ui.Key(of(session.Undo), ui.Rebind([]ui.Scope{{Bindings: shared()}}, s.keys)))
		out = append(out, "", "  "+undo+" takes the last decision back, "+s.key(before)+" goes back through the questions.")
	}
	return out
}

// question draws the question in n lines.
func (s *Screen) question(width, n int) []string {
	q := s.round.question()
	lines := []string{s.head(width)}
	if q == nil {
		return s.filled(lines, width, n)
	}
	if err := s.svc.Barred(s.round.sitting.Article.ID); err != nil {
		lines = append(lines, s.theme.Error.Render(columns.Fit("    "+barredWords(err), width, s.method)))
	}
	if words := mixedWords(s.svc.Mixed(s.round.sitting.Article.ID)); words != "" {
		lines = append(lines, s.theme.Error.Render(columns.Fit("    "+words, width, s.method)))
	}
	above, settled := len(lines), s.round.settlement()
	names := len(neitherName)
	for _, a := range q.Answers {
		names = max(names, columns.Width(line(a.Who), s.method))
	}
	names = min(names, max(len(neitherName), width/4))
	for i, a := range q.Answers {
		key := s.key(chooseFrom)
		if i < digits {
			key = s.key(taking(i))
		}
		says := line(a.Says)
		if a.Like != i {
			says += "  = " + line(q.Answers[a.Like].Who)
		}
		if settled != nil && settled.As[i] {
			says = settledSign + says
		}
		lines = append(lines, s.row(key, columns.Fit(line(a.Who), names, s.method), says, width))
	}
	none := q.Neither()
	if settled != nil && settled.Says != "" {
		none = settledSign + line(settled.Says)
	}
	last := s.row(s.key(neither), columns.Fit(neitherName, names, s.method), none, width)
	if len(lines) >= n { // more annotators than lines
		keep := max(1, n-2)
		lines = append(lines[:keep], s.row("", "", fmt.Sprintf("… and %s: %s lists all", plural(len(q.Answers)-max(0, keep-above), "answer"), s.key(chooseFrom)), width))
	}
	lines = append(lines, last)
	if len(lines) < n {
		lines = append(lines, s.note(width))
	}
	return s.filled(lines, width, n)
}

// row draws an answer.
func (s *Screen) row(key, name, says string, width int) string {
	return columns.Fit(" "+s.theme.Key.Render(columns.Fit(key, 2, s.method))+" "+s.theme.Strong.Render(name)+"  "+says, width, s.method)
}

// note draws what annotators noted on the words.
func (s *Screen) note(width int) string {
	var parts []string
	for _, r := range s.round.sitting.Remarks(s.round.question()) {
		parts = append(parts, line(r.Who)+" "+noteWords(r)+line(r.Text))
	}
	if len(parts) == 0 {
		return columns.Blank(width)
	}
	return s.theme.Muted.Render(columns.Fit("    "+strings.Join(parts, " · "), width, s.method))
}

func noteWords(r annotate.Remark) string {
	switch {
	case r.Tag && r.Text == "question":
		return "flagged it: "
	case r.Tag:
		return "tagged it: "
	}
	return "noted: "
}

// head draws the rule with the question in it.
func (s *Screen) head(width int) string {
	right := " " + s.round.left() + " ━━"
	words := "━━ No question "
	if q := s.round.question(); q != nil {
		words = "━━ " + s.round.progress()
		if s.round.answered() {
			words += ", answered"
		}
		words += " · " + line(s.round.sitting.Asks(q)) + " "
	}
	room := width - columns.Width(right, s.method)
	if room < 30 {
		room, right = width, ""
	}
	words = columns.Cut(words, room, s.method)
	return s.theme.Accent.Render(words + strings.Repeat("━", max(0, room-columns.Width(words, s.method))) + right)
}

// filled makes lines n lines of the width.
func (s *Screen) filled(lines []string, width, n int) []string {
	for len(lines) < n {
		lines = append(lines, columns.Blank(width))
	}
	return lines[:n]
}

// key returns the key of an action.
func (s *Screen) key(a ui.Action) string {
	return ui.KeyName(ui.Key(a, ui.Rebind([]ui.Scope{{Bindings: Bindings()}}, s.keys)))
}
