package reader

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui"
	"byline/ui/session"
	"byline/ui/textview"
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
		return s.scroll(sc.lines + int(sc.pages*float64(s.frame.body))), true
	}
	for _, f := range []func(ui.Action) (tea.Cmd, bool){s.handleOwn, s.handleArticle} {
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
		return s.nextCandidate(), true
	case selectKeys:
		return s.startSelection(), true
	case hintsOn:
		return s.showHints(), true
	case jumpBack:
		return s.jumpBack(), true
	case merge:
		if len(s.panel.marked) > 1 {
			return s.mergeMarked(), true
		}
	case split:
		if len(s.panel.marked) > 0 {
			return s.splitMarked(), true
		}
	}
	return nil, false
}

// jumpBack goes back from a jump; from the one that led here, to where that was.
func (s *Screen) jumpBack() tea.Cmd {
	s.see()
	e := s.session.Start(session.Action{Name: "jump-back"})
	if e.None != 0 && s.req.Offset >= 0 {
		return ui.Send(ui.PopMsg{})
	}
	return s.show(e)
}

// see tells the session what is on the screen.
func (s *Screen) see() {
	vis := s.text.Visible()
	s.session.See(session.View{Span: vis, Here: articles.Span{Start: vis.Start, End: vis.Start}, Places: s.panel.tab == placesTab})
}

// do does an action of the session: about the selected words, or the row of the panel
// that has the keys, or else the current claim.
func (s *Screen) do(a session.Action) (tea.Cmd, bool) {
	if s.sel.on && a.Name != session.GoTo {
		a.Span = s.sel.span
	}
	if len(a.About) == 0 {
		a.About = s.rowTargets()
	}
	s.see()
	e := s.session.Start(a)
	if e.None == session.Unknown {
		return nil, false
	}
	if e.Used && s.sel.on {
		s.drop()
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

// rowTargets returns the mentions that the panel's row stands for, where the panel has
// the keys and the row is that of the current claim.
func (s *Screen) rowTargets() []review.Target {
	c, ok := s.session.Current()
	r, inRow := s.panel.current()
	if !ok || !s.panel.focus || !inRow || session.IsQuote(c) || r.entity != c.Entity {
		return nil
	}
	return s.scene.targetsOf(s.session.Article().Text, r.entity, r.form)
}

// show brings what an action did to the screen.
func (s *Screen) show(e session.Effect) tea.Cmd {
	cmds := []tea.Cmd{s.work()}
	switch {
	case e.Show != nil && e.At == session.Nearest:
		cmds = append(cmds, s.showHit(e))
	case e.Show != nil:
		s.text.ScrollTo(e.Show.Start, map[session.Alignment]textview.Place{session.AtTop: textview.Top, session.AtEnd: textview.End}[e.At])
		cmds = append(cmds, s.moved())
		fallthrough
	default:
		if e.Moved {
			cmds = append(cmds, s.follow())
		}
	}
	if e.Least {
		cmds = append(cmds, ui.Tell(s.leastWords()))
	}
	if e.Marked != "" {
		cmds = append(cmds, ui.Tell("this place is marked as "+e.Marked+"; ' goes there"))
	}
	if e.Asks != nil {
		cmds = append(cmds, s.ask(e.Asks))
	}
	if e.None != 0 {
		if e.None == session.NotInText {
			s.paintFound()
		}
		cmds = append(cmds, ui.Tell(noneWords(e)))
	}
	if e.Later != nil {
		cmds = append(cmds, s.run(e.Later))
	}
	return tea.Batch(cmds...)
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
	t, ctx := s.ticket(), s.life.Context()
	return func() tea.Msg {
		ans := w(ctx)
		return answerMsg{ticket: t, Answer: ans, scene: newScene(ans.Claims)}
	}
}

func (s *Screen) scroll(rows int) tea.Cmd {
	if s.text.ScrollBy(rows) == 0 && rows != 0 {
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

// choose makes the claim at index at the current one, in text and panel.
func (s *Screen) choose(at int) tea.Cmd {
	s.session.Point(at)
	return s.follow()
}

// follow shows the current claim, in text and panel.
func (s *Screen) follow() tea.Cmd {
	was := s.panel.tab
	s.panel.follow(s.scene, s.session.Article().Text, s.scene.List[s.session.Cursor()])
	if was == placesTab || s.panel.tab == placesTab {
		s.remark()
	}
	return s.reveal()
}

// reveal scrolls to the current claim where it is not on the screen.
func (s *Screen) reveal() tea.Cmd {
	c, _ := s.session.Current()
	if vis := s.text.Visible(); c.Start < vis.Start || c.Start > vis.End {
		s.see()
		s.session.Leave()
	}
	s.text.ScrollTo(c.Start, textview.Nearest)
	s.refocus()
	return s.moved()
}

// showHit shows the place that a search found, and the claim there.
func (s *Screen) showHit(e session.Effect) tea.Cmd {
	s.paintFound()
	s.text.ScrollTo(e.Show.Start, textview.Nearest)
	if e.Moved {
		s.panel.follow(s.scene, s.session.Article().Text, s.scene.List[s.session.Cursor()])
		s.remark()
	}
	return s.moved()
}

// mergeMarked joins the entities of the marked rows, the one named most taking the others
// in, as one step.
func (s *Screen) mergeMarked() tea.Cmd {
	es := s.panel.marked.entities(s.scene)
	c := review.Edit{Verb: annotate.Merge, To: s.scene.MentionNear(es[0], 0)}
	for _, e := range es[1:] {
		c.Targets = append(c.Targets, review.Target{Kind: annotate.OfMention, Span: s.scene.MentionNear(e, 0)})
	}
	s.panel.marked = nil
	s.pointTo(c.To)
	return s.decide(c)
}

// splitMarked parts what the marked rows stand for from whom it was taken for.
func (s *Screen) splitMarked() tea.Cmd {
	var targets []review.Target
	for _, m := range s.panel.marked {
		targets = append(targets, s.scene.targetsOf(s.session.Article().Text, m.entity, m.form)...)
	}
	s.panel.marked = nil
	s.pointTo(targets[0].Span)
	cmd, _ := s.do(session.Action{Name: "split", About: targets})
	return cmd
}

// pointTo makes the mention on span the current claim.
func (s *Screen) pointTo(span articles.Span) {
	if at := s.scene.FindMention(span); at >= 0 {
		s.session.Point(at)
	}
}

// stepRow goes to the next entity or quote of the panel's list; with no current claim
// the first step forward takes the row under the cursor.
func (s *Screen) stepRow(dir int) tea.Cmd {
	if !s.panel.step(dir, s.session.Cursor() < 0) {
		return ui.Tell("no further in this list; {reader.tab} shows the next list")
	}
	return s.goRow()
}

// goRow makes what the panel's current row stands for the current claim.
func (s *Screen) goRow() tea.Cmd {
	r, ok := s.panel.current()
	if !ok {
		return nil
	}
	at := s.scene.claimOf(s.session.Article().Text, r)
	if at < 0 {
		return nil
	}
	s.session.Point(at)
	s.panel.unfoldAt(s.scene, s.session.Article().Text, r)
	return s.reveal()
}

// paintFound marks the places that a search found.
func (s *Screen) paintFound() {
	_, hits, at := s.session.Found()
	marks := make([]textview.Mark, len(hits))
	for i, h := range hits {
		marks[i] = textview.Mark{Span: h, Look: lookFound}
		if i == at {
			marks[i].Look = lookFoundNow
		}
	}
	s.text.SetMarks(layerFound, marks)
}

// clearFound forgets what was found.
func (s *Screen) clearFound() {
	s.session.ClearFound()
	s.paintFound()
}
