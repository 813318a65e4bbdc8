package reader

import (
	"slices"

	"byline/ui"
	"byline/ui/reader/display"
	"byline/ui/session"
)

// prefix is what the settings put before the names of the reader's actions.
const prefix = "reader."

// bindings are the reader's keys, as the table of the session has them.
var bindings = func() []ui.Binding {
	var out []ui.Binding
	for _, r := range tableRows() {
		out = append(out, binding(r))
	}
	return out
}()

// tableRows returns the actions of the session's table that a screen has.
func tableRows() []session.Row {
	return slices.DeleteFunc(session.Actions(nil), func(r session.Row) bool { return r.Lines })
}

func binding(r session.Row) ui.Binding {
	return ui.Binding{Action: action(r.Name), Keys: r.Keys, Help: r.Help, Short: r.Short, Also: r.Also, Group: r.Group, Holds: r.Holds}
}

// Bindings are the reader's keys, grouped for the help.
func Bindings() []ui.Binding { return slices.Clone(bindings) }

// action returns the name that the settings have for an action of the session's table.
func action(n session.Name) ui.Action { return ui.Action(prefix + n) }

// Actions of the side panel while it has the keys.
const (
	rowUp     ui.Action = "panel.up"
	rowDown   ui.Action = "panel.down"
	rowPgUp   ui.Action = "panel.page-up"
	rowPgDown ui.Action = "panel.page-down"
	rowFirst  ui.Action = "panel.first"
	rowLast   ui.Action = "panel.last"
	rowGo     ui.Action = "panel.go"
	rowMark   ui.Action = "panel.mark"
	tabLeft   ui.Action = "panel.tab-left"
	unfold    ui.Action = "panel.unfold"
	fold      ui.Action = "panel.fold"
	tabRight  ui.Action = "panel.tab-right"
	leave     ui.Action = "panel.leave"
)

func panelBindings() []ui.Binding {
	const g = "In the panel"
	return []ui.Binding{
		{Action: rowDown, Keys: []string{"down", "j"}, Help: "Next row; the text follows", Short: "down", Group: g},
		{Action: rowUp, Keys: []string{"up", "k"}, Help: "Previous row", Short: "up", Group: g},
		{Action: unfold, Keys: []string{"right", "l"}, Help: "Unfold: the words by which it is mentioned", Short: "unfold", Group: g},
		{Action: fold, Keys: []string{"left", "h"}, Help: "Fold", Group: g},
		{Action: tabRight, Keys: []string{"tab"}, Help: "Next list", Short: "list", Group: g},
		{Action: tabLeft, Keys: []string{"shift+tab"}, Help: "Previous list", Group: g},
		{Action: rowPgDown, Keys: []string{"pgdown"}, Help: "Down a page", Group: g},
		{Action: rowPgUp, Keys: []string{"pgup", "b"}, Help: "Up a page", Group: g},
		{Action: rowMark, Keys: []string{"space"}, Help: "Mark the row, to merge or split", Short: "mark", Group: g},
		{Action: rowFirst, Keys: []string{"home", "g"}, Help: "First row", Group: g},
		{Action: rowLast, Keys: []string{"end", "G"}, Help: "Last row", Group: g},
		{Action: rowGo, Keys: []string{"enter"}, Help: "Go to the text", Short: "to text", Group: g},
		{Action: leave, Keys: []string{"esc", "s", "q"}, Help: "Leave the panel", Group: g},
	}
}

// quoted selects the quote around.
const quoted ui.Action = "select.quote"

func selectBindings() []ui.Binding {
	const g = "Select"
	return []ui.Binding{
		{Action: display.WordRight, Keys: []string{"right", "l", "w"}, Help: "Next word", Short: "word", Group: g},
		{Action: display.WordLeft, Keys: []string{"left", "h", "b"}, Help: "Previous word", Group: g},
		{Action: display.GrowRight, Keys: []string{"shift+right", "L", "e"}, Help: "Select a word more", Short: "more", Group: g},
		{Action: display.GrowLeft, Keys: []string{"shift+left", "H"}, Help: "Select a word less; from one word, one to the left", Short: "less", Group: g},
		{Action: display.GrowDown, Keys: []string{"shift+down", "J"}, Help: "Select a line more", Group: g},
		{Action: display.GrowUp, Keys: []string{"shift+up", "K"}, Help: "Select a line less; from one line, one up", Group: g},
		{Action: display.LineDown, Keys: []string{"down", "j"}, Help: "Down a line", Group: g},
		{Action: display.LineUp, Keys: []string{"up", "k"}, Help: "Up a line", Group: g},
		{Action: display.Sentence, Keys: []string{"s"}, Help: "Select the sentence", Group: g},
		{Action: display.Paragraph, Keys: []string{"a"}, Help: "Select the paragraph", Group: g},
		{Action: quoted, Keys: []string{"'"}, Help: "Select the quote around", Group: g},
		{Action: action(session.Quote), Keys: []string{"\""}, Help: "Add as a quote, then choose its speaker", Short: "quote", Group: g, Holds: true},
		{Action: action(session.Person), Keys: []string{"p"}, Help: "Tag as person, everywhere in the article", Short: "person", Group: g},
		{Action: action(session.Organization), Keys: []string{"o"}, Help: "Tag as organization, everywhere in the article", Short: "org", Group: g},
		{Action: action(session.PersonHere), Keys: []string{"P"}, Help: "Tag as person, only here", Group: g},
		{Action: action(session.OrganizationHere), Keys: []string{"O"}, Help: "Tag as organization, only here", Group: g},
		{Action: action(session.Everywhere), Keys: []string{"*"}, Help: "Show every occurrence of these words and decide once", Group: g, Holds: true},
		{Action: action(session.Label), Keys: []string{"#"}, Help: "Tag with any label, your own or a new one", Group: g, Holds: true},
		{Action: action(session.Cue), Keys: []string{"&"}, Help: "Set as reporting verb of the quote beside it", Group: g},
		{Action: action(session.Note), Keys: []string{","}, Help: "Add a note on it, or edit the note", Short: "note", Group: g, Holds: true},
		{Action: action(session.Highlight), Keys: []string{"_"}, Help: "Highlight it; again removes the highlight", Short: "highlight", Group: g},
		{Action: action(session.NextNote), Keys: []string{"%"}, Help: "Next note or highlight", Group: g},
		{Action: action(session.PreviousNote), Keys: []string{"alt+%"}, Help: "Previous note or highlight", Group: g},
		{Action: action(session.RemoveNote), Keys: []string{"delete"}, Help: "Remove its notes and highlight", Group: g},
		{Action: action(session.Hints), Keys: []string{";"}, Help: "Jump to a word by the letters shown on it", Group: g},
		{Action: action(session.Candidate), Keys: []string{"C"}, Help: "Next capitalized words not yet tagged", Group: g},
		{Action: action(session.Copy), Keys: []string{"c", "y"}, Help: "Copy with its source", Short: "copy", Group: g},
		{Action: display.DropIt, Keys: []string{"esc", "v", "q"}, Help: "Drop the selection", Short: "drop", Group: g},
	}
}
