package library

import (
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
