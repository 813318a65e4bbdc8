package reader

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/review"
	"byline/articles"
	"byline/ui"
	"byline/ui/reader/display"
	"byline/ui/session"
	"byline/ui/textview"
)

// A handler answers an action; false leaves it to the session.
type handler func(*Screen) (tea.Cmd, bool)

// does returns a handler that always answers.
func does(f func(*Screen) tea.Cmd) handler {
	return func(s *Screen) (tea.Cmd, bool) { return f(s), true }
}

// scrolls returns a handler that scrolls by lines and pages.
func scrolls(lines int, pages float64) handler {
	return does(func(s *Screen) tea.Cmd { return s.scroll(lines + int(pages*float64(s.Frame.Body()))) })
}

// own are the actions of the session's table that a screen does itself, or in another way
// where the panel has something to say.
var own = map[session.Name]handler{
	session.Down: scrolls(1, 0), session.Up: scrolls(-1, 0),
	session.PageDown: scrolls(-2, 1), session.PageUp: scrolls(2, -1),
	session.HalfDown: scrolls(0, .5), session.HalfUp: scrolls(0, -.5),

	session.NextEntity:     does(func(s *Screen) tea.Cmd { return s.stepRow(1) }),
	session.PreviousEntity: does(func(s *Screen) tea.Cmd { return s.stepRow(-1) }),
	session.Candidate:      does(nextCandidate),
	session.Select:         does(func(s *Screen) tea.Cmd { return tell(s.StartSelection()) }),
	session.Hints:          does(showHints),
	session.JumpBack:       does((*Screen).jumpBack),
	session.Undo:           takeBack,
	session.Merge:          mergeMarked,
	session.Split:          splitMarked,

	session.Panel:   does(func(s *Screen) tea.Cmd { return s.movedIf(s.TogglePanel()) }),
	session.Tab:     does(func(s *Screen) tea.Cmd { return s.switchTab(1) }),
	session.Filter:  does(func(s *Screen) tea.Cmd { return panelKeys{s}.askFilter() }),
	session.Why:     does(func(s *Screen) tea.Cmd { return about{s}.why() }),
	session.People:  does(func(s *Screen) tea.Cmd { return about{s}.people() }),
	session.Details: does(func(s *Screen) tea.Cmd { return about{s}.details() }),
	session.Zen:     does(toggleZen),

	session.Confirm:         (*Screen).confirmOrFollow,
	session.Open:            does(func(s *Screen) tea.Cmd { return links{s}.follow() }),
	session.Browse:          does(func(s *Screen) tea.Cmd { return links{s}.browse() }),
	session.Picture:         does(func(s *Screen) tea.Cmd { return pictures{s}.show() }),
	session.Pipe:            does(func(s *Screen) tea.Cmd { return shell{s}.pipe() }),
	session.EditSource:      does(func(s *Screen) tea.Cmd { return shell{s}.edit() }),
	session.Suggest:         does(func(s *Screen) tea.Cmd { return shell{s}.suggest() }),
	session.NextArticle:     does(func(s *Screen) tea.Cmd { return s.turn(1) }),
	session.PreviousArticle: does(func(s *Screen) tea.Cmd { return s.turn(-1) }),

	session.Copy:       does(func(s *Screen) tea.Cmd { return about{s}.copy() }),
	session.Export:     does(func(s *Screen) tea.Cmd { return about{s}.export() }),
	session.Done:       does(func(s *Screen) tea.Cmd { return team{s}.markDone() }),
	session.Views:      does(func(s *Screen) tea.Cmd { return team{s}.choose() }),
	session.Guidelines: does(func(s *Screen) tea.Cmd { return team{s}.guidelines() }),
	session.About:      does(func(s *Screen) tea.Cmd { return about{s}.article() }),
	session.Tags:       does(func(s *Screen) tea.Cmd { return about{s}.tags() }),
	session.Versions:   does(func(s *Screen) tea.Cmd { return about{s}.versions() }),
	session.Centre:     does(centre),
	session.Clear:      does(clearOne),
}

// bare are the actions that need no article on the screen.
var bare = []session.Name{session.Clear, session.NextArticle, session.PreviousArticle}

// handle answers the reader's own actions: those of the screen, then the session's.
func (s *Screen) handle(a ui.Action) (tea.Cmd, bool) {
	name, ok := strings.CutPrefix(string(a), prefix)
	switch {
	case !ok:
		return nil, false
	case s.session.Article() == nil && slices.Contains(bare, session.Name(name)):
		cmd, _ := own[session.Name(name)](s)
		return cmd, true
	case s.session.Article() == nil:
		return nil, false
	}
	act := s.aimed(session.Action{Name: session.Name(name)})
	if do := own[act.Name]; do != nil {
		if e := session.Unseen(s.session, act); e.None != 0 && act.Name != session.Select {
			return s.show(e), true
		}
		if cmd, ok := do(s); ok {
			return cmd, true
		}
	}
	return s.do(act)
}

// aimed returns an action with what it is about on the screen: the selected words, or the
// row of the panel that has the keys.
func (s *Screen) aimed(a session.Action) session.Action {
	s.See()
	switch {
	case s.Sel.On && a.Name != session.GoTo:
		a.Span = s.Sel.Span
	case session.OnClaim(a.Name):
		s.Panel.PointTo(s.Scene, s.Words(), s.session)
	}
	if len(a.About) == 0 {
		a.About, _ = s.RowTargets()
	}
	return a
}

// clearOne leaves what is found, filtered or current. It never leaves the article: one press
// too many would have the next keys mean something else, in the library.
func clearOne(s *Screen) tea.Cmd {
	if !s.pointed.Empty() {
		s.pointed = articles.Span{}
		return nil
	}
	if s.session.Article() != nil && s.Clear() {
		return nil
	}
	return ui.Tell("Nothing to clear; {app.back} leaves")
}

// centre puts the current claim, else what was found, in the middle of the screen.
func centre(s *Screen) tea.Cmd {
	c, ok := s.session.Current()
	at := c.Span
	if hit := s.session.Hit(); !ok && !hit.Empty() {
		at = hit
	} else if !ok {
		return ui.Tell(noneWords(session.Effect{None: session.NoClaim}))
	}
	s.Text.ScrollTo(at.Start, textview.Middle)
	return s.moved()
}

func nextCandidate(s *Screen) tea.Cmd {
	if s.NextCandidate() {
		return s.moved()
	}
	return ui.Tell("No more capitalized words to tag")
}

func showHints(s *Screen) tea.Cmd {
	if s.ShowHints() {
		return nil
	}
	return ui.Tell("No words here")
}

func toggleZen(s *Screen) tea.Cmd {
	s.Frame.Zen = !s.Frame.Zen
	s.Relayout()
	return nil
}

// mergeMarked joins what the rows marked in the panel are about; one row is nothing to join.
func mergeMarked(s *Screen) (tea.Cmd, bool) {
	if len(s.Panel.Marked) < 2 {
		return nil, false
	}
	return s.decide(s.MergeMarked()), true
}

// splitMarked parts what the rows marked in the panel are about.
func splitMarked(s *Screen) (tea.Cmd, bool) {
	if len(s.Panel.Marked) == 0 {
		return nil, false
	}
	return s.act(session.Action{Name: session.Split, About: s.SplitMarked()}), true
}

// jumpBack goes back from a jump; from the one that led here, to where that was.
func (s *Screen) jumpBack() tea.Cmd {
	s.See()
	e := s.session.Start(session.Action{Name: session.JumpBack})
	if e.None != 0 && (s.req.Back || s.req.Offset >= 0) {
		return ui.Send(ui.PopMsg{})
	}
	return s.show(e)
}

// do does an action of the session: about the selected words, or the row of the panel
// that has the keys, or else the current claim.
func (s *Screen) do(a session.Action) (tea.Cmd, bool) {
	a = s.aimed(a)
	if ts, others := s.RowTargets(); others > 0 && len(ts) > 0 {
		s.say[1] = fmt.Sprintf("%d of %d mentions", len(ts), len(ts)+others)
	}
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

// errNoAction says that the session does not know an action, which is a fault of the reader.
var errNoAction = errors.New("no such action")

// act does an action that the session has.
func (s *Screen) act(a session.Action) tea.Cmd {
	cmd, ok := s.do(a)
	if !ok {
		return ui.Fail(fmt.Errorf("%s: %w", a.Name, errNoAction), "")
	}
	return cmd
}

// decide returns a command that makes the decision c.
func (s *Screen) decide(c review.Edit) tea.Cmd {
	return s.act(session.Action{Name: session.Decide, Edit: c})
}

// show brings what an action did to the screen.
func (s *Screen) show(e session.Effect) tea.Cmd {
	cmds := []tea.Cmd{s.work()}
	if e.Show != nil || e.Moved {
		s.Arrive(e)
		s.See() // what was found is named once it is in view
		if e.Moved {
			s.pointed = articles.Span{}
		}
		cmds = append(cmds, s.moved())
	}
	if !e.Picked.Empty() {
		s.Sel.Pick(e.Picked, s.Text)
	}
	if e.Widened {
		s.say[0] = "Quotation marks included"
	}
	cmds = append(cmds, tellCourse(s, e))
	if e.Marked != "" {
		cmds = append(cmds, ui.Tell("Mark "+e.Marked+" set; {reader.go-to-mark} goes there"))
	}
	if e.Asks != nil {
		cmds = append(cmds, (&asker{s}).ask(e.Asks))
	}
	if e.None != 0 {
		if e.None == session.NotInText {
			cmds = append(cmds, beforeSearch(s))
		}
		cmds = append(cmds, ui.Tell(noneWords(e)))
	}
	if e.Later != nil {
		cmds = append(cmds, s.run(e.Later))
	}
	return tea.Batch(cmds...)
}

// tellCourse says how a step came where it did, and what was turned on or off. Where a
// decision is on its way, what that did is said together with it.
func tellCourse(s *Screen, e session.Effect) tea.Cmd {
	words := courseWords(e)
	switch {
	case words != "" && (e.Edited.Verb != "" || s.session.Whole() && !s.session.Settled()):
		s.say[0] = words
		return nil
	case words != "":
		return tell(words)
	case e.Least:
		return tell(leastWords(s.session.Claims(), s.session.Cursor()))
	case e.Turned != "":
		s.Remark()
		return tell(turnedWords(s.session, e.Turned))
	}
	return nil
}

// stepRow goes to the next entity or quote of the panel's list; with no current claim
// the first step forward takes the row under the cursor.
func (s *Screen) stepRow(dir int) tea.Cmd {
	stepped, round := s.Panel.Step(dir, s.session.Cursor() < 0)
	switch {
	case !stepped:
		return ui.Tell("Nothing else in this list; {reader.tab} shows the next")
	case round:
		return tea.Batch(s.movedIf(s.GoRow()), ui.Tell(roundWords[dir]))
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
	t, ctx, bars, was := s.ticket(), s.life.Context(), s.bars, s.Scene
	return func() tea.Msg {
		ans := w(ctx)
		return answerMsg{ticket: t, Answer: ans, scene: display.NewScene(ans.Claims, bars, was)}
	}
}

func (s *Screen) scroll(rows int) tea.Cmd {
	if s.Text.ScrollBy(rows) == 0 && rows != 0 {
		if rows > 0 {
			return tea.Batch(s.save(), ui.Tell(s.endWords()))
		}
		return ui.Tell("Beginning of the article")
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
	return ui.TellInTurn(words)
}
