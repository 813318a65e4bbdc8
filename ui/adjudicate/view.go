package adjudicate

import (
	"strings"

	"byline/annotate"
	"byline/annotate/adjudicate"
	"byline/ui"
	"byline/ui/columns"
	"byline/ui/session"
)

// neitherName stands where two annotators have their names, noneName where more do.
const (
	neitherName = "neither"
	noneName    = "none"
)

// nobodyName stands where so many annotators have their names.
func nobodyName(n int) string {
	if n > 2 {
		return noneName
	}
	return neitherName
}

// settledSign stands before the answer that was taken.
const settledSign = "✓ "

// leastLong is the height from which notes have a second line in a narrow window.
const leastLong = 14

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
		if s.size.Width < leastLead && height >= leastLong {
			n++
		}
	}
	if err := s.svc.Barred(s.round.sitting.Article.ID); err != nil {
		n += len(warn(s, barredWords(err), s.size.Width))
	}
	if words := mixedWords(s.svc.Mixed(s.round.sitting.Article.ID)); words != "" {
		n += len(warn(s, words, s.size.Width))
	}
	most := min(height-leastText, max(3, height*2/3))
	if n > most { // then those who answer alike have one row
		n += mostAnswers(s.round.sitting.Questions) - len(s.round.sitting.Who)
	}
	return max(1, min(n, most))
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
	out := []string{""}
	for _, l := range wrapped(s, words[0]) {
		out = append(out, s.theme.Title.Render(l))
	}
	out = append(out, "")
	for _, w := range words[1:] {
		out = append(out, wrapped(s, w)...)
	}
	if s.round.some {
		undo := ui.KeyName(ui.Key(of(session.Undo), ui.Rebind([]ui.Scope{{Bindings: shared()}}, s.keys)))
		out = append(append(out, ""), wrapped(s, undo+" takes the last decision back, "+s.key(before)+" goes back through the questions.")...)
	}
	return out
}

// wrapped breaks words into lines of a page.
func wrapped(s *Screen, words string) (out []string) {
	for l := range strings.SplitSeq(s.method.Wordwrap(words, max(1, s.size.Width-4), ""), "\n") {
		out = append(out, "  "+l)
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
		lines = append(lines, warn(s, barredWords(err), width)...)
	}
	if words := mixedWords(s.svc.Mixed(s.round.sitting.Article.ID)); words != "" {
		lines = append(lines, warn(s, words, width)...)
	}
	settled, known := s.round.settlement(), true
	if settled == nil && s.round.answered() {
		settled, known = &adjudicate.Settlement{As: make([]bool, len(q.Answers))}, false
	}
	rows := drawAnswers(s, q, settled, width, n-len(lines)-1)
	none := q.Neither()
	switch {
	case !known:
		none = settledSign + "…"
	case settled != nil && settled.Says != "":
		none = otherwise(s, q, line(settled.Says), width)
	}
	lines = append(append(lines, rows...), s.row(s.key(neither), columns.Fit(nobodyName(len(q.Answers)), nameCells(s, q, width), s.method), none, width))
	return s.filled(append(lines, s.notes(width, n-len(lines))...), width, n)
}

// otherwise says that something was settled that nobody answered, and what the key of the row would settle instead, where there is room for both.
func otherwise(s *Screen, q *adjudicate.Question, says string, width int) string {
	room := answerCells(s, q, width) - cells(s, settledSign)
	key := q.Instead(says)
	if key != "" {
		key = "  (" + s.key(neither) + ": " + key + ")"
	}
	if room-cells(s, key) < min(cells(s, says), leastSettled) {
		key = ""
	}
	return settledSign + apart(s, append(saysOf(q), says), room-cells(s, key))[len(q.Answers)] + key
}

// leastSettled is how many cells of what was settled stay beside what the key would settle.
const leastSettled = 24

// mostWarning is how many lines a warning takes at most.
const mostWarning = 2

// warn draws a warning above the answers.
func warn(s *Screen, words string, width int) []string {
	lines := strings.Split(s.method.Wordwrap(words, max(1, width-5), ""), "\n")
	if len(lines) > mostWarning {
		lines = append(lines[:mostWarning-1], strings.Join(lines[mostWarning-1:], " "))
	}
	for i, l := range lines {
		lines[i] = s.theme.Error.Render(columns.Fit("    "+l, width, s.method))
	}
	return lines
}

// row draws an answer.
func (s *Screen) row(key, name, says string, width int) string {
	return columns.Fit(" "+s.theme.Key.Render(columns.Fit(key, 2, s.method))+" "+s.theme.Strong.Render(name)+"  "+says, width, s.method)
}

// notes draws what annotators noted on the words, in at most n lines.
func (s *Screen) notes(width, n int) (out []string) {
	var parts []string
	for _, r := range s.round.sitting.Remarks(s.round.question()) {
		parts = append(parts, line(r.Who)+" "+noteWords(r)+line(r.Text))
	}
	if len(parts) == 0 || n < 1 {
		return nil
	}
	lines := strings.Split(s.method.Wordwrap(strings.Join(parts, " · "), max(1, width-5), ""), "\n")
	if len(lines) > n {
		lines = append(lines[:n-1], strings.Join(lines[n-1:], " "))
	}
	for _, l := range lines {
		out = append(out, s.theme.Muted.Render(columns.Fit("    "+l, width, s.method)))
	}
	return out
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

// head draws the rule with the question in it. The question comes before what is left, and what it asks before the words.
func (s *Screen) head(width int) string {
	q := s.round.question()
	if q == nil {
		return drawRule(s, "━━ No question ", " "+s.round.left()+" ━━", width)
	}
	lead := "━━ " + s.round.progress()
	if s.round.answered() {
		lead += ", answered"
	}
	lead += " · "
	if width < leastLead {
		lead = "━ " + s.round.progressShort() + " "
		if s.round.answered() {
			lead += settledSign
		}
	}
	asks := func(right string) string {
		return line(s.round.sitting.AsksIn(q, width-cells(s, lead)-1-cells(s, right), measure(s)))
	}
	const most = 16 // cells that the words may lose for what is left
	for _, right := range []string{s.round.left(), s.round.open()} {
		right = " " + right + " ━━"
		if words := asks(right); strings.Contains(words, "“") && cells(s, words) >= cells(s, s.round.sitting.Asks(q))-most {
			return drawRule(s, lead+words+" ", right, width)
		}
	}
	return drawRule(s, lead+asks("")+" ", "", width)
}

// leastLead is the width from which the question is introduced at length.
const leastLead = 60

// drawRule draws a rule with words in it, and more at its right end.
func drawRule(s *Screen, words, right string, width int) string {
	room := width - cells(s, right)
	words = columns.Cut(words, room, s.method)
	return s.theme.Accent.Render(words + strings.Repeat("━", max(0, room-cells(s, words))) + right)
}

func cells(s *Screen, text string) int { return columns.Width(text, s.method) }

// measure returns cells for texts of the screen.
func measure(s *Screen) func(string) int {
	return func(text string) int { return cells(s, text) }
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
