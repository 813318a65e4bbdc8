package reader

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/ui"
	"byline/ui/textview"
)

// scrolls says how far the moving actions go, in lines and in pages.
var scrolls = map[ui.Action]struct {
	lines int
	pages float64
}{
	Down: {lines: 1}, Up: {lines: -1},
	PageDown: {pages: 1, lines: -2}, PageUp: {pages: -1, lines: 2},
	HalfDown: {pages: .5}, HalfUp: {pages: -.5},
}

// handle answers the reader's own actions.
func (s *Screen) handle(a ui.Action) (tea.Cmd, bool) {
	if s.article == nil {
		return nil, false
	}
	if sc, ok := scrolls[a]; ok {
		return s.scroll(sc.lines + int(sc.pages*float64(s.frame.body))), true
	}
	for _, f := range []func(ui.Action) (tea.Cmd, bool){s.handleStep, s.handleCorrect, s.handleSpans, s.handleClusters, s.handleAgain, s.handleNotes, s.handleFind, s.handleArticle} {
		if cmd, ok := f(a); ok {
			return cmd, true
		}
	}
	return nil, false
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

// jump goes to a byte of the text and remembers where it came from.
func (s *Screen) jump(off int, place textview.Place) tea.Cmd {
	s.jumps.leave(s.text.Top())
	s.text.ScrollTo(off, place)
	return s.moved()
}

// steppable reports whether Tab stops at c: people, organizations, own labels and
// quotes; places only while their list is open. What was rejected is passed by.
func (s *Screen) steppable(c claim) bool {
	if st, _ := s.scene.state(c); st == annotate.Rejected {
		return false
	}
	return s.visible(c)
}

// visible reports whether c is marked in the text.
func (s *Screen) visible(c claim) bool {
	return c.kind() == annotate.OfQuote || tabOf(s.scene.typ(c)) != placesTab || s.panel.tab == placesTab
}

func (s *Screen) handleStep(a ui.Action) (tea.Cmd, bool) {
	switch a {
	case Next:
		return s.step(1, s.steppable, "no further name or quote"), true
	case Prev:
		return s.step(-1, s.steppable, "no name or quote before"), true
	case Same:
		return s.stepSame(1), true
	case SamePrev:
		return s.stepSame(-1), true
	case NextEntity:
		return s.stepRow(1), true
	case PrevEntity:
		return s.stepRow(-1), true
	case NextQuote:
		return s.step(1, isQuote, "no further quote"), true
	case PrevQuote:
		return s.step(-1, isQuote, "no quote before"), true
	case Top:
		return s.jump(0, textview.Top), true
	case End:
		return s.jump(len(s.article.Text), textview.End), true
	}
	return nil, false
}

func isQuote(c claim) bool { return c.kind() == annotate.OfQuote }

func (s *Screen) unreviewed(c claim) bool {
	st, _ := s.scene.state(c)
	return st == annotate.Proposed && s.visible(c)
}

// step goes to the next claim that want accepts: from the current one if it is
// on the screen, else from the top of the screen.
func (s *Screen) step(dir int, want func(claim) bool, none string) tea.Cmd {
	at, off := s.cur.at, s.text.Visible().Start
	if at >= 0 && !s.text.Visible().Overlaps(s.scene.claims[at].Span) {
		at = -1
		if dir < 0 {
			off = s.text.Visible().End
		}
	}
	next := s.scene.next(at, off, dir, want)
	if next < 0 {
		if !s.load.layer {
			return ui.Tell("still reading the article")
		}
		return ui.Tell(none)
	}
	return s.choose(next)
}

// stepSame goes to another mention of the current entity, or another quote.
func (s *Screen) stepSame(dir int) tea.Cmd {
	if s.cur.at < 0 {
		return s.step(dir, s.steppable, "no name or quote here")
	}
	c := s.scene.claims[s.cur.at]
	return s.step(dir, func(o claim) bool {
		return o.kind() == c.kind() && o.entity == c.entity && s.steppable(o)
	}, "no further mention")
}

// stepRow goes to the next entity or quote of the panel's list; with no current claim
// the first step forward takes the row under the cursor.
func (s *Screen) stepRow(dir int) tea.Cmd {
	p := &s.panel
	i := p.cursor + dir
	if s.cur.at < 0 && dir > 0 {
		i = p.cursor
	}
	for i >= 0 && i < len(p.rows) && (p.rows[i].form != "" || p.rows[i].second) {
		i += dir
	}
	if i < 0 || i >= len(p.rows) {
		return ui.Tell("no further in this list; {reader.tab} shows the next list")
	}
	p.cursor = i
	return s.goRow()
}

// goRow makes what the panel's current row stands for the current claim.
func (s *Screen) goRow() tea.Cmd {
	r, ok := s.panel.current()
	if !ok {
		return nil
	}
	at := -1
	if r.quote >= 0 {
		at = s.scene.find(annotate.OfQuote, s.scene.layer.Quotes[r.quote].Span)
	} else {
		for i, m := range s.scene.layer.Entities[r.entity].Mentions {
			if r.form == "" || oneLine(m.In(s.article.Text)) == r.form {
				at = s.scene.index(r.entity, i)
				break
			}
		}
	}
	if at < 0 {
		return nil
	}
	s.point(at)
	s.showRow(r)
	return s.reveal()
}

// showRow opens the entity of r under the panel's cursor and keeps it there.
func (s *Screen) showRow(r row) {
	s.panel.open = -1
	if r.quote < 0 {
		s.panel.open = r.entity
	}
	s.panel.refresh(s.scene, s.article.Text)
	s.panel.seek(func(o row) bool { return o.entity == r.entity && o.quote == r.quote && o.form == r.form })
}

// choose makes the claim at index at the current one, in text and panel.
func (s *Screen) choose(at int) tea.Cmd {
	s.point(at)
	was := s.panel.tab
	s.panel.follow(s.scene, s.article.Text, s.scene.claims[at])
	if was == placesTab || s.panel.tab == placesTab {
		s.remark()
	}
	return s.reveal()
}

// point makes the claim at index at the current one.
func (s *Screen) point(at int) {
	c := s.scene.claims[at]
	s.cur = cursor{at: at, kind: c.kind(), span: c.Span}
}

// reveal scrolls to the current claim where it is not on the screen.
func (s *Screen) reveal() tea.Cmd {
	off := s.cur.span.Start
	vis := s.text.Visible()
	if off < vis.Start || off > vis.End {
		s.jumps.leave(vis.Start)
	}
	s.text.ScrollTo(off, textview.Nearest)
	s.refocus()
	return s.moved()
}

// remark lays the marks of the scene on the text, and those of the current claim.
func (s *Screen) remark() {
	ms := s.scene.marks
	mentions := ms.mentions
	if s.panel.tab == placesTab {
		mentions = slices.Concat(mentions, ms.places)
	}
	s.text.SetMarks(layerQuotes, ms.quotes)
	s.text.SetMarks(layerMentions, mentions)
	s.text.SetMarks(layerStates, ms.states)
	if !s.opts.NoBars {
		s.text.SetGutter(gutterQuotes, ms.gutter)
	}
	s.text.SetGutter(gutterNotes, s.scene.remarks.gutter(signNote, &bars.note))
	s.text.SetGutter(gutterQuestions, s.scene.remarks.gutter(signQuestion, &bars.question))
	s.refocus()
}

// refocus lays the marks of the current claim on the text.
func (s *Screen) refocus() {
	f := s.scene.focus(s.cur.at)
	s.text.SetMarks(layerQuoteNow, f.quote)
	s.text.SetMarks(layerSame, f.same)
	s.text.SetMarks(layerCurrent, f.now)
	s.text.SetGutter(gutterHere, f.gutter)
}

// target returns the current claim for a decision, with the span that it has once
// the desk has done what it was asked.
func (s *Screen) target() (claim, bool) {
	if s.cur.at < 0 {
		return claim{}, false
	}
	c := s.scene.claims[s.cur.at]
	c.Span = s.cur.span
	return c, true
}
