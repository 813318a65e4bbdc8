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
	return ui.Binding{Action: ui.Action(prefix + r.Name), Keys: r.Keys, Help: r.Help, Short: r.Short, Group: r.Group, Holds: r.Holds}
}

// Bindings are the reader's keys, grouped for the help.
func Bindings() []ui.Binding { return slices.Clone(bindings) }

// Actions that are the screen's own.
const (
	down       ui.Action = "reader.down"
	up         ui.Action = "reader.up"
	pageDown   ui.Action = "reader.page-down"
	pageUp     ui.Action = "reader.page-up"
	halfDown   ui.Action = "reader.half-down"
	halfUp     ui.Action = "reader.half-up"
	nextRow    ui.Action = "reader.next-entity"
	prevRow    ui.Action = "reader.previous-entity"
	candidate  ui.Action = "reader.candidate"
	selectKeys ui.Action = "reader.select"
	hintsOn    ui.Action = "reader.hints"
	panelOn    ui.Action = "reader.panel"
	nextTab    ui.Action = "reader.tab"
	filterRows ui.Action = "reader.filter"
	details    ui.Action = "reader.details"
	why        ui.Action = "reader.why"
	zen        ui.Action = "reader.zen"
	copyIt     ui.Action = "reader.copy"
	export     ui.Action = "reader.export"
	markDone   ui.Action = "reader.done"
	tags       ui.Action = "reader.tags"
	versions   ui.Action = "reader.versions"
	clearIt    ui.Action = "reader.clear"
)

// Actions of the session that another scope binds, or that are answered in another way
// while the panel has the keys.
const (
	confirmNext ui.Action = "reader.confirm-next"
	rejectNext  ui.Action = "reader.reject-next"
	unreviewed  ui.Action = "reader.next-unreviewed"
	undo        ui.Action = "reader.undo"
	asPerson    ui.Action = "reader.person"
	asOrg       ui.Action = "reader.organization"
	personHere  ui.Action = "reader.person-here"
	orgHere     ui.Action = "reader.organization-here"
	everywhere  ui.Action = "reader.everywhere"
	asLabel     ui.Action = "reader.label"
	cueHere     ui.Action = "reader.cue"
	merge       ui.Action = "reader.merge"
	split       ui.Action = "reader.split"
	jumpBack    ui.Action = "reader.jump-back"
)

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
		{Action: asPerson, Keys: []string{"p"}, Help: "add as a person, everywhere in the article", Short: "person", Group: g},
		{Action: asOrg, Keys: []string{"o"}, Help: "add as an organization, everywhere in the article", Short: "org", Group: g},
		{Action: personHere, Keys: []string{"P"}, Help: "add as a person only here", Group: g},
		{Action: orgHere, Keys: []string{"O"}, Help: "add as an organization only here", Group: g},
		{Action: everywhere, Keys: []string{"*"}, Help: "every place of these words: look at them, decide once", Group: g, Holds: true},
		{Action: asLabel, Keys: []string{"#"}, Help: "add as a kind of your own", Group: g, Holds: true},
		{Action: cueHere, Keys: []string{"&"}, Help: "this leads in the quote beside it", Group: g},
		{Action: hintsOn, Keys: []string{";"}, Help: "labels on all words: two letters go there", Group: g},
		{Action: candidate, Keys: []string{"C"}, Help: "next words with a capital that are not marked", Group: g},
		{Action: copyIt, Keys: []string{"c", "y"}, Help: "copy with its source", Short: "copy", Group: g},
		{Action: display.DropIt, Keys: []string{"esc", "v", "q"}, Help: "leave the selection", Group: g},
	}
}
