package adjudicate

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/adjudicate"
	"byline/annotate/review"
	"byline/ui"
	"byline/ui/columns"
)

// margin is the cells of a row besides the name and the answer: the key, with what is before and after it, and the gap between them.
const margin = 6

// saysOf returns what everybody answers.
func saysOf(q *adjudicate.Question) []string {
	var out []string
	for _, a := range q.Answers {
		out = append(out, line(a.Says))
	}
	return out
}

// nameCells returns the width of the names in the rows, with room for how many others answer like that.
func nameCells(s *Screen, q *adjudicate.Question, width int) int {
	n, alike := len(neitherName), 0
	for i, a := range q.Answers {
		n = max(n, cells(s, line(a.Who)))
		if a.Like != i {
			alike++
		}
	}
	if alike > 1 {
		n += len(others(alike))
	}
	return min(n, max(len(neitherName), width/4))
}

// others says how many others answer like somebody.
func others(n int) string { return fmt.Sprintf(" +%d", n) }

// answerCells returns the width of the answers in the rows.
func answerCells(s *Screen, q *adjudicate.Question, width int) int {
	return max(1, width-margin-nameCells(s, q, width))
}

// apart returns texts in that many cells, so that it shows where they differ.
func apart(s *Screen, texts []string, room int) []string {
	return adjudicate.Apart(texts, room, measure(s))
}

// An answerRow is an answer that is drawn: that of the first who gives it, and how many others do who have no row of their own.
type answerRow struct{ of, others int }

// answerRows returns the rows of a question in at most n lines: one for each annotator or, if these are too many, for each answer; and
// how many annotators have none then.
func answerRows(q *adjudicate.Question, n int) (rows []answerRow, left int) {
	for i := range q.Answers {
		rows = append(rows, answerRow{of: i})
	}
	if len(rows) <= n {
		return rows, 0
	}
	rows = nil
	for i, a := range q.Answers {
		if a.Like == i {
			rows = append(rows, answerRow{of: i})
			continue
		}
		for k := range rows {
			if rows[k].of == a.Like {
				rows[k].others++
			}
		}
	}
	if len(rows) <= n {
		return rows, 0
	}
	for _, r := range rows[max(0, n-1):] {
		left += 1 + r.others
	}
	return rows[:max(0, n-1)], left
}

// mostAnswers returns how many different answers a question of the article has, of the one that has most.
func mostAnswers(all []adjudicate.Question) (most int) {
	for i := range all {
		n := 0
		for k, a := range all[i].Answers {
			if a.Like == k {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

// drawAnswers draws what annotators answer in at most n lines.
func drawAnswers(s *Screen, q *adjudicate.Question, settled *adjudicate.Settlement, width, n int) (lines []string) {
	names, room := nameCells(s, q, width), answerCells(s, q, width)
	who := make([]string, len(q.Answers))
	for i, a := range q.Answers {
		who[i] = line(a.Who)
	}
	short := apart(s, who, names)
	if settled != nil {
		room -= cells(s, settledSign)
	}
	says := apart(s, saysOf(q), room)
	rows, left := answerRows(q, n)
	for _, r := range rows {
		name, say := short[r.of], says[r.of]
		if r.others > 0 {
			more := others(r.others)
			name = apart(s, who, names-len(more))[r.of] + more
		}
		if first := q.Answers[r.of].Like; first != r.of {
			say = likewise(s, say, "= "+short[first], room)
		}
		if settled != nil && settled.As[r.of] {
			say = settledSign + say
		}
		key := s.key(chooseFrom)
		if r.of < digits {
			key = s.key(taking(r.of))
		}
		lines = append(lines, s.row(key, columns.Fit(name, names, s.method), say, width))
	}
	if left > 0 {
		lines = append(lines, s.row("", "", fmt.Sprintf("… and %s: %s lists all", plural(left, "answer"), s.key(chooseFrom)), width))
	}
	return lines
}

// likewise says that somebody before answers the same: after the answer if there is room, else instead of it.
func likewise(s *Screen, say, same string, room int) string {
	if long := say + "  " + same; cells(s, long) <= room {
		return long
	}
	return same
}

// choose asks whose answer to the question is taken: there may be more annotators than digits, or than rows.
func choose(s *Screen) tea.Cmd {
	q := s.round.question()
	if q == nil {
		return ui.Tell("There is no question here")
	}
	if cmd := bar(s); cmd != nil {
		return cmd
	}
	ask := ui.ChooseMsg{Title: line(s.round.sitting.Asks(q)), Enter: "take the answer", Aligned: true}
	says := saysOf(q)
	cut := apart(s, says, listRoom(s, q))
	ask.Choices = choicesOf(s, []int{s.round.q}, func(i int) string {
		if first := q.Answers[i].Like; first != i && says[i] != cut[i] {
			return "= " + line(q.Answers[first].Who)
		}
		return cut[i]
	})
	if s.size.Width >= leastExplained && !slices.Equal(says, cut) {
		for i := range ask.Choices {
			ask.Choices[i].More = says[i]
		}
	}
	return ui.Send(ask)
}

// choicesOf returns a choice for each, which takes their answers to questions; detail says something of one.
func choicesOf(s *Screen, questions []int, detail func(i int) string) []ui.Choice {
	var out []ui.Choice
	asked := s.round.asked(questions...)
	names := slices.Clone(s.round.sitting.Who)
	for i := range names {
		names[i] = line(names[i])
	}
	if s.size.Width < leastLead {
		names = apart(s, names, max(len(neitherName), s.size.Width/4))
	}
	for i, who := range s.round.sitting.Who {
		edit := review.Edit{Verb: review.Take, Take: review.Taking{Who: who, Questions: asked}}
		c := ui.Choice{Label: names[i], Also: []string{line(who)}, Detail: detail(i), Do: func() tea.Msg { return restMsg{s, edit} }}
		if i < digits {
			c.Key = fmt.Sprint(i + 1)
		}
		out = append(out, c)
	}
	return out
}

// Of the list of answers: the width of the window from which a whole answer is shown below the list, and the cells around a line, and in
// it around the name and the answer.
const (
	leastExplained = 68
	aroundList     = 8
	aroundAnswer   = 7
)

// listRoom returns the width of the answers in the list of them.
func listRoom(s *Screen, q *adjudicate.Question) int {
	const most, least, mostName = 120, 12, 30
	names := nameCells(s, q, s.size.Width)
	room := min(most, s.size.Width-aroundList) - aroundAnswer
	if s.size.Width >= leastExplained {
		for _, a := range q.Answers {
			names = max(names, cells(s, line(a.Who)))
		}
		return room - min(max(names, least), mostName)
	}
	return room - names
}
