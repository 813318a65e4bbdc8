package reader

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/articles"
	"byline/ui"
	"byline/ui/reader/display"
	"byline/ui/session"
)

// A Subject is the entity that a screen of details is about.
type Subject struct {
	Article *articles.Article
	Layer   *annotate.Layer
	Entity  int                   // index into Layer.Entities
	Go      func(off int) tea.Cmd // shows a byte of the article's text
}

// about answers what concerns the article, or the current claim as others see it.
type about struct{ *Screen }

// tags asks for the article's tags.
func (s about) tags() tea.Cmd {
	if s.svc.Tags == nil {
		return ui.Tell("Tags cannot be set here")
	}
	return s.whileOpen(s.svc.Tags(s.life.Context(), s.session.Article().ID))
}

// AboutMsg asks for what is known of an article itself: its publication, authors, dates, where it is from.
type AboutMsg struct{ Article *articles.Article }

// article shows what is known of the article itself.
func (s about) article() tea.Cmd { return ui.Send(AboutMsg{s.session.Article()}) }

// versions shows what changed in the article.
func (s about) versions() tea.Cmd {
	if s.svc.Versions == nil {
		return ui.Tell("No versions here")
	}
	return s.whileOpen(s.svc.Versions(s.life.Context(), s.session.Article(), s.backTo))
}

// whileOpen returns cmd whose message is dropped where the reader was left meanwhile: it
// would open over another screen.
func (s about) whileOpen(cmd tea.Cmd) tea.Cmd {
	ctx := s.life.Context()
	return func() tea.Msg {
		msg := cmd()
		if ctx.Err() != nil {
			return nil
		}
		return msg
	}
}

// backTo shows a byte of the article, from a screen over it.
func (s about) backTo(off int) tea.Cmd {
	return tea.Sequence(ui.Send(ui.PopMsg{}), s.later(session.Action{Name: session.GoTo, Span: articles.Span{Start: off, End: off}}))
}

func (s about) details() tea.Cmd {
	c, ok := s.session.Current()
	if !ok {
		return s.article()
	}
	entities := []int{c.Entity}
	if session.IsQuote(c) {
		entities = s.session.Claims().Speakers(c.Index)
	}
	if len(entities) == 0 || s.svc.Detail == nil {
		return ui.Tell("This quote is unattributed")
	}
	if len(entities) == 1 {
		return s.detailsOf(entities[0])
	}
	ask := ui.ChooseMsg{Title: "Details of", About: s.Spot(c.Span)}
	for i, e := range entities {
		label, detail, color := (&asker{s.Screen}).entityWords(session.AskSpeaker, e)
		ask.Choices = append(ask.Choices, ui.Choice{Label: label, Detail: detail, Color: color, Key: digitKey(i), Do: s.detailsOf(e)})
	}
	return ui.Send(ask)
}

// PeopleMsg asks for the page of an entity over the whole library, or for everybody if it is nil.
type PeopleMsg struct{ Entity *annotate.Entity }

// people asks for the page of the current name, of the first who says the current quote, or for
// everybody.
func (s about) people() tea.Cmd {
	c, ok := s.session.Current()
	if !ok {
		return ui.Send(PeopleMsg{})
	}
	cs := s.session.Claims()
	entities := []int{c.Entity}
	if session.IsQuote(c) {
		entities = cs.Speakers(c.Index)
	}
	if len(entities) == 0 {
		return ui.Send(PeopleMsg{})
	}
	e := cs.Layer.Entities[entities[0]]
	return ui.Send(PeopleMsg{&e})
}

// detailsOf shows all about an entity.
func (s about) detailsOf(entity int) tea.Cmd {
	return ui.Send(ui.PushMsg{Screen: s.svc.Detail(Subject{s.session.Article(), s.session.Claims().Layer, entity, s.backTo})})
}

// copy puts the selection, the current quote or the current name on the
// clipboard, with its source.
func (s about) copy() tea.Cmd {
	c, ok := s.session.Current()
	switch {
	case s.Sel.On:
		text := s.Sel.Span.In(s.Words())
		s.Sel.Drop(s.Text)
		return ui.Send(ui.CopyMsg{Text: text + " — " + source(s.session.Article()), What: "the selection"})
	case !s.session.Hit().Empty() && !ok:
		return ui.Send(ui.CopyMsg{Text: s.session.Hit().In(s.Words()) + " — " + source(s.session.Article()), What: "what was found"})
	case !ok:
		return ui.Tell("Nothing to copy: go to a name or quote ({reader.next}), or select words ({reader.select})")
	case session.IsQuote(c):
		text := c.In(s.Words()) + " — " + display.SpeakerNames(s.session.Claims(), s.Words(), c.Index) + ", in " + source(s.session.Article())
		return ui.Send(ui.CopyMsg{Text: text, What: "the quote"})
	}
	e := s.session.Claims().Layer.Entities[c.Entity]
	return ui.Send(ui.CopyMsg{Text: e.Name + " — " + source(s.session.Article()), What: e.Name})
}

// source names the article as one would in a footnote.
func source(a *articles.Article) string {
	parts := []string{ui.Quoted(a.Title)}
	if a.Site != "" {
		parts = append(parts, a.Site)
	}
	if !a.Date.IsZero() {
		parts = append(parts, a.Date.Words())
	}
	if address := cmp.Or(a.Address(), a.Source); strings.Contains(address, "://") {
		parts = append(parts, address)
	}
	return strings.Join(parts, ", ")
}

// export writes the annotations to a file, once somebody has said which and how.
func (s about) export() tea.Cmd {
	if s.svc.Export == nil {
		return ui.Tell("Export is not available here")
	}
	return s.whileOpen(s.svc.Export(s.life.Context(), s.session.Article(), s.session.Modes().Asides))
}

// labelBindings gives the user's own labels their keys.
func labelBindings(labels []Label) []ui.Binding {
	var out []ui.Binding
	for _, l := range labels {
		out = append(out, ui.Binding{Action: labelAction(l), Keys: slices.DeleteFunc([]string{l.Key}, func(k string) bool { return k == "" }), Help: "Tag as " + l.Name, Short: l.Name, Group: "Correct"})
	}
	return out
}

func labelAction(l Label) ui.Action { return action(session.LabelName(l.Name)) }
