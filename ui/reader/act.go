package reader

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/review"
	"byline/ui"
	"byline/ui/reader/display"
	"byline/ui/session"
)

// scrolls says how far the moving actions go, in lines and in pages.
var scrolls = map[ui.Action]struct {
	lines int
	pages float64
}{
	down: {lines: 1}, up: {lines: -1},
	pageDown: {pages: 1, lines: -2}, pageUp: {pages: -1, lines: 2},
	halfDown: {pages: .5}, halfUp: {pages: -.5},
}

// handle answers the reader's own actions: those of the screen, then the session's.
func (s *Screen) handle(a ui.Action) (tea.Cmd, bool) {
	if s.session.Article() == nil {
		return nil, false
	}
	if sc, ok := scrolls[a]; ok {
		return s.scroll(sc.lines + int(sc.pages*float64(s.Frame.Body()))), true
	}
	for _, f := range []func(ui.Action) (tea.Cmd, bool){s.handleOwn, about{s}.handle} {
		if cmd, ok := f(a); ok {
			return cmd, true
		}
	}
	name, ok := strings.CutPrefix(string(a), prefix)
	if !ok {
		return nil, false
	}
	return s.do(session.Action{Name: session.Name(name)})
}

// handleOwn answers what is done another way on a screen.
func (s *Screen) handleOwn(a ui.Action) (tea.Cmd, bool) {
	switch a {
	case nextRow:
		return s.stepRow(1), true
	case prevRow:
		return s.stepRow(-1), true
	case candidate:
		if s.NextCandidate() {
			return s.moved(), true
		}
		return ui.Tell("no further words with a capital that are not marked"), true
	case selectKeys:
		return tell(s.StartSelection()), true
	case hintsOn:
		if s.ShowHints() {
			return nil, true
		}
		return ui.Tell("no words here"), true
	case jumpBack:
		return s.jumpBack(), true
	case merge:
		if len(s.Panel.Marked) > 1 {
			return s.decide(s.MergeMarked()), true
		}
	case split:
		if len(s.Panel.Marked) > 0 {
			return s.do(session.Action{Name: "split", About: s.SplitMarked()})
		}
	}
	return nil, false
}

// jumpBack goes back from a jump; from the one that led here, to where that was.
func (s *Screen) jumpBack() tea.Cmd {
	s.See()
	e := s.session.Start(session.Action{Name: "jump-back"})
	if e.None != 0 && s.req.Offset >= 0 {
		return ui.Send(ui.PopMsg{})
	}
	return s.show(e)
}

// do does an action of the session: about the selected words, or the row of the panel
// that has the keys, or else the current claim.
func (s *Screen) do(a session.Action) (tea.Cmd, bool) {
	if s.Sel.On && a.Name != session.GoTo {
		a.Span = s.Sel.Span
	}
	if len(a.About) == 0 {
		a.About = s.RowTargets()
	}
	s.See()
	e := s.session.Start(a)
	if e.None == session.Unknown {
		return nil, false
	}
	if e.Unsaved {
		return ui.Fail(e.Err, "not saved, nothing changed"), true
	}
	if e.Used && s.Sel.On {
		s.Sel.Drop(s.Text)
	}
	return s.show(e), true
}

// later returns a command that does an action.
func (s *Screen) later(a session.Action) tea.Cmd { return ui.Send(doMsg{s, a}) }

// act does the action of that name.
func (s *Screen) act(name session.Name) tea.Cmd {
	cmd, _ := s.do(session.Action{Name: name})
	return cmd
}

// decide returns a command that makes the decision c.
func (s *Screen) decide(c review.Edit) tea.Cmd {
	cmd, _ := s.do(session.Action{Name: session.Decide, Edit: c})
	return cmd
}

// show brings what an action did to the screen.
func (s *Screen) show(e session.Effect) tea.Cmd {
	cmds := []tea.Cmd{s.work()}
	if e.Show != nil || e.Moved {
		s.Arrive(e)
		cmds = append(cmds, s.moved())
	}
	if e.Least {
		cmds = append(cmds, ui.Tell(leastWords(s.session.Claims(), s.session.Cursor())))
	}
	if e.Marked != "" {
		cmds = append(cmds, ui.Tell("this place is marked as "+e.Marked+"; ' goes there"))
	}
	if e.Asks != nil {
		cmds = append(cmds, (&asker{s}).ask(e.Asks))
	}
	if e.None != 0 {
		if e.None == session.NotInText {
			s.PaintFound()
		}
		cmds = append(cmds, ui.Tell(noneWords(e)))
	}
	if e.Later != nil {
		cmds = append(cmds, s.run(e.Later))
	}
	return tea.Batch(cmds...)
}

// stepRow goes to the next entity or quote of the panel's list; with no current claim
// the first step forward takes the row under the cursor.
func (s *Screen) stepRow(dir int) tea.Cmd {
	if !s.Panel.Step(dir, s.session.Cursor() < 0) {
		return ui.Tell("no further in this list; {reader.tab} shows the next list")
	}
	return s.movedIf(s.GoRow())
}

// movedIf is what a movement leads to, if there was one.
func (s *Screen) movedIf(moved bool) tea.Cmd {
	if !moved {
		return nil
	}
	return s.moved()
}

// work starts the session's next job.
func (s *Screen) work() tea.Cmd {
	if w := s.session.Work(); w != nil {
		return s.run(w)
	}
	return nil
}

// run runs work off the update loop, for as long as the screen is open.
func (s *Screen) run(w session.Work) tea.Cmd {
	t, ctx, bars := s.ticket(), s.life.Context(), s.bars
	return func() tea.Msg {
		ans := w(ctx)
		return answerMsg{ticket: t, Answer: ans, scene: display.NewScene(ans.Claims, bars)}
	}
}

func (s *Screen) scroll(rows int) tea.Cmd {
	if s.Text.ScrollBy(rows) == 0 && rows != 0 {
		if rows > 0 {
			return tea.Batch(s.save(), ui.Tell("the end"))
		}
		return ui.Tell("the beginning")
	}
	return s.moved()
}

// moved is what every movement leads to: the place is stored, the next screen
// rendered ahead, and marks are sought where there are none yet.
func (s *Screen) moved() tea.Cmd { return tea.Batch(s.save(), s.ahead(), s.glance()) }

// tell says words, if there are any.
func tell(words string) tea.Cmd {
	if words == "" {
		return nil
	}
	return ui.Tell(words)
}
