package reader

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/library"
	"byline/articles"
	"byline/ui"
	"byline/ui/session"
)

// A Subject is the entity that a screen of details is about.
type Subject struct {
	Article *articles.Article
	Layer   *annotate.Layer
	Entity  int                   // index into Layer.Entities
	Go      func(off int) tea.Cmd // shows a byte of the article's text
}

// handleArticle answers what concerns the article or the screen as a whole.
func (s *Screen) handleArticle(a ui.Action) (tea.Cmd, bool) {
	switch a {
	case panelOn:
		return s.togglePanel(), true
	case nextTab:
		return s.switchTab(1), true
	case filterRows:
		return s.askFilter(), true
	case why:
		return s.why(), true
	case details:
		return s.details(), true
	case zen:
		s.frame.zen = !s.frame.zen
		s.relayout()
		return nil, true
	case copyIt:
		return s.copy(), true
	case export:
		return s.export(), true
	case markDone:
		return s.markDone(), true
	case tags:
		if s.svc.Tags == nil {
			return ui.Tell("no tags here"), true
		}
		return s.svc.Tags(s.session.Article().ID), true
	case versions:
		return s.versions(), true
	case clearIt:
		return s.clear()
	}
	return nil, false
}

// versions shows what became another in the article.
func (s *Screen) versions() tea.Cmd {
	if s.svc.Versions == nil {
		return ui.Tell("no versions here")
	}
	return s.svc.Versions(s.session.Article(), s.backTo)
}

// backTo shows a byte of the article, from a screen over it.
func (s *Screen) backTo(off int) tea.Cmd {
	return tea.Sequence(ui.Send(ui.PopMsg{}), s.later(session.Action{Name: session.GoTo, Span: articles.Span{Start: off, End: off}}))
}

// togglePanel goes into the panel; where it already stands beside the text and
// has the keys, out of it.
func (s *Screen) togglePanel() tea.Cmd {
	cmd := s.movedIf(s.setFocus(!s.panel.focus))
	if s.panel.focus && len(s.panel.rows) == 0 {
		s.panel.refresh(s.scene, s.words())
	}
	return cmd
}

// clear leaves, one after another, what was found, the panel's filter, the current
// claim and zen mode; with nothing to leave, the key means going back.
func (s *Screen) clear() (tea.Cmd, bool) {
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
		return nil, false
	}
	return nil, true
}

func (s *Screen) details() tea.Cmd {
	c, ok := s.session.Current()
	if !ok {
		return ui.Tell("{reader.next} to a name first")
	}
	entity := c.Entity
	if session.IsQuote(c) {
		entity = s.scene.Speaker(c.Index)
	}
	if entity < 0 || s.svc.Detail == nil {
		return ui.Tell("nobody is named as the speaker of this quote")
	}
	return ui.Send(ui.PushMsg{Screen: s.svc.Detail(Subject{s.session.Article(), s.scene.Layer, entity, s.backTo})})
}

// copy puts the selection, the current quote or the current name on the
// clipboard, with where it stands.
func (s *Screen) copy() tea.Cmd {
	c, ok := s.session.Current()
	switch {
	case s.sel.on:
		text := s.sel.span.In(s.words())
		s.sel.drop(s.text)
		return ui.Send(ui.CopyMsg{Text: text + " — " + s.source(), What: "the selection"})
	case !ok:
		return ui.Tell("nothing to copy: {reader.next} to a name or quote, or select with {reader.select}")
	case session.IsQuote(c):
		text := c.In(s.words()) + " — " + speakerName(s.scene, s.words(), c.Index) + ", in " + s.source()
		return ui.Send(ui.CopyMsg{Text: text, What: "the quote"})
	}
	e := s.scene.Layer.Entities[c.Entity]
	return ui.Send(ui.CopyMsg{Text: e.Name + " — " + s.source(), What: e.Name})
}

// source names the article as one would in a footnote.
func (s *Screen) source() string {
	a := s.session.Article()
	parts := []string{"“" + a.Title + "”"}
	if a.Site != "" {
		parts = append(parts, a.Site)
	}
	if !a.Date.IsZero() {
		parts = append(parts, a.Date.Format("2 January 2006"))
	}
	if strings.Contains(a.Source, "://") {
		parts = append(parts, a.Source)
	}
	return strings.Join(parts, ", ")
}

func (s *Screen) markDone() tea.Cmd {
	k, id, ctx := s.svc.Keeper, s.session.Article().ID, s.life.Writing()
	st, say := library.Done, "done; D takes it back"
	if s.entry.Status == library.Done {
		st, say = library.Reading, "not done"
	}
	s.entry.Status = st
	return func() tea.Msg {
		if err := k.SetStatus(ctx, id, st); err != nil {
			return ui.ErrMsg{Err: err, Hint: "the status was not saved"}
		}
		return tea.BatchMsg{ui.Tell(say), ui.Send(ui.ChangedMsg{ID: id})}
	}
}

// export writes the annotations to a file, once somebody has said which and how.
func (s *Screen) export() tea.Cmd {
	if s.svc.Export == nil {
		return ui.Tell("no export here")
	}
	return s.svc.Export(s.session.Article())
}

// labelBindings gives the user's own labels their keys.
func (s *Screen) labelBindings() []ui.Binding {
	var out []ui.Binding
	for _, l := range s.labels {
		out = append(out, ui.Binding{Action: labelAction(l), Keys: []string{l.Key}, Help: "label: " + l.Name, Group: "Correct"})
	}
	return out
}

func labelAction(l Label) ui.Action { return ui.Action(prefix + session.LabelName(l.Name)) }
