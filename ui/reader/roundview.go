package reader

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/review"
	"byline/ui"
	"byline/ui/columns"
)

// Actions of a round of review.
const (
	roundEnd    ui.Action = "round.end"
	roundExport ui.Action = "round.export"
	roundLeave  ui.Action = "round.leave"
)

// RoundBindings are the keys of a round, before those of the reader.
func RoundBindings() []ui.Binding {
	const g = "Review of many articles"
	return []ui.Binding{
		{Action: ConfirmNext, Keys: []string{"y"}, Help: "confirm, and the next least certain of all articles", Short: "confirm", Group: g},
		{Action: RejectNext, Keys: []string{"X"}, Help: "reject, and the next", Short: "reject", Group: g},
		{Action: Unreviewed, Keys: []string{"a"}, Help: "the next; what is decided stays, what is not is passed by", Short: "next", Group: g},
		{Action: UndoStep, Keys: []string{"u"}, Help: "undo, also what was decided before this one", Short: "undo", Group: g},
		{Action: roundEnd, Keys: []string{"q"}, Help: "end the review, and say what it came to", Short: "end", Group: g},
	}
}

func endBindings() []ui.Binding {
	return []ui.Binding{
		{Action: roundExport, Keys: []string{"e"}, Help: "export the count as CSV", Short: "export as CSV", Group: "Review", Holds: true},
		{Action: roundLeave, Keys: []string{"q", "esc", "enter"}, Help: "back to the library", Short: "to the library", Group: "Review"},
	}
}

// Scopes implements [ui.Screen]. The round's keys stand before the reader's own, behind
// those of a selection or the panel.
func (r *Round) Scopes() []ui.Scope {
	s := r.reader()
	switch {
	case r.state.ended || s == nil && r.read == len(r.ids):
		return []ui.Scope{{Name: "round", Bindings: endBindings(), Handle: r.handleEnd}}
	case s == nil:
		return nil
	}
	scopes := s.Scopes()
	n := len(scopes) - 1
	own := ui.Scope{Name: "round", Bindings: RoundBindings(), Handle: r.handle}
	last := ui.Scope{Name: "round end", Bindings: []ui.Binding{{Action: roundEnd, Keys: []string{"esc"}}}, Handle: r.handle}
	return append(append(scopes[:n:n], own), scopes[n], last)
}

func (r *Round) handle(a ui.Action) (tea.Cmd, bool) {
	s := r.reader()
	switch a {
	case ConfirmNext:
		return r.decide(s, annotate.Confirm, confirmed), true
	case RejectNext:
		return r.decide(s, annotate.Reject, rejected), true
	case Unreviewed:
		return r.next(s.outcomeOf(r.items[r.at])), true
	case UndoStep:
		return r.undo(s), true
	case roundEnd:
		r.end(s)
		return nil, true
	}
	return nil, false
}

// decide decides on the current item, or, where the cursor went elsewhere, on what is
// under it.
func (r *Round) decide(s *Screen, v annotate.Verb, o outcome) tea.Cmd {
	it := r.items[r.at]
	if c, ok := s.target(); !ok || c.Span != it.Span || c.kind() != it.Kind {
		return s.decide(review.Change{Verb: v})
	}
	return tea.Batch(s.decide(review.Change{Verb: v}), r.next(o))
}

// next counts the current item and goes on.
func (r *Round) next(o outcome) tea.Cmd {
	r.tally.end(r.items[r.at], o, r.svc.Now())
	return r.advance()
}

// end shows the report; an item that was decided on counts.
func (r *Round) end(s *Screen) {
	if o := s.outcomeOf(r.items[r.at]); o != passed {
		r.tally.end(r.items[r.at], o, r.svc.Now())
	}
	r.state = roundState{ended: true}
}

// undo takes back what was decided on the current item or, where that is nothing, on the
// one before, to which it goes.
func (r *Round) undo(s *Screen) tea.Cmd {
	n := len(r.tally.rows)
	if n == 0 || s.outcomeOf(r.items[r.at]) != passed {
		return s.enqueue(review.Change{Verb: annotate.Undo})
	}
	last := r.tally.rows[n-1]
	r.tally.drop()
	for r.at--; r.items[r.at].ID != last.ID || r.items[r.at].Target != last.Target; r.at-- {
	}
	cmd := r.show(true)
	if !r.state.coming { // it was there at once
		if last.outcome == passed {
			return cmd
		}
		return tea.Batch(cmd, r.reader().enqueue(review.Change{Verb: annotate.Undo}))
	}
	r.state.undo = last.outcome != passed
	return cmd
}

func (r *Round) handleEnd(a ui.Action) (tea.Cmd, bool) {
	switch a {
	case roundExport:
		return ui.Send(ui.AskMsg{Prompt: "export to (.csv):", Initial: "review.csv", Path: true, Done: func(to string) tea.Cmd {
			if to = strings.TrimSpace(to); to == "" {
				return ui.Tell("not exported: no file named")
			}
			return r.svc.Save(to, r.tally.csv())
		}}), true
	case roundLeave:
		return ui.Send(ui.PopMsg{}), true
	}
	return nil, false
}

// Close implements what a screen does when it goes.
func (r *Round) Close() tea.Cmd { return ui.Send(ui.ChangedMsg{}) }

// View implements [ui.Screen].
func (r *Round) View(width, height int) string {
	s := r.reader()
	switch {
	case r.state.ended:
		return r.report(width, height)
	case s == nil:
		return fill([]string{"", r.look.theme.Muted.Render(fmt.Sprintf("  looking for what is to be reviewed: %d of %d articles …", r.read, len(r.ids)))}, width, height, r.look)
	}
	return r.progress(width) + "\n" + s.View(width, height-1)
}

// fill makes lines exactly height lines of width cells.
func fill(lines []string, width, height int, f frame) string {
	out := make([]string, height)
	for i := range out {
		out[i] = columns.Blank(width)
		if i < len(lines) {
			out[i] = columns.Fit(lines[i], width, f.method)
		}
	}
	return strings.Join(out, "\n")
}

// progress draws how far the round is.
func (r *Round) progress(width int) string {
	th, m := r.look.theme, r.look.method
	sum := r.tally.total
	words := fmt.Sprintf(" review %d of %d ", r.at+1, len(r.items))
	right := fmt.Sprintf(" %s left ", plural(r.state.left, "article"))
	if sum.decisions > 0 {
		right = fmt.Sprintf(" %.1f keys, %s a decision ·%s", sum.perDecision(), seconds(sum.medianTime), right)
	}
	room := width - columns.Width(words, m) - columns.Width(right, m)
	if room < 8 {
		return th.Accent.Render(columns.Fit(words, width, m))
	}
	done := room * r.at / max(1, len(r.items))
	return th.Key.Render(words) + th.Accent.Render(strings.Repeat("━", done)) + th.Muted.Render(strings.Repeat("─", room-done)+right)
}

// report draws what the round came to.
func (r *Round) report(width, height int) string {
	th, m, sum := r.look.theme, r.look.method, r.tally.total
	if len(r.items) == 0 {
		return fill([]string{"", th.Title.Render("  Nothing to review"), "", th.Muted.Render("  Somebody has looked at every name and quote of " + plural(len(r.ids), "article") + ".")}, width, height, r.look)
	}
	row := func(head, text string) string {
		return "  " + th.Muted.Render(columns.Fit(head, 12, m)) + text
	}
	lines := []string{"", th.Title.Render(fmt.Sprintf("  Reviewed %d of %s", len(r.tally.rows), plural(len(r.items), "claim"))), ""}
	for _, o := range []outcome{confirmed, rejected, changed, passed} {
		n := sum.count[o]
		bar := strings.Repeat("■", n*min(40, max(0, width-24))/max(1, len(r.tally.rows)))
		lines = append(lines, row(string(o), fmt.Sprintf("%4d  %s", n, th.Accent.Render(bar))))
	}
	lines = append(lines, "",
		row("articles", fmt.Sprintf("%4d", sum.articles)),
		row("keys", fmt.Sprintf("%4d  %.1f a decision", sum.keys, sum.perDecision())),
		row("time", fmt.Sprintf("%4s  half of the decisions in %s or less", sum.time.Round(time.Second), seconds(sum.medianTime))))
	return fill(lines, width, height, r.look)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
