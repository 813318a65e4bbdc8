package library

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/annotate/library"
	"byline/articles/clean"
	"byline/ui"
)

// queries helps with queries; the zero value has no helper.
type queries struct{ asker Asker }

// lastTerm returns the text after the last blank outside quotes.
func lastTerm(text string) string {
	from, quoted := 0, false
	for i, c := range []byte(text) {
		if c == '"' {
			quoted = !quoted
		}
		if c == ' ' && !quoted {
			from = i + 1
		}
	}
	return text[from:]
}

// askName prompts for a name and saves a query under it.
func (q *queries) askName(o origin, query string) tea.Cmd {
	query = strings.TrimSpace(query)
	if q.asker == nil || query == "" {
		return ui.Tell("Type a query first")
	}
	return ui.Send(ui.AskMsg{Prompt: "Save search as:", Done: func(name string) tea.Cmd {
		name = strings.Trim(strings.ReplaceAll(strings.TrimSpace(name), " ", "-"), "@")
		if name == "" {
			return ui.Tell("Not saved: no name given")
		}
		return q.save(o, library.SavedSearch{Name: name, Query: query}, "Saved as @"+name+"; {library.saved} lists saved searches")
	}})
}

func (q *queries) save(o origin, x library.SavedSearch, say string) tea.Cmd {
	ctx, asker := o.life.Writing(), q.asker
	return func() tea.Msg {
		if err := asker.SaveSearch(ctx, x); err != nil {
			return ui.ErrMsg{Err: err, Hint: "search not saved"}
		}
		return ui.ToastMsg{Text: say}
	}
}

// choose lists the saved searches and runs find on the one that is chosen.
func (q *queries) choose(o origin, find func(query string) tea.Cmd) tea.Cmd {
	if q.asker == nil {
		return ui.Tell("Searches cannot be saved here")
	}
	ctx, asker := o.life.Context(), q.asker
	return func() tea.Msg {
		all, err := asker.SavedSearches(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return ui.ErrMsg{Err: err}
		}
		if len(all) == 0 {
			return ui.ToastMsg{Text: "No saved searches; while typing one, ctrl+s saves it"}
		}
		m := ui.ChooseMsg{Title: "Saved searches"}
		for _, x := range all {
			m.Choices = append(m.Choices, ui.Choice{Label: clean.Line(x.Name), Detail: clean.Line(x.Query), Do: o.choice(func() tea.Cmd { return find(x.Query) })})
		}
		for _, x := range all {
			if x.Others {
				continue
			}
			m.Choices = append(m.Choices, ui.Choice{Label: "Delete " + clean.Line(x.Name), Do: q.save(o, library.SavedSearch{Name: x.Name}, "Deleted: @"+x.Name)})
		}
		return m
	}
}

// assignedToMe is the query for what is assigned to whoever asks and is not done.
const assignedToMe = "assigned:me -done-by:me"

// TeamMsg asks for the sets of the team and its progress.
type TeamMsg struct{}

// FindMsg asks the library to run a query.
type FindMsg struct{ Query string }

// viewOf returns whose decisions articles are opened with and lists count, where the keeper says so.
func viewOf(k Keeper) library.View {
	if v, ok := k.(interface{ View() library.View }); ok {
		return v.View()
	}
	return library.Everyone
}

// whoseReading says whose reading is shown in a view: "bob’s reading".
func whoseReading(v library.View) string {
	switch v {
	case library.Everyone:
		return "everybody’s reading"
	case library.Mine:
		return "your reading"
	case library.Curated:
		return "curated reading"
	}
	return clean.Line(v.String()) + "’s reading"
}

// chooseView asks whose decisions the library counts and articles are opened with.
func (h *history) chooseView(o origin) tea.Cmd {
	k, ok := h.keeper.(interface {
		Views(ctx context.Context) ([]library.View, error)
		See(v library.View)
	})
	if !ok {
		return ui.Tell("There are no other views of this library")
	}
	now, ctx := viewOf(h.keeper), o.life.Context()
	return func() tea.Msg {
		views, err := k.Views(ctx)
		if err != nil {
			return ui.ErrMsg{Err: err}
		}
		q := ui.ChooseMsg{Title: "Whose decisions to show and count"}
		details := map[library.View]string{
			library.Everyone: "all decisions, in the order in which they were made", library.Mine: "yours alone",
			library.Curated: "what annotators agree on, and what curators decided",
		}
		for i, v := range views {
			if v == now {
				q.At = i
			}
			detail, known := details[v]
			if !known {
				detail = "theirs alone, with what they read; you decide nothing there"
			}
			q.Choices = append(q.Choices, ui.Choice{Label: clean.Line(v.String()), Detail: detail, Do: func() tea.Msg {
				k.See(v)
				return tea.BatchMsg{ui.Send(ui.ChangedMsg{View: true}), ui.Tell(whoseReading(v) + " is counted and shown")}
			}})
		}
		q.Now = []int{q.At}
		return q
	}
}
