// Package display is what a reader has on the screen: the text of an article with the
// marks of a session's claims, the panel that lists them, what is selected, labels on
// words. It draws, and it answers what needs nobody else: a step in the panel, a click, a
// selection. It asks for nothing and returns no commands; that is the part of package
// reader.
package display

import (
	"slices"

	"github.com/charmbracelet/x/ansi"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/articles"
	"byline/articles/clean"
	"byline/ui"
	"byline/ui/session"
	"byline/ui/textview"
	"byline/ui/theme"
)

// A Display is what is on the screen.
type Display struct {
	Text    *textview.View
	Scene   *Scene // of the session's claims
	Panel   Panel
	Sel     Selection
	Hints   Hints
	Frame   Frame
	Duty    Duty    // of the article: whose decisions are shown, and the labels of its sets
	Read    float64 // how much of the text was on the screen or is reviewed, from 0 to 1
	session *session.Session
	zenOnly bool // zen is how it starts, so nothing leaves it
}

// A Frame is how the screen is laid out and looks.
type Frame struct {
	view
	Theme         *theme.Theme
	Method        ansi.Method
	Width, Height int
	Above         int // lines of the screen above the display's
}

// A Look is how things are drawn.
type Look struct {
	Theme  *theme.Theme
	Method ansi.Method
}

// layout places the parts.
func (f *Frame) layout() layout { return arrange(f.Width, f.Height, f.view) }

// Options are what a user may set. The zero value works.
type Options struct {
	Measure    int  // widest text column in cells; 0 for 72
	Panel      bool // start with the side panel
	PanelLeft  bool // it is left of the text
	PanelWidth int  // in cells, more where there is room; 0 for 32
	NoBars     bool // no bars next to quotes
	Zen        bool // start with nothing but the text
}

// New returns a display of s.
func New(s *session.Session, o Options) *Display {
	if o.Measure <= 0 {
		o.Measure = 72
	}
	if o.PanelWidth <= 0 {
		o.PanelWidth = 32
	}
	d := &Display{session: s, Scene: NewScene(s.Claims(), !o.NoBars, nil), Text: textview.New(), zenOnly: o.Zen}
	d.Panel.open = -1
	d.Frame.view = view{measure: o.Measure, panel: o.Panel, panelWidth: o.PanelWidth, left: o.PanelLeft, Zen: o.Zen}
	d.Frame.Theme, _ = theme.Named("", true)
	return d
}

// Title names the article, safe to draw.
func (s *Display) Title() string {
	if s.session.Article() == nil {
		return ""
	}
	return clean.Line(s.session.Article().Title)
}

// Words returns the text of the article that is open.
func (s *Display) Words() string { return s.session.Article().Text }

// Relayout places the parts again; the top line's words stay on the screen, and the current claim
// if it was there.
func (s *Display) Relayout() {
	s.Frame.view.focus = s.Panel.Focus
	l := s.Frame.layout()
	if l.textW <= 0 {
		return
	}
	seen := s.Text.Visible()
	s.Text.Resize(l.textW, l.body)
	if c, ok := s.session.Current(); ok && c.Start >= seen.Start && c.Start < seen.End {
		s.Text.ScrollTo(c.Start, textview.Nearest)
	}
}

// See tells the session what is on the screen.
func (s *Display) See() {
	vis := s.Text.Visible()
	s.session.See(session.View{Span: vis, Here: articles.Span{Start: vis.Start, End: vis.Start}, Places: s.Panel.Tab == placesTab || s.session.Modes().Asides})
}

// RowTargets returns the claims that the panel's row is about, where the panel has the keys
// and the row is that of the current claim. Of a form's row, others is how many mentions
// the entity has besides.
func (s *Display) RowTargets() (targets []review.Target, others int) {
	c, ok := s.session.Current()
	r, inRow := s.Panel.current()
	switch {
	case !ok || !s.Panel.Focus || !inRow || s.Sel.On:
		return nil, 0
	case session.IsQuote(c) && r.quote == c.Index:
		return []review.Target{c.Target()}, 0
	case session.IsQuote(c) || r.quote >= 0 || r.entity != c.Entity:
		return nil, 0
	}
	targets = s.Scene.targetsOf(s.Words(), r.entity, r.form)
	return targets, len(s.Scene.Layer.Entities[r.entity].Mentions) - len(targets)
}

// PaintFound marks the places that a search found.
func (s *Display) PaintFound() {
	_, hits, at := s.session.Found()
	marks := make([]textview.Mark, len(hits))
	for i, h := range hits {
		marks[i] = textview.Mark{Span: h, Look: lookFound}
		if i == at {
			marks[i].Look = lookFoundNow
		}
	}
	s.Text.SetMarks(layerFound, marks)
}

// Follow shows the current claim, in text and panel.
func (s *Display) Follow() {
	was := s.Panel.Tab
	s.Panel.follow(s.Scene, s.Words(), s.Scene.List[s.session.Cursor()])
	if was == placesTab || s.Panel.Tab == placesTab {
		s.Remark()
	}
	s.reveal()
}

// reveal scrolls to the current claim where it is not on the screen.
func (s *Display) reveal() {
	c, _ := s.session.Current()
	if vis := s.Text.Visible(); c.Start < vis.Start || c.Start > vis.End {
		s.See()
		s.session.Leave()
	}
	s.Text.ScrollTo(c.Start, textview.Nearest)
	s.refocus()
}

// Arrive shows the place that an effect leads to, and the claim there.
func (s *Display) Arrive(e session.Effect) {
	if e.Show == nil {
		s.Follow()
		return
	}
	switch e.At {
	case session.AtTop:
		s.Text.ScrollTo(e.Show.Start, textview.Top)
	case session.AtEnd:
		s.Text.ScrollTo(e.Show.Start, textview.End)
	case session.Nearest: // what a search found
		s.PaintFound()
		s.Text.ScrollTo(e.Show.Start, textview.Nearest)
	}
	if e.Moved {
		settle(s)
	}
}

// settle shows the current claim in the panel where it is in view; else none is current.
func settle(s *Display) {
	at := s.session.Cursor()
	if at >= 0 && !s.Text.Visible().Overlaps(s.Scene.List[at].Span) {
		s.session.Point(-1)
		at = -1
	}
	if at >= 0 {
		s.Panel.follow(s.Scene, s.Words(), s.Scene.List[at])
	}
	s.Remark()
}

// GoRow makes what the panel's current row is about the current claim, and reports whether
// there is one.
func (s *Display) GoRow() bool {
	r, ok := s.Panel.current()
	if !ok {
		return false
	}
	at := s.Scene.claimOf(s.Words(), r)
	if at < 0 {
		return false
	}
	s.session.Point(at)
	s.reveal()
	return true
}

// SetScene shows other claims. What was marked in the panel is no longer there.
func (s *Display) SetScene(sc *Scene) {
	s.Panel.carry(s.Scene, sc)
	s.Scene, s.Panel.Marked, s.Panel.grab = sc, nil, 0
	switch at := s.session.Cursor(); {
	case at >= 0 && s.Panel.left(s.Scene, s.Scene.List[at]):
		s.Panel.refresh(s.Scene, s.Words())
		if s.session.Point(-1); len(s.Panel.Rows) > 0 {
			s.GoRow()
		}
	case at >= 0:
		s.Panel.follow(s.Scene, s.Words(), s.Scene.List[at])
	default:
		s.Panel.refresh(s.Scene, s.Words())
	}
	s.Remark()
}

// Replace drops what is on words of old, the article shown before, that the session's
// article does not have: marks, rows, what is selected, labels on words.
func (s *Display) Replace(old *articles.Article, bars bool) {
	if s.Sel.On && !session.Share(old, s.session.Article(), s.Sel.Span) {
		s.Sel.Drop(s.Text)
	}
	if ws := s.Hints.words; len(ws) > 0 && !session.Share(old, s.session.Article(), ws[len(ws)-1]) {
		s.Hints.Drop()
	}
	s.PaintFound()
	if s.Scene.Claims != s.session.Claims() {
		s.Text.SetMarks(layerPreview, nil)
		s.SetScene(NewScene(s.session.Claims(), bars, s.Scene))
	}
}

// MergeMarked returns the edit that joins the entities of the marked rows, the one named
// most taking the others in, as one step.
func (s *Display) MergeMarked() review.Edit {
	es := s.Panel.Marked.entities(s.Scene)
	e := review.Edit{Verb: annotate.Merge, To: s.Scene.MentionNear(es[0], 0)}
	for _, other := range es[1:] {
		e.Targets = append(e.Targets, review.Target{Kind: annotate.OfMention, Span: s.Scene.MentionNear(other, 0)})
	}
	s.Panel.Marked = nil
	pointTo(s.session, e.To)
	return e
}

// SplitMarked returns the mentions that the marked rows are about, to part them from whom
// they were taken for.
func (s *Display) SplitMarked() []review.Target {
	var targets []review.Target
	for _, m := range s.Panel.Marked {
		targets = append(targets, s.Scene.targetsOf(s.Words(), m.entity, m.form)...)
	}
	s.Panel.Marked = nil
	pointTo(s.session, targets[0].Span)
	return targets
}

// TogglePanel goes into the panel; where that already has the keys, out of it. It reports
// whether the text moved.
func (s *Display) TogglePanel() bool {
	moved := s.SetFocus(!s.Panel.Focus)
	if s.Panel.Focus && len(s.Panel.Rows) == 0 {
		s.Panel.refresh(s.Scene, s.Words())
	}
	return moved
}

// Clear leaves, one after another, what was found, the panel's filter, zen mode and the
// current claim. It reports false where there is nothing to leave.
func (s *Display) Clear() bool {
	switch query, _, _ := s.session.Found(); {
	case query != "":
		s.session.ClearFound()
		s.PaintFound()
	case s.Panel.Filter != "":
		s.Panel.Narrow("", s.Scene, s.Words())
	case s.Frame.Zen && !s.zenOnly:
		s.Frame.Zen = false
		s.Relayout()
	case s.session.Cursor() >= 0:
		s.session.Point(-1)
		s.Remark()
	default:
		return false
	}
	return true
}

// A Scene is the claims of the session prepared for drawing: built once for every
// answer of the workspace, off the update loop, and only read afterwards.
type Scene struct {
	*session.Claims
	marks  markSet
	signs  []string      // of the entities
	totals [tabCount]int // entities of each tab, and quotes, that are not rejected
}

// NewScene returns the scene of claims, with bars next to quotes or without; nil for nil. It takes what has not changed
// from was, the scene before, if that is not nil.
func NewScene(cs *session.Claims, bars bool, was *Scene) *Scene {
	if cs == nil {
		return nil
	}
	s := &Scene{Claims: cs, signs: make([]string, len(cs.Layer.Entities))}
	if was == nil {
		was = &Scene{Claims: &session.Claims{Layer: &annotate.Layer{}}}
	}
	s.markQuotes(was, bars)
	shared := cs.Layer.Shared(was.Layer)
	for i := range was.marks.mentions {
		if was.marks.mentions[i].Load() != nil { // they are in use
			s.takeMarks(was, i, shared)
			s.mentionMarks(i > 0)
		}
	}
	for i, k := range shared {
		if k >= 0 {
			s.signs[i] = was.signs[k]
		} else {
			s.signs[i] = entitySign(&cs.Layer.Entities[i])
		}
	}
	s.count(was)
	return s
}

// remarks are what people remarked, by claim.
func (s *Scene) remarks() remarks { return s.Remarks }

// targetsOf returns the mentions of an entity that are by the words form; all of them
// where form is empty.
func (s *Scene) targetsOf(text string, entity int, form string) []review.Target {
	var out []review.Target
	for _, m := range s.Layer.Entities[entity].Mentions {
		if form == "" || session.OneLine(m.In(text)) == form {
			out = append(out, review.Target{Kind: annotate.OfMention, Span: m.Span})
		}
	}
	return out
}

// claimOf returns the index of the first claim that a row of the panel is about, or −1.
func (s *Scene) claimOf(text string, r row) int {
	if r.quote >= 0 {
		return s.Find(review.Target{Kind: annotate.OfQuote, Span: s.Layer.Quotes[r.quote].Span})
	}
	if ts := s.targetsOf(text, r.entity, r.form); len(ts) > 0 {
		return s.Find(ts[0])
	}
	return -1
}

// SetFocus gives the keys to the panel or takes them back. It reports whether the text
// moved.
func (s *Display) SetFocus(on bool) bool {
	s.Panel.Focus = on
	s.Relayout()
	if !on && s.session.Cursor() >= 0 {
		s.reveal()
		return true
	}
	return false
}

// Spot returns where span is on the screen; nil where it is not.
func (s *Display) Spot(span articles.Span) *ui.Spot {
	if span.Empty() {
		return nil
	}
	l := s.Frame.layout()
	x, first, ok := s.Text.Locate(span.Start)
	end, last, all := s.Text.Locate(span.End - 1)
	switch {
	case l.textW == 0 || !ok && !all:
		return nil
	case !all:
		last = l.body - 1
	case !ok:
		x, first = end, 0
	}
	if last > first {
		x = gutter
	}
	const list = 56 // cells of a list next to it; that leaves the panel in view where it can
	top := l.header + s.Frame.Above
	return &ui.Spot{X: max(0, min(l.textX+x-gutter, l.room.to-list)), First: top + first, Last: top + last}
}

// ShowPreview marks targets in the text until it is called with none.
func (s *Display) ShowPreview(targets []review.Target) {
	ms := make([]textview.Mark, len(targets))
	for i, t := range targets {
		ms[i] = textview.Mark{Span: t.Span, Look: lookFound}
	}
	slices.SortFunc(ms, func(a, b textview.Mark) int { return a.Compare(b.Span) })
	s.Text.SetMarks(layerPreview, ms)
}

// pointTo makes the mention on span the current claim.
func pointTo(s *session.Session, span articles.Span) {
	if at := s.Claims().FindMention(span); at >= 0 {
		s.Point(at)
	}
}

// A Duty is what an article is to whoever reads it, as far as that is known.
type Duty struct {
	library.Duty
	session.Ending
}
