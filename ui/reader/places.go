package reader

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/articles"
	"byline/ui"
	"byline/ui/textview"
)

// jumps remembers places: where a jump left from, and marks with a name. Both are
// byte offsets of the first rune on the screen.
type jumps struct {
	past, future []int
	marks        map[string]int
	hints        hints
}

// maxJumps bounds the list of jumps.
const maxJumps = 100

// leave remembers off as the place that a jump leaves.
func (j *jumps) leave(off int) {
	if n := len(j.past); n > 0 && j.past[n-1] == off {
		return
	}
	j.past = append(j.past, off)
	if len(j.past) > maxJumps {
		j.past = j.past[1:]
	}
	j.future = nil
}

func (s *Screen) goBack() tea.Cmd {
	j := &s.jumps
	if len(j.past) == 0 {
		if s.req.Offset >= 0 { // the jump led here from another screen
			return ui.Send(ui.PopMsg{})
		}
		return ui.Tell("no jump to go back from")
	}
	last := len(j.past) - 1
	j.future = append(j.future, s.text.Top())
	s.text.ScrollTo(j.past[last], textview.Top)
	j.past = j.past[:last]
	return s.moved()
}

func (s *Screen) goForth() tea.Cmd {
	j := &s.jumps
	if len(j.future) == 0 {
		return ui.Tell("no jump to go forth to")
	}
	last := len(j.future) - 1
	j.past = append(j.past, s.text.Top())
	s.text.ScrollTo(j.future[last], textview.Top)
	j.future = j.future[:last]
	return s.moved()
}

// askMark asks for the name of a mark.
func (s *Screen) askMark(prompt string, do func(s *Screen, name string) tea.Cmd) tea.Cmd {
	return ui.Send(ui.AskMsg{Prompt: prompt, Done: func(name string) tea.Cmd {
		if name = strings.TrimSpace(name); name == "" {
			return nil
		}
		return do(s, name)
	}})
}

func (j *jumps) set(s *Screen, name string) tea.Cmd {
	if j.marks == nil {
		j.marks = map[string]int{}
	}
	j.marks[name] = s.text.Top()
	return ui.Tell(fmt.Sprintf("this place is marked as %s; ' goes there", name))
}

func (s *Screen) goMark(_ *Screen, name string) tea.Cmd {
	off, ok := s.jumps.marks[name]
	if !ok {
		return ui.Tell("no mark " + name + "; M sets one")
	}
	return s.jump(off, textview.Top)
}

// outline offers the headings of the article.
func (s *Screen) outline() tea.Cmd {
	msg := ui.ChooseMsg{Title: "Headings"}
	for _, b := range s.article.Blocks {
		if b.Kind != articles.Heading {
			continue
		}
		msg.Choices = append(msg.Choices, ui.Choice{
			Label: strings.Repeat("  ", max(0, b.Level-1)) + oneLine(b.In(s.article.Text)),
			Do:    ui.Send(goMsg{s, b.Start}),
		})
	}
	if len(msg.Choices) == 0 {
		return ui.Tell("this article has no headings")
	}
	return ui.Send(msg)
}

// links offers the links of the article, each to open and to copy.
func (s *Screen) links() tea.Cmd {
	msg := ui.ChooseMsg{Title: "Links"}
	for _, l := range s.article.Inline {
		if l.Kind != articles.Link || l.Target == "" {
			continue
		}
		words, target := oneLine(l.In(s.article.Text)), l.Target
		msg.Choices = append(msg.Choices,
			ui.Choice{Label: "open  " + words, Detail: target, Do: s.visit(target)},
			ui.Choice{Label: "copy  " + words, Detail: target, Do: ui.Send(ui.CopyMsg{Text: target, What: "the link"})},
			ui.Choice{Label: "show  " + words, Detail: "in the text", Do: ui.Send(goMsg{s, l.Start})})
	}
	if len(msg.Choices) == 0 {
		return ui.Tell("this article has no links")
	}
	return ui.Send(msg)
}

// goMsg asks a reader to jump to a byte of the text.
type goMsg struct {
	to  *Screen
	off int
}

func (s *Screen) visit(target string) tea.Cmd {
	open := s.svc.Open
	return func() tea.Msg {
		if open == nil {
			return ui.ToastMsg{Text: "links cannot be opened here; copy it instead"}
		}
		if err := open(target); err != nil {
			return ui.ErrMsg{Err: err, Hint: "copy it instead"}
		}
		return ui.ToastMsg{Text: "opened " + target}
	}
}
