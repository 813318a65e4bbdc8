package reader

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"byline/ui"
	"byline/ui/columns"
	"byline/ui/reader/display"
	"byline/ui/session"
)

// Actions of a review.
const (
	queueEnd    ui.Action = "round.end"
	queueExport ui.Action = "round.export"
	queueLeave  ui.Action = "round.leave"
)

// queueBindings are the keys of a queue, before those of the reader.
func queueBindings() []ui.Binding {
	const g = "Review of many articles"
	return []ui.Binding{
		{Action: action(session.ConfirmNext), Keys: []string{"y"}, Help: "Confirm, then the next least certain of all articles", Short: "confirm", Group: g},
		{Action: action(session.RejectNext), Keys: []string{"X"}, Help: "Reject, then the next", Short: "reject", Group: g},
		{Action: action(session.NextUnreviewed), Keys: []string{"a"}, Help: "Next; skips this one if undecided", Short: "next", Group: g},
		{Action: action(session.Undo), Keys: []string{"u"}, Help: "Undo, across articles", Short: "undo", Group: g},
		{Action: queueEnd, Keys: []string{"q"}, Help: "End the review and show the summary", Short: "end", Group: g},
	}
}

func endBindings() []ui.Binding {
	return []ui.Binding{
		{Action: queueExport, Keys: []string{"e"}, Help: "Export the review as CSV", Short: "export as CSV", Group: "Review", Holds: true},
		{Action: queueLeave, Keys: []string{"q", "esc", "enter"}, Help: "Back to the library", Short: "to the library", Group: "Review"},
	}
}

// Scopes implements [ui.Screen]. The queue's keys come before the reader's own, after
// those of a selection or the panel.
func (q *Queue) Scopes() []ui.Scope {
	s := q.reader()
	switch {
	case q.state.ended || s == nil && q.read == len(q.ids):
		return []ui.Scope{{Name: "round", Bindings: endBindings(), Handle: q.handleEnd}}
	case s == nil:
		return nil
	}
	scopes := s.Scopes()
	n := len(scopes) - 1
	own := ui.Scope{Name: "round", Bindings: queueBindings(), Handle: q.handle}
	return append(append(scopes[:n:n], own), scopes[n])
}

func (q *Queue) handle(a ui.Action) (tea.Cmd, bool) {
	s := q.reader()
	switch a {
	case action(session.ConfirmNext):
		return q.decide(s, session.Confirm, confirmed), true
	case action(session.RejectNext):
		return q.decide(s, session.Reject, rejected), true
	case action(session.NextUnreviewed):
		return q.next(outcomeOf(s.session.Claims(), q.items[q.at])), true
	case action(session.Undo):
		return q.undo(s), true
	case queueEnd:
		q.end(s)
		return nil, true
	}
	return nil, false
}

// decide decides on the current item, or, where the cursor went elsewhere, on what is
// under it.
func (q *Queue) decide(s *Screen, name session.Name, o outcome) tea.Cmd {
	it := q.items[q.at]
	act := s.aimed(session.Action{Name: name})
	c, ok := s.session.Current()
	if !ok || c.Target() != it.Target || !act.Span.Empty() || session.Unseen(s.session, act).None != 0 {
		return s.act(act)
	}
	return tea.Batch(s.act(session.Action{Name: name}), q.next(o))
}

// next counts the current item and goes on.
func (q *Queue) next(o outcome) tea.Cmd {
	q.tally.end(q.items[q.at], o, q.svc.Now())
	return q.advance()
}

// end shows the report; an item that was decided on counts.
func (q *Queue) end(s *Screen) {
	if o := outcomeOf(s.session.Claims(), q.items[q.at]); o != passed {
		q.tally.end(q.items[q.at], o, q.svc.Now())
	}
	q.state = queueState{ended: true}
}

// undo takes back what was decided on the current item or, where that is nothing, on the
// one before, to which it goes.
func (q *Queue) undo(s *Screen) tea.Cmd {
	n := len(q.tally.rows)
	if n == 0 || outcomeOf(s.session.Claims(), q.items[q.at]) != passed {
		return s.act(session.Action{Name: session.Undo})
	}
	last := q.tally.rows[n-1]
	q.tally.drop()
	for q.at--; q.items[q.at].ID != last.ID || q.items[q.at].Target != last.Target; q.at-- {
	}
	cmd := q.show(true)
	if !q.state.coming { // it was there at once
		if last.outcome == passed {
			return cmd
		}
		return tea.Batch(cmd, q.reader().act(session.Action{Name: session.Undo}))
	}
	q.state.undo = last.outcome != passed
	return cmd
}

func (q *Queue) handleEnd(a ui.Action) (tea.Cmd, bool) {
	switch a {
	case queueExport:
		return ui.Send(ui.AskMsg{Prompt: "Export to (.csv):", Initial: "review.csv", Path: true, Done: func(to string) tea.Cmd {
			if to = strings.TrimSpace(to); to == "" {
				return ui.Tell("Not exported: no file named")
			}
			return q.svc.Save(to, q.tally.csv())
		}}), true
	case queueLeave:
		return ui.Send(ui.PopMsg{}), true
	}
	return nil, false
}

// Close implements [ui.Closer].
func (q *Queue) Close() tea.Cmd {
	q.life.End()
	var cmds []tea.Cmd
	for _, s := range q.readers {
		cmds = append(cmds, s.Close())
	}
	return tea.Sequence(tea.Batch(cmds...), ui.Send(ui.ChangedMsg{}))
}

// View implements [ui.Screen].
func (q *Queue) View(width, height int) string {
	s := q.reader()
	switch {
	case q.state.ended:
		return q.report(width, height)
	case s == nil:
		return fill([]string{"", q.look.Theme.Muted.Render(fmt.Sprintf("  Looking for unreviewed names and quotes: %d of %s …", q.read, plural(len(q.ids), "article")))}, width, height, q.look)
	}
	return q.progress(width) + "\n" + s.View(width, height-1)
}

// fill makes lines exactly height lines of width cells.
func fill(lines []string, width, height int, l display.Look) string {
	out := make([]string, height)
	for i := range out {
		out[i] = columns.Blank(width)
		if i < len(lines) {
			out[i] = columns.Fit(lines[i], width, l.Method)
		}
	}
	return strings.Join(out, "\n")
}

// progress draws how far the review is.
func (q *Queue) progress(width int) string {
	th, m := q.look.Theme, q.look.Method
	sum := q.tally.total
	words := fmt.Sprintf(" review %d of %d ", q.at+1, len(q.items))
	right := fmt.Sprintf(" %s left ", plural(q.state.left, "article"))
	if sum.decisions > 0 {
		right = fmt.Sprintf(" %.1f keys, %s per decision ·%s", sum.perDecision(), seconds(sum.medianTime), right)
	}
	room := width - columns.Width(words, m) - columns.Width(right, m)
	if room < 8 {
		return th.Accent.Render(columns.Fit(words, width, m))
	}
	done := room * q.at / max(1, len(q.items))
	return th.Key.Render(words) + th.Accent.Render(strings.Repeat("━", done)) + th.Muted.Render(strings.Repeat("─", room-done)+right)
}

// report draws what the review came to.
func (q *Queue) report(width, height int) string {
	th, m, sum := q.look.Theme, q.look.Method, q.tally.total
	if len(q.items) == 0 {
		return fill([]string{"", th.Title.Render("  Nothing to review"), "", th.Muted.Render("  Every name and quote of " + plural(len(q.ids), "article") + " is reviewed.")}, width, height, q.look)
	}
	row := func(head, text string) string {
		return "  " + th.Muted.Render(columns.Fit(head, 12, m)) + text
	}
	lines := []string{"", th.Title.Render(fmt.Sprintf("  Reviewed %d of %s", len(q.tally.rows), plural(len(q.items), "claim"))), ""}
	for _, o := range []outcome{confirmed, rejected, changed, passed} {
		n := sum.count[o]
		bar := strings.Repeat("■", n*min(40, max(0, width-24))/max(1, len(q.tally.rows)))
		lines = append(lines, row(string(o), fmt.Sprintf("%4d  %s", n, th.Accent.Render(bar))))
	}
	lines = append(lines, "",
		row("articles", fmt.Sprintf("%4d", sum.articles)),
		row("keys", fmt.Sprintf("%4d  %.1f per decision", sum.keys, sum.perDecision())),
		row("time", fmt.Sprintf("%4s  median %s per decision", sum.time.Round(time.Second), seconds(sum.medianTime))))
	return fill(lines, width, height, q.look)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
