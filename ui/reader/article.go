package reader

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/review"
	"byline/articles"
	"byline/ui"
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
	case Panel:
		return s.togglePanel(), true
	case SwitchTab:
		return s.switchTab(1), true
	case FilterRows:
		return s.askFilter(), true
	case Why:
		return s.why(), true
	case Details:
		return s.details(), true
	case Zen:
		s.frame.zen = !s.frame.zen
		s.relayout()
		return nil, true
	case Copy:
		return s.copy(), true
	case Export:
		return s.export(), true
	case MarkDone:
		return s.markDone(), true
	case TagArticle:
		if s.svc.Tags == nil {
			return ui.Tell("no tags here"), true
		}
		return s.svc.Tags(s.article.ID), true
	case Versions:
		return s.versions(), true
	case Orphans:
		return s.orphans(), true
	case Clear:
		return s.clear()
	}
	return nil, false
}

// versions shows what became another in the article.
func (s *Screen) versions() tea.Cmd {
	if s.svc.Versions == nil {
		return ui.Tell("no versions here")
	}
	return s.svc.Versions(s.article, s.backTo)
}

// backTo shows a byte of the article, from a screen over it.
func (s *Screen) backTo(off int) tea.Cmd {
	return tea.Sequence(ui.Send(ui.PopMsg{}), ui.Send(goMsg{s, off}))
}

// togglePanel goes into the panel; where it already stands beside the text and
// has the keys, out of it.
func (s *Screen) togglePanel() tea.Cmd {
	s.setFocus(!s.panel.focus)
	if s.panel.focus && len(s.panel.rows) == 0 {
		s.panel.refresh(s.scene, s.article.Text)
	}
	return nil
}

// clear leaves, one after another, what was found, the panel's filter, the current
// claim and zen mode; with nothing to leave, the key means going back.
func (s *Screen) clear() (tea.Cmd, bool) {
	switch {
	case s.found.query != "":
		s.found.clear(s)
	case s.panel.filter != "":
		return s.filterRows(""), true
	case s.frame.zen && !s.opts.Zen:
		s.frame.zen = false
		s.relayout()
	case s.cur.at >= 0:
		s.cur = cursor{at: -1}
		s.remark()
	default:
		return nil, false
	}
	return nil, true
}

// orphans lists the decisions whose words the article no longer has. They are kept:
// a text that has the words again has the decisions again.
func (s *Screen) orphans() tea.Cmd {
	d, a := s.svc.Desk, s.article
	return func() tea.Msg {
		lost, err := d.Orphans(context.Background(), a)
		if err != nil {
			return ui.ErrMsg{Err: err}
		}
		if len(lost) == 0 {
			return ui.ToastMsg{Text: "every decision has its place in the text"}
		}
		msg := ui.ChooseMsg{Title: "Decisions whose words are gone"}
		for _, o := range lost {
			label := string(o.Verb) + " “" + oneLine(o.Target.Exact) + "”"
			msg.Choices = append(msg.Choices, ui.Choice{Label: label, Detail: o.Who + " " + o.At.Format("2 Jan 2006"), Do: s.orphan(o)})
		}
		return msg
	}
}

// orphan offers to place a decision again, on what is selected or under the cursor, or to
// drop it from the list.
func (s *Screen) orphan(o annotate.Decision) tea.Cmd {
	msg := ui.ChooseMsg{Title: string(o.Verb) + " “" + short(oneLine(o.Target.Exact)) + "”"}
	at, where := articles.Span{}, ""
	if c, ok := s.target(); s.sel.on {
		at, where = s.sel.span, "the selected words"
	} else if ok && c.kind() == o.Kind {
		at, where = c.Span, "what is under the cursor"
	}
	if !at.Empty() {
		msg.Choices = append(msg.Choices, ui.Choice{
			Label: "it is about “" + short(oneLine(at.In(s.article.Text))) + "” now", Detail: where,
			Do: s.later(review.Change{Verb: o.Verb, Value: o.Value, Here: true, Instead: o.ID, Targets: []review.Target{{Kind: o.Kind, Span: at}}}),
		})
	} else {
		msg.Choices = append(msg.Choices, ui.Choice{
			Label: "place it again", Detail: "go to its place or select it, then here again", Do: ui.Tell("select its words with {reader.select}, then {reader.orphans}"),
		})
	}
	msg.Choices = numbered(append(msg.Choices, ui.Choice{
		Label: "drop it", Detail: "the log keeps it; undo lists it again", Do: s.later(review.Change{Verb: annotate.Drop, Value: o.ID}),
	}))
	return ui.Send(msg)
}

func (s *Screen) details() tea.Cmd {
	c, ok := s.target()
	if !ok {
		return ui.Tell("{reader.next} to a name first")
	}
	entity := c.entity
	if c.kind() == annotate.OfQuote {
		entity = s.scene.speaker(c.index)
	}
	if entity < 0 || s.svc.Detail == nil {
		return ui.Tell("nobody is named as the speaker of this quote")
	}
	return ui.Send(ui.PushMsg{Screen: s.svc.Detail(Subject{s.article, s.scene.layer, entity, s.backTo})})
}

// copy puts the selection, the current quote or the current name on the
// clipboard, with where it stands.
func (s *Screen) copy() tea.Cmd {
	c, ok := s.target()
	switch {
	case s.sel.on:
		text := s.sel.span.In(s.article.Text)
		s.drop()
		return ui.Send(ui.CopyMsg{Text: text + " — " + s.source(), What: "the selection"})
	case !ok:
		return ui.Tell("nothing to copy: {reader.next} to a name or quote, or select with {reader.select}")
	case c.kind() == annotate.OfQuote:
		text := c.In(s.article.Text) + " — " + speakerName(s.scene, s.article.Text, c.index) + ", in " + s.source()
		return ui.Send(ui.CopyMsg{Text: text, What: "the quote"})
	}
	e := s.scene.layer.Entities[c.entity]
	return ui.Send(ui.CopyMsg{Text: e.Name + " — " + s.source(), What: e.Name})
}

// source names the article as one would in a footnote.
func (s *Screen) source() string {
	a := s.article
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
	k, id := s.svc.Keeper, s.article.ID
	st, say := library.Done, "done; D takes it back"
	if s.entry.Status == library.Done {
		st, say = library.Reading, "not done"
	}
	s.entry.Status = st
	return func() tea.Msg {
		if err := k.SetStatus(context.Background(), id, st); err != nil {
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
	return s.svc.Export(s.article)
}

// labelBindings gives the user's own labels their keys.
func (s *Screen) labelBindings() []ui.Binding {
	var out []ui.Binding
	for _, l := range s.opts.Labels {
		out = append(out, ui.Binding{Action: labelAction(l), Keys: []string{l.Key}, Help: "label: " + l.Name, Group: "Correct"})
	}
	return out
}

func labelAction(l Label) ui.Action { return ui.Action("reader.label-" + l.Name) }
