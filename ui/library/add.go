package library

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"byline/articles/clean"
	"byline/ui"
)

// askAdd asks for something to add.
func askAdd() tea.Cmd {
	return ui.Send(ui.AskMsg{Prompt: "add file, folder or address:", Path: true, Done: func(path string) tea.Cmd {
		if path = strings.Trim(strings.TrimSpace(path), `"'`); path == "" {
			return ui.Tell("nothing added: no path given")
		}
		return ui.Send(AddMsg{path})
	}})
}

// addPasted adds what is pasted into the list: the article at a path or an address, or
// else a text.
func addPasted(text string) tea.Cmd {
	switch text = strings.TrimSpace(text); {
	case text == "":
		return nil
	case strings.Contains(text, "\n") || strings.Count(text, " ") > 12:
		return ui.Send(TextMsg{text})
	}
	return ui.Send(AddMsg{clean.Line(text)})
}
