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
	tabRight  ui.Action = "panel.tab-right"
	leave     ui.Action = "panel.leave"
)

func panelBindings() []ui.Binding {
	const g = "In the panel"
	return []ui.Binding{
		{Action: rowDown, Keys: []string{"down", "j"}, Help: "next row; the text follows", Short: "down", Group: g},
		{Action: rowUp, Keys: []string{"up", "k"}, Help: "previous row", Short: "up", Group: g},
		{Action: tabRight, Keys: []string{"right", "tab"}, Help: "next list", Short: "list", Group: g},
		{Action: tabLeft, Keys: []string{"left", "shift+tab"}, Help: "previous list", Group: g},
		{Action: rowPgDown, Keys: []string{"pgdown"}, Help: "a page down", Group: g},
		{Action: rowPgUp, Keys: []string{"pgup", "b"}, Help: "a page up", Group: g},
		{Action: rowMark, Keys: []string{"space"}, Help: "mark the row, for m and S", Short: "mark", Group: g},
		{Action: rowFirst, Keys: []string{"home", "g"}, Help: "first row", Group: g},
		{Action: rowLast, Keys: []string{"end", "G"}, Help: "last row", Group: g},
		{Action: rowGo, Keys: []string{"enter"}, Help: "to the text", Short: "to the text", Group: g},
		{Action: leave, Keys: []string{"esc", "s", "q"}, Help: "leave the panel", Group: g},
	}
}

// quoted selects the quote around.
const quoted ui.Action = "select.quote"

func selectBindings() []ui.Binding {
	const g = "Select"
	return []ui.Binding{
		{Action: display.WordRight, Keys: []string{"right", "l", "w"}, Help: "the next word", Short: "word", Group: g},
		{Action: display.WordLeft, Keys: []string{"left", "h", "b"}, Help: "the word before", Group: g},
		{Action: display.GrowRight, Keys: []string{"shift+right", "L", "e"}, Help: "a word more", Short: "more", Group: g},
		{Action: display.GrowLeft, Keys: []string{"shift+left", "H"}, Help: "a word less; from one word, one to the left", Short: "less", Group: g},
		{Action: display.LineDown, Keys: []string{"down", "j"}, Help: "a line down", Group: g},
		{Action: display.LineUp, Keys: []string{"up", "k"}, Help: "a line up", Group: g},
		{Action: display.Sentence, Keys: []string{"s"}, Help: "the sentence", Group: g},
		{Action: display.Paragraph, Keys: []string{"a"}, Help: "the paragraph", Group: g},
		{Action: quoted, Keys: []string{"\"", "'"}, Help: "the quote around", Group: g},
		{Action: action(session.Person), Keys: []string{"p"}, Help: "add as a person, everywhere in the article", Short: "person", Group: g},
		{Action: action(session.Organization), Keys: []string{"o"}, Help: "add as an organization, everywhere in the article", Short: "org", Group: g},
		{Action: action(session.PersonHere), Keys: []string{"P"}, Help: "add as a person only here", Group: g},
		{Action: action(session.OrganizationHere), Keys: []string{"O"}, Help: "add as an organization only here", Group: g},
		{Action: action(session.Everywhere), Keys: []string{"*"}, Help: "every place of these words: look at them, decide once", Group: g, Holds: true},
		{Action: action(session.Label), Keys: []string{"#"}, Help: "add as a kind of your own", Group: g, Holds: true},
		{Action: action(session.Cue), Keys: []string{"&"}, Help: "this leads in the quote beside it", Group: g},
		{Action: action(session.Hints), Keys: []string{";"}, Help: "labels on all words: two letters go there", Group: g},
		{Action: action(session.Candidate), Keys: []string{"C"}, Help: "next words with a capital that are not marked", Group: g},
		{Action: action(session.Copy), Keys: []string{"c", "y"}, Help: "copy with its source", Short: "copy", Group: g},
		{Action: display.DropIt, Keys: []string{"esc", "v", "q"}, Help: "leave the selection", Group: g},
	}
}
