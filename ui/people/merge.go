package people

import (
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library"
	"byline/articles/clean"
	"byline/ui"
)

// merge asks with whom p is to be merged. The name in more articles stays.
func (c *common) merge(all []library.Person, p library.Person) tea.Cmd {
	if p.Articles == 0 {
		return ui.Tell("No name under the cursor")
	}
	offered := likely(all, &p)
	if len(offered) == 0 {
		return ui.Tell(fmt.Sprintf("No other %s to merge with", kindName(p.ID.Type, 1)))
	}
	msg := ui.ChooseMsg{
		Title:   "Merge “" + clean.Line(p.Name) + "” with",
		Several: func(at []int) tea.Cmd { return c.mergeAll(p, offered, at) },
	}
	for i, x := range offered {
		msg.Choices = append(msg.Choices, ui.Choice{Label: clean.Line(x.Name), Detail: counts(&x), Do: c.mergeAll(p, offered, []int{i})})
	}
	return ui.Send(msg)
}

// mergeAll merges p with those of the offered at some indices.
func (c *common) mergeAll(p library.Person, offered []library.Person, at []int) tea.Cmd {
	ctx, lib := c.life.Writing(), c.svc.Library
	return func() tea.Msg {
		into := p
		for _, i := range at {
			if offered[i].Articles > into.Articles {
				into = offered[i]
			}
		}
		said := ""
		for _, x := range append([]library.Person{p}, pick(offered, at)...) {
			if x.ID == into.ID {
				continue
			}
			if err := lib.Merge(ctx, x, into); err != nil {
				return ui.ErrMsg{Err: err, Hint: "not merged"}
			}
			said = "“" + clean.Line(x.Name) + "”"
		}
		if len(at) > 1 {
			said = fmt.Sprintf("%d names", len(at))
		}
		return tea.BatchMsg{ui.Tell(said + " merged into “" + clean.Line(into.Name) + "”; {people.undo} undoes it"), ui.Send(ui.ChangedMsg{})}
	}
}

func pick(all []library.Person, at []int) []library.Person {
	out := make([]library.Person, len(at))
	for i, j := range at {
		out[i] = all[j]
	}
	return out
}

// split decides that a name that was merged stands for itself again.
func (c *common) split(p library.Person) tea.Cmd {
	ctx, lib := c.life.Writing(), c.svc.Library
	return func() tea.Msg {
		if err := lib.Split(ctx, p); err != nil {
			return ui.ErrMsg{Err: err, Hint: "not split off"}
		}
		return tea.BatchMsg{ui.Tell("Split off “" + clean.Line(p.Name) + "”; {people.undo} undoes it"), ui.Send(ui.ChangedMsg{})}
	}
}

// undo takes back the last merge or split.
func (c *common) undo() tea.Cmd {
	ctx, lib := c.life.Writing(), c.svc.Library
	return func() tea.Msg {
		m, err := lib.UndoMerge(ctx)
		if errors.Is(err, library.ErrNoMerge) {
			return ui.ToastMsg{Text: "Nothing to undo: no names were merged"}
		}
		if err != nil {
			return ui.ErrMsg{Err: err, Hint: "nothing undone"}
		}
		say := "Undone: split “" + clean.Line(m.From) + "”"
		if m.Verb == "merge" {
			say = "Undone: merge “" + clean.Line(m.From) + "” into “" + clean.Line(m.Into) + "”"
		}
		return tea.BatchMsg{ui.Tell(say), ui.Send(ui.ChangedMsg{})}
	}
}
