package reader

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/review"
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
	queueOver   ui.Action = "round.over" // a key that decides nothing any more
)

// queueBindings are the keys of a queue, before those of the reader.
func queueBindings() []ui.Binding {
	const g = "Review of many articles"
	return []ui.Binding{
		{Action: action(session.ConfirmNext), Keys: []string{"y"}, Help: "Confirm, then the next least certain of all articles", Short: "confirm", Group: g},
		{Action: action(session.RejectNext), Keys: []string{"X"}, Help: "Reject, then the next", Short: "reject", Group: g},
		{Action: action(session.NextUnreviewed), Keys: []string{"a"}, Help: "Skip, or go on after another decision", Short: "skip", Group: g},
		{Action: action(session.Undo), Keys: []string{"u"}, Help: "Undo, across articles", Short: "undo", Group: g},
		{Action: action(session.NextArticle), Keys: []string{"ctrl+j"}, Help: "Skip the rest of this article", Short: "skip article", Group: g},
		{Action: action(session.Done), Keys: []string{"D"}, Help: "Mark the article as done, and skip the rest of it", Short: "article done", Group: g},
		{Action: action(session.PreviousArticle), Keys: []string{"ctrl+k"}, Group: g},
		{Action: queueEnd, Keys: []string{"q"}, Help: "End the review and show the summary", Short: "end", Group: g},
	}
}

// leaveBinding leads out of the review.
func (q *Queue) leaveBinding() ui.Binding {
	out := cmp.Or(q.svc.Out, "to the library")
	return ui.Binding{Action: queueLeave, Keys: []string{"q", "esc", "enter"}, Help: "Leave the review: " + out, Short: out, Group: "Review"}
}

// endBindings are the keys of the summary. Those that decide before it are bound as well, to say so: a digit that nothing
// takes would be a count for the next key.
func (q *Queue) endBindings() []ui.Binding {
	undo := ui.Binding{Action: action(session.Undo), Keys: []string{"u"}, Group: "Review"}
	if q.anyDecided() {
		undo.Help, undo.Short = "Go back to the last one, and undo it", "undo"
	}
	out := []ui.Binding{
		{Action: queueExport, Keys: []string{"e"}, Help: "Export the review as CSV", Short: "export as CSV", Group: "Review", Holds: true},
		undo, q.leaveBinding(),
		{Action: queueOver, Keys: strings.Split("0123456789", "")},
	}
	for _, b := range queueBindings() {
		if b.Action != undo.Action && b.Action != queueEnd {
			b.Help, b.Short = "", ""
			out = append(out, b)
		}
	}
	return out
}

// anyDecided reports whether u at the end has anything to go back to.
func (q *Queue) anyDecided() bool { return len(q.tally.rows) > 0 || q.state.others > 0 }

// Scopes implements [ui.Screen]. The queue's keys come before the reader's own, after
// those of a selection or the panel.
func (q *Queue) Scopes() []ui.Scope {
	s := q.reader()
	switch {
	case q.state.ended:
		return []ui.Scope{{Name: "round", Bindings: q.endBindings(), Handle: q.handleEnd}}
	case s == nil:
		return []ui.Scope{{Name: "round", Bindings: []ui.Binding{q.leaveBinding()}, Handle: q.handleEnd}}
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
	case action(session.NextArticle):
		return q.skipArticle(), true
	case action(session.PreviousArticle):
		return ui.Tell("{reader.undo} goes back to the last one"), true
	case action(session.Done):
		return q.markDone(s), true
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

// goOn goes on from the current item where every decision does.
func (q *Queue) goOn(s *Screen, e review.Edit) tea.Cmd {
	if !s.session.Modes().GoOn || s != q.reader() || q.state.coming || !session.Settles(e.Verb) ||
		!slices.Contains(e.Targets, q.items[q.at].Target) {
		q.count(s, e)
		return nil
	}
	return q.next(outcomeOf(s.session.Claims(), q.items[q.at]))
}

// count counts a decision that does not go on. The one that went on to the current item may be
// made only now.
func (q *Queue) count(s *Screen, e review.Edit) {
	n := len(q.tally.rows)
	switch {
	case s != q.reader() || q.state.coming || q.state.ended:
	case e.Verb == annotate.Undo:
		q.state.others = max(0, q.state.others-1)
	case n > 0 && q.tally.rows[n-1].ID == q.items[q.at].ID && slices.Contains(e.Targets, q.tally.rows[n-1].Target):
	default:
		q.state.others++
	}
}

// next counts the current item and goes on.
func (q *Queue) next(o outcome) tea.Cmd {
	q.tally.end(q.items[q.at], o, q.svc.Now())
	q.tally.rows[len(q.tally.rows)-1].others = q.state.others
	modes := q.reader().session.Modes()
	for _, s := range q.readers {
		session.SetModes(s.session, modes)
	}
	return q.advance()
}

// skipArticle passes by the current item and all others of its article. They come next to each
// other in the queue, so that undo goes back to them one by one.
func (q *Queue) skipArticle() tea.Cmd {
	cur := q.items[q.at]
	q.items = append(q.items, q.rest.drop(cur.ID)...)
	rest := q.items[q.at+1:]
	slices.SortStableFunc(rest, func(a, b item) int { return -cmp.Compare(btoi(a.ID == cur.ID), btoi(b.ID == cur.ID)) })
	q.tally.end(cur, outcomeOf(q.reader().session.Claims(), cur), q.svc.Now())
	for ; len(rest) > 0 && rest[0].ID == cur.ID; rest = rest[1:] {
		q.tally.begin(q.svc.Now())
		q.tally.end(rest[0], passed, q.svc.Now())
		q.at++
	}
	return q.advance()
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// markDone marks the current article as done and skips what is left of it; one that is done
// already is not done any more.
func (q *Queue) markDone(s *Screen) tea.Cmd {
	if words := (team{s}).refuses(); words != "" {
		return ui.Tell(words)
	}
	st := team{s}.afterDone()
	if len(s.Duty.Sets) > 0 && st == library.Done && (team{s}).untouched() {
		return ui.Tell(nothingReviewed)
	}
	marked := team{s}.begin(st == library.Done) // the status is stored once that is in the log
	if len(s.Duty.Sets) == 0 {
		marked = team{s}.setStatus(st, team{s}.queued(map[bool]string{true: "Done", false: "Not done"}[st == library.Done]))
	}
	if st != library.Done {
		return marked
	}
	return tea.Batch(marked, q.skipArticle())
}

// end shows the report; an item that was decided on counts.
func (q *Queue) end(s *Screen) {
	others := q.state.others
	if o := outcomeOf(s.session.Claims(), q.items[q.at]); o != passed {
		q.tally.end(q.items[q.at], o, q.svc.Now())
		q.tally.rows[len(q.tally.rows)-1].others, others = others, 0
		q.at++
	}
	q.state = queueState{ended: true, others: others}
}

// undo takes back what was decided since the current item came or, where that is nothing, on
// the one before, to which it goes.
func (q *Queue) undo(s *Screen) tea.Cmd {
	n := len(q.tally.rows)
	if n == 0 || q.state.others > 0 || outcomeOf(s.session.Claims(), q.items[q.at]) != passed {
		return s.act(session.Action{Name: session.Undo})
	}
	return q.back()
}

// back goes back to the item before, and takes back what was decided on it.
func (q *Queue) back() tea.Cmd {
	last := q.tally.rows[len(q.tally.rows)-1]
	q.tally.drop()
	for q.at--; q.items[q.at].ID != last.ID || q.items[q.at].Target != last.Target; q.at-- {
	}
	cmd := q.show(true)
	if q.state.others = last.others; last.outcome != passed {
		q.state.others++ // until it is taken back
	}
	if !q.state.coming { // it was there at once
		if last.outcome == passed {
			return cmd
		}
		return tea.Batch(cmd, q.reader().act(session.Action{Name: session.Undo}))
	}
	q.state.undo = last.outcome != passed
	return cmd
}

// resume goes on from the report with what was decided last taken back: on the last item or, where the review was ended on one
// that was not decided on, on others beside it.
func (q *Queue) resume() tea.Cmd {
	others := q.state.others
	if others == 0 {
		return q.back()
	}
	cmd := q.show(true)
	if q.state.others = others; !q.state.coming {
		return tea.Batch(cmd, q.reader().act(session.Action{Name: session.Undo}))
	}
	q.state.undo = true
	return cmd
}

func (q *Queue) handleEnd(a ui.Action) (tea.Cmd, bool) {
	switch a {
	case action(session.Undo):
		if q.anyDecided() {
			return q.resume(), true
		}
	case queueEnd:
		return nil, false
	case queueExport:
		return ui.Send(ui.AskMsg{Prompt: "Export to (.csv):", Initial: "review.csv", Path: true, Done: func(to string) tea.Cmd {
			if to = strings.TrimSpace(to); to == "" {
				return ui.Tell("Not exported: no file named")
			}
			return q.svc.Save(to, q.tally.csv())
		}}), true
	case queueLeave:
		if q.svc.Leave != nil {
			return q.svc.Leave, true
		}
		return ui.Send(ui.PopMsg{}), true
	}
	switch {
	case !q.state.ended: // the first item is still looked for
		return nil, false
	case !q.anyDecided():
		return ui.Tell("Nothing was decided; {round.leave} leaves"), true
	}
	return ui.Tell("The review is over; {reader.undo} goes back to the last one"), true
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
		_, opened, _ := q.rest.sizes()
		return fill([]string{"", q.look.Theme.Muted.Render(fmt.Sprintf("  Looking for unreviewed names and quotes: %d of %s …", opened, plural(len(q.ids), "article")))}, width, height, q.look)
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
	total, _, _ := q.rest.sizes()
	words := fmt.Sprintf(" review %d of %d ", q.at+1, total)
	right := fmt.Sprintf(" %s left ", plural(q.state.left, "article"))
	if sum.decisions > 0 {
		right = fmt.Sprintf(" %.1f keys, %s per decision ·%s", sum.perDecision(), seconds(sum.medianTime), right)
	}
	room := width - columns.Width(words, m) - columns.Width(right, m)
	if room < 8 {
		return th.Accent.Render(columns.Fit(words, width, m))
	}
	done := room * min(q.at, total) / max(1, total)
	return th.Key.Render(words) + th.Accent.Render(strings.Repeat("━", done)) + th.Muted.Render(strings.Repeat("─", room-done)+right)
}

// report draws what the review came to.
func (q *Queue) report(width, height int) string {
	th, m, sum := q.look.Theme, q.look.Method, q.tally.total
	total, _, _ := q.rest.sizes()
	if total == 0 {
		return fill([]string{"", th.Title.Render("  Nothing to review"), "", th.Muted.Render("  Every name and quote of " + plural(len(q.ids), "article") + " is reviewed.")}, width, height, q.look)
	}
	row := func(head, text string) string {
		return "  " + th.Muted.Render(columns.Fit(head, 12, m)) + text
	}
	lines := []string{"", th.Title.Render(fmt.Sprintf("  Reviewed %d of %s", sum.decisions, plural(total, "suggestion"))), ""}
	for _, o := range []outcome{confirmed, rejected, changed, passed} {
		n := sum.count[o]
		bar := strings.Repeat("■", n*min(40, max(0, width-24))/max(1, len(q.tally.rows)))
		lines = append(lines, row(string(o), fmt.Sprintf("%4d  %s", n, th.Accent.Render(bar))))
	}
	keys, took := fmt.Sprintf("%4d", sum.keys), fmt.Sprintf("%4s", spent(sum.time))
	if sum.decisions > 0 {
		keys += fmt.Sprintf("  %.1f per decision", sum.perDecision())
		took += fmt.Sprintf("  median %s per decision", seconds(sum.medianTime))
	}
	lines = append(lines, "", row("articles", fmt.Sprintf("%4d", sum.articles)), row("keys", keys), row("time", took))
	if len(lines) >= height { // the figures before what is only between them
		lines = slices.DeleteFunc(lines[1:], func(l string) bool { return l == "" })
	}
	if left := total - sum.decisions; left > 0 {
		lines = append(lines, row("left", fmt.Sprintf("%4d  the next review begins with these", left)))
	}
	return fill(lines, width, height, q.look)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

// spent is for the time of a whole review, which may have taken minutes or hours.
func spent(d time.Duration) string {
	s := int(d.Round(time.Second) / time.Second)
	switch {
	case s < 60:
		return fmt.Sprintf("%d s", s)
	case s < 3600:
		return fmt.Sprintf("%d min %d s", s/60, s%60)
	}
	return fmt.Sprintf("%d h %d min", s/3600, s/60%60)
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
