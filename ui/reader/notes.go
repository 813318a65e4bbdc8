package reader

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate"
	"byline/annotate/review"
	"byline/ui"
)

// Question is the value of the tag that marks a claim as doubtful.
const Question = "question"

func (s *Screen) handleNotes(a ui.Action) (tea.Cmd, bool) {
	switch a {
	case AsLabel:
		return s.askLabel(), true
	case AddNote:
		return s.askNote(), true
	case Doubt:
		return s.decide(review.Change{Verb: annotate.Tag, Value: Question}), true
	case History:
		return s.history(), true
	}
	return nil, false
}

// askNote asks for a note on the current claim.
func (s *Screen) askNote() tea.Cmd {
	targets := s.targets()
	if len(targets) == 0 {
		return ui.Tell("nothing under the cursor: {reader.next} goes to the next name or quote")
	}
	return ui.Send(ui.AskMsg{Prompt: "note:", Done: func(text string) tea.Cmd {
		if text = strings.TrimSpace(text); text == "" {
			return nil
		}
		return s.enqueue(review.Change{Verb: annotate.Note, Targets: targets[:1], Value: text})
	}})
}

// history lists who decided what and when, the latest first; one that is chosen is shown
// in the text.
func (s *Screen) history() tea.Cmd {
	d, a, t := s.svc.Desk, s.article, s.ticket()
	return func() tea.Msg {
		events, err := d.History(context.Background(), a)
		if err != nil {
			return failedMsg{t, err}
		}
		if len(events) == 0 {
			return ui.ToastMsg{Text: "nothing was decided on this article yet"}
		}
		msg := ui.ChooseMsg{Title: "Who decided what"}
		for _, e := range events {
			what := e.Did
			if e.Note != "" {
				what = "note: " + e.Note
			}
			if e.Undone {
				what = "(undone) " + what
			}
			msg.Choices = append(msg.Choices, ui.Choice{
				Label: what, Detail: fmt.Sprintf("%s, %s", e.Who, e.At.Local().Format("2 Jan 15:04")), Do: ui.Send(goMsg{s, e.Span.Start}),
			})
		}
		return msg
	}
}

// labelMsg asks a reader to give the selection or the current name a type.
type labelMsg struct {
	to  *Screen
	typ annotate.Type
}

// askLabel offers the kinds that the article has and those of the settings; another word
// that is typed makes a new one.
func (s *Screen) askLabel() tea.Cmd {
	types := []annotate.Type{annotate.Person, annotate.Organization, annotate.Place, annotate.Other}
	for _, l := range s.opts.Labels {
		types = append(types, annotate.Type(l.Name))
	}
	for i := range s.scene.layer.Entities {
		types = append(types, s.scene.layer.Entities[i].Type)
	}
	var choices []ui.Choice
	seen := map[annotate.Type]bool{}
	for _, t := range types {
		if !seen[t] {
			seen[t] = true
			choices = append(choices, ui.Choice{Label: string(t), Do: ui.Send(labelMsg{s, t})})
		}
	}
	return ui.Send(ui.ChooseMsg{Title: "What is it? A new word makes a new kind", Choices: numbered(choices), Else: func(typed string) tea.Cmd {
		if typed = strings.ToLower(strings.Join(strings.Fields(typed), " ")); typed == "" {
			return nil
		}
		return s.label(annotate.Type(typed), false)
	}})
}
