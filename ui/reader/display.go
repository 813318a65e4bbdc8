package reader

import (
	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
	"byline/articles/clean"
	"byline/ui/session"
	"byline/ui/textview"
	"byline/ui/theme"
)

// A display is what is on the screen: the text with the marks of a session's claims, the
// panel, what is selected. It asks for nothing; what has to be asked is the Screen's.
type display struct {
	session *session.Session
	scene   *scene // of the session's claims
	text    *textview.View
	panel   panel
	sel     selection
	hints   hints
	frame   frame
	zenOnly bool // zen is how it starts, so nothing leaves it
}

// A frame is how the screen is laid out and looks.
type frame struct {
	view
	look
	width, height int
	above         int // lines of the screen above the reader's
}

// A look is how things are drawn.
type look struct {
	theme  *theme.Theme
	method ansi.Method
}

// layout places the parts.
func (f *frame) layout() layout { return arrange(f.width, f.height, f.view) }

func newDisplay(s *session.Session, o Options) *display {
	d := &display{session: s, scene: newScene(s.Claims(), !o.NoBars), text: textview.New(), zenOnly: o.Zen}
	d.panel.open = -1
	d.frame.view = view{measure: o.Measure, panel: o.Panel, panelWidth: o.PanelWidth, left: o.PanelLeft, zen: o.Zen}
	d.frame.theme, _ = theme.Named("", true)
	return d
}

// title names the article, safe to draw.
func (s *display) title() string {
	if s.session.Article() == nil {
		return ""
	}
	return clean.Line(s.session.Article().Title)
}

// words returns the text of the article that is open.
func (s *display) words() string { return s.session.Article().Text }

// relayout places the parts again; the top line's words stay on the screen.
func (s *display) relayout() {
	s.frame.view.focus = s.panel.focus
	if l := s.frame.layout(); l.textW > 0 {
		s.text.Resize(l.textW, l.body)
	}
}

// see tells the session what is on the screen.
func (s *display) see() {
	vis := s.text.Visible()
	s.session.See(session.View{Span: vis, Here: articles.Span{Start: vis.Start, End: vis.Start}, Places: s.panel.tab == placesTab})
}

// rowTargets returns the mentions that the panel's row is about, where the panel has
// the keys and the row is that of the current claim.
func (s *display) rowTargets() []review.Target {
	c, ok := s.session.Current()
	r, inRow := s.panel.current()
	if !ok || !s.panel.focus || !inRow || session.IsQuote(c) || r.entity != c.Entity {
		return nil
	}
	return s.scene.targetsOf(s.words(), r.entity, r.form)
}

// pointTo makes the mention on span the current claim.
func (s *display) pointTo(span articles.Span) {
	if at := s.scene.FindMention(span); at >= 0 {
		s.session.Point(at)
	}
}

// paintFound marks the places that a search found.
func (s *display) paintFound() {
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
func (s *display) clearFound() {
	s.session.ClearFound()
	s.paintFound()
}

// follow shows the current claim, in text and panel.
func (s *display) follow() {
	was := s.panel.tab
	s.panel.follow(s.scene, s.words(), s.scene.List[s.session.Cursor()])
	if was == placesTab || s.panel.tab == placesTab {
		s.remark()
	}
	s.reveal()
}

// reveal scrolls to the current claim where it is not on the screen.
func (s *display) reveal() {
	c, _ := s.session.Current()
	if vis := s.text.Visible(); c.Start < vis.Start || c.Start > vis.End {
		s.see()
		s.session.Leave()
	}
	s.text.ScrollTo(c.Start, textview.Nearest)
	s.refocus()
}

// arrive shows the place that an effect leads to, and the claim there.
func (s *display) arrive(e session.Effect) {
	if e.Show == nil {
		s.follow()
		return
	}
	switch e.At {
	case session.AtTop:
		s.text.ScrollTo(e.Show.Start, textview.Top)
	case session.AtEnd:
		s.text.ScrollTo(e.Show.Start, textview.End)
	case session.Nearest: // what a search found
		s.paintFound()
		s.text.ScrollTo(e.Show.Start, textview.Nearest)
		if e.Moved {
			s.panel.follow(s.scene, s.words(), s.scene.List[s.session.Cursor()])
			s.remark()
		}
		return
	}
	if e.Moved {
		s.follow()
	}
}

// goRow makes what the panel's current row is about the current claim, and reports whether
// there is one.
func (s *display) goRow() bool {
	r, ok := s.panel.current()
	if !ok {
		return false
	}
	at := s.scene.claimOf(s.words(), r)
	if at < 0 {
		return false
	}
	s.session.Point(at)
	s.panel.unfoldAt(s.scene, s.words(), r)
	s.reveal()
	return true
}

// setScene shows other claims. What was marked in the panel is no longer there.
func (s *display) setScene(sc *scene) {
	s.scene, s.panel.marked, s.panel.grab = sc, nil, 0
	if at := s.session.Cursor(); at >= 0 {
		s.panel.follow(s.scene, s.words(), s.scene.List[at])
	} else {
		s.panel.refresh(s.scene, s.words())
	}
	s.remark()
}

// mergeMarked returns the edit that joins the entities of the marked rows, the one named
// most taking the others in, as one step.
func (s *display) mergeMarked() review.Edit {
	es := s.panel.marked.entities(s.scene)
	e := review.Edit{Verb: annotate.Merge, To: s.scene.MentionNear(es[0], 0)}
	for _, other := range es[1:] {
		e.Targets = append(e.Targets, review.Target{Kind: annotate.OfMention, Span: s.scene.MentionNear(other, 0)})
	}
	s.panel.marked = nil
	s.pointTo(e.To)
	return e
}

// splitMarked returns the mentions that the marked rows are about, to part them from whom
// they were taken for.
func (s *display) splitMarked() []review.Target {
	var targets []review.Target
	for _, m := range s.panel.marked {
		targets = append(targets, s.scene.targetsOf(s.words(), m.entity, m.form)...)
	}
	s.panel.marked = nil
	s.pointTo(targets[0].Span)
	return targets
}

// togglePanel goes into the panel; where that already has the keys, out of it. It reports
// whether the text moved.
func (s *display) togglePanel() bool {
	moved := s.setFocus(!s.panel.focus)
	if s.panel.focus && len(s.panel.rows) == 0 {
		s.panel.refresh(s.scene, s.words())
	}
	return moved
}

// clear leaves, one after another, what was found, the panel's filter, zen mode and the
// current claim. It reports false where there is nothing to leave: the key means going
// back then.
func (s *display) clear() bool {
	switch query, _, _ := s.session.Found(); {
	case query != "":
		s.clearFound()
	case s.panel.filter != "":
		s.panel.narrow("", s.scene, s.words())
	case s.frame.zen && !s.zenOnly:
		s.frame.zen = false
		s.relayout()
	case s.session.Cursor() >= 0:
		s.session.Point(-1)
		s.remark()
	default:
		return false
	}
	return true
}

// A scene is the claims of the session prepared for drawing: built once for every
// answer of the workspace, off the update loop, and only read afterwards.
type scene struct {
	*session.Claims
	marks  markSet
	totals [tabCount]int // entities of each tab, and quotes, that are not rejected
}

// newScene returns the scene of claims, with bars next to quotes or without; nil for nil.
func newScene(cs *session.Claims, bars bool) *scene {
	if cs == nil {
		return nil
	}
	s := &scene{cs, markLayer(cs.Layer), totals(cs.Layer)}
	if !bars {
		s.marks.gutter = nil
	}
	return s
}

// remarks are what people remarked, by claim.
func (s *scene) remarks() remarks { return s.Remarks }

// targetsOf returns the mentions of an entity that are by the words form; all of them
// where form is empty.
func (s *scene) targetsOf(text string, entity int, form string) []review.Target {
	var out []review.Target
	for _, m := range s.Layer.Entities[entity].Mentions {
		if form == "" || oneLine(m.In(text)) == form {
			out = append(out, review.Target{Kind: annotate.OfMention, Span: m.Span})
		}
	}
	return out
}

// claimOf returns the index of the first claim that a row of the panel is about, or −1.
func (s *scene) claimOf(text string, r row) int {
	if r.quote >= 0 {
		return s.Find(review.Target{Kind: annotate.OfQuote, Span: s.Layer.Quotes[r.quote].Span})
	}
	if ts := s.targetsOf(text, r.entity, r.form); len(ts) > 0 {
		return s.Find(ts[0])
	}
	return -1
}
