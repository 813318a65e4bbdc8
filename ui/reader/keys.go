package reader

import (
	"byline/ui"
)

// Actions of the reader.
const (
	Down       ui.Action = "reader.down"
	Up         ui.Action = "reader.up"
	PageDown   ui.Action = "reader.page-down"
	PageUp     ui.Action = "reader.page-up"
	HalfDown   ui.Action = "reader.half-down"
	HalfUp     ui.Action = "reader.half-up"
	Top        ui.Action = "reader.top"
	End        ui.Action = "reader.end"
	Next       ui.Action = "reader.next"
	Prev       ui.Action = "reader.previous"
	Same       ui.Action = "reader.next-mention"
	SamePrev   ui.Action = "reader.previous-mention"
	NextEntity ui.Action = "reader.next-entity"
	PrevEntity ui.Action = "reader.previous-entity"
	NextQuote  ui.Action = "reader.next-quote"
	PrevQuote  ui.Action = "reader.previous-quote"
	Unreviewed ui.Action = "reader.next-unreviewed"
	Doubtful   ui.Action = "reader.least-certain"
	Candidate  ui.Action = "reader.candidate"

	Confirm     ui.Action = "reader.confirm"
	ConfirmNext ui.Action = "reader.confirm-next"
	Reject      ui.Action = "reader.reject"
	RejectNext  ui.Action = "reader.reject-next"
	AsPerson    ui.Action = "reader.person"
	AsOrg       ui.Action = "reader.organization"
	PersonHere  ui.Action = "reader.person-here"
	OrgHere     ui.Action = "reader.organization-here"
	UndoStep    ui.Action = "reader.undo"
	RedoStep    ui.Action = "reader.redo"
	Select      ui.Action = "reader.select"

	StartEarlier ui.Action = "reader.start-earlier"
	StartLater   ui.Action = "reader.start-later"
	EndEarlier   ui.Action = "reader.end-earlier"
	EndLater     ui.Action = "reader.end-later"
	Speaker      ui.Action = "reader.speaker"
	CueHere      ui.Action = "reader.cue"
	Merge        ui.Action = "reader.merge"
	Split        ui.Action = "reader.split"
	Rename       ui.Action = "reader.rename"
	Repeat       ui.Action = "reader.again"
	Everywhere   ui.Action = "reader.everywhere"
	Alike        ui.Action = "reader.alike"
	AddNote      ui.Action = "reader.note"
	AsLabel      ui.Action = "reader.label"
	Doubt        ui.Action = "reader.question"
	History      ui.Action = "reader.history"

	Find      ui.Action = "reader.find"
	FindNext  ui.Action = "reader.find-next"
	FindPrev  ui.Action = "reader.find-previous"
	Outline   ui.Action = "reader.outline"
	Links     ui.Action = "reader.links"
	SetMark   ui.Action = "reader.set-mark"
	GoMark    ui.Action = "reader.go-to-mark"
	Hints     ui.Action = "reader.hints"
	JumpBack  ui.Action = "reader.jump-back"
	JumpForth ui.Action = "reader.jump-forth"

	Panel      ui.Action = "reader.panel"
	SwitchTab  ui.Action = "reader.tab"
	FilterRows ui.Action = "reader.filter"
	Details    ui.Action = "reader.details"
	Why        ui.Action = "reader.why"
	Zen        ui.Action = "reader.zen"
	Copy       ui.Action = "reader.copy"
	Export     ui.Action = "reader.export"
	MarkDone   ui.Action = "reader.done"
	TagArticle ui.Action = "reader.tags"
	Orphans    ui.Action = "reader.orphans"
	Versions   ui.Action = "reader.versions"
	Clear      ui.Action = "reader.clear"
)

// Bindings are the reader's keys, grouped for the help.
func Bindings() []ui.Binding {
	return []ui.Binding{
		{Action: Next, Keys: []string{"tab"}, Help: "next name or quote", Short: "next", Group: "Step"},
		{Action: Prev, Keys: []string{"shift+tab"}, Help: "previous name or quote", Group: "Step"},
		{Action: Same, Keys: []string{"right", "l"}, Help: "next mention of the same", Group: "Step"},
		{Action: SamePrev, Keys: []string{"left", "h"}, Help: "previous mention of the same", Group: "Step"},
		{Action: NextEntity, Keys: []string{"]", "J"}, Help: "next in the panel: person, organization or quote", Group: "Step"},
		{Action: PrevEntity, Keys: []string{"[", "K"}, Help: "previous in the panel", Group: "Step"},
		{Action: NextQuote, Keys: []string{"}"}, Help: "next quote", Group: "Step"},
		{Action: PrevQuote, Keys: []string{"{"}, Help: "previous quote", Group: "Step"},
		{Action: Unreviewed, Keys: []string{"a"}, Help: "next that nobody has reviewed", Group: "Step"},
		{Action: Candidate, Keys: []string{"C"}, Help: "next words with a capital that are not marked, to mark them", Group: "Step"},
		{Action: Doubtful, Keys: []string{"A"}, Help: "of those that nobody has reviewed the least certain", Group: "Step"},

		{Action: Confirm, Keys: []string{"enter"}, Help: "confirm the one under the cursor", Short: "confirm", Group: "Correct"},
		{Action: ConfirmNext, Keys: []string{"y"}, Help: "confirm it and go to the next unreviewed", Group: "Correct"},
		{Action: AsPerson, Keys: []string{"p"}, Help: "a person, with all its mentions in the article", Short: "person", Group: "Correct"},
		{Action: AsOrg, Keys: []string{"o"}, Help: "an organization, with all its mentions in the article", Short: "org", Group: "Correct"},
		{Action: PersonHere, Keys: []string{"P"}, Help: "a person, only here", Group: "Correct"},
		{Action: OrgHere, Keys: []string{"O"}, Help: "an organization, only here", Group: "Correct"},
		{Action: Reject, Keys: []string{"x", "delete"}, Help: "not a name, not a quote", Short: "reject", Group: "Correct"},
		{Action: RejectNext, Keys: []string{"X"}, Help: "reject it and go to the next unreviewed", Group: "Correct"},
		{Action: Select, Keys: []string{"v"}, Help: "select words by keys, to add a name or to copy", Short: "select", Group: "Correct"},
		{Action: Speaker, Keys: []string{"@"}, Help: "who says this quote", Short: "speaker", Group: "Correct", Holds: true},
		{Action: CueHere, Keys: []string{"&"}, Help: "the selected word leads in the quote; with none selected, nothing does", Group: "Correct"},
		{Action: Merge, Keys: []string{"m"}, Help: "the same as another name of the article", Short: "merge", Group: "Correct", Holds: true},
		{Action: Split, Keys: []string{"S"}, Help: "not the same as the others: this name stands for itself", Group: "Correct"},
		{Action: Rename, Keys: []string{"R"}, Help: "what this person or organization is called", Group: "Correct", Holds: true},
		{Action: StartEarlier, Keys: []string{"<", "shift+left"}, Help: "it begins a word earlier", Group: "Correct"},
		{Action: EndLater, Keys: []string{">", "shift+right"}, Help: "it ends a word later", Group: "Correct"},
		{Action: StartLater, Keys: []string{"("}, Help: "it begins a word later", Group: "Correct"},
		{Action: EndEarlier, Keys: []string{")"}, Help: "it ends a word earlier", Group: "Correct"},
		{Action: Repeat, Keys: []string{"."}, Help: "the last decision once more, on this one", Group: "Correct"},
		{Action: Everywhere, Keys: []string{"*"}, Help: "every place of these words: look at them, decide once", Group: "Correct", Holds: true},
		{Action: Alike, Keys: []string{"Y"}, Help: "confirm all that look like this one", Group: "Correct", Holds: true},
		{Action: AsLabel, Keys: []string{"#"}, Help: "a kind of your own: one that is there, or a new word", Group: "Correct", Holds: true},
		{Action: AddNote, Keys: []string{","}, Help: "a note on this one", Group: "Correct", Holds: true},
		{Action: Doubt, Keys: []string{"~"}, Help: "a question mark on this one", Group: "Correct"},
		{Action: History, Keys: []string{"B"}, Help: "by whom: who decided what, and when", Group: "Correct", Holds: true},
		{Action: UndoStep, Keys: []string{"u"}, Help: "undo, without limit, also after a restart", Short: "undo", Group: "Correct"},
		{Action: RedoStep, Keys: []string{"ctrl+r", "U"}, Help: "redo", Group: "Correct"},

		{Action: Down, Keys: []string{"down", "j"}, Help: "a line down", Group: "Move"},
		{Action: Up, Keys: []string{"up", "k"}, Help: "a line up", Group: "Move"},
		{Action: PageDown, Keys: []string{"space", "pgdown", "ctrl+f"}, Help: "a page down", Group: "Move"},
		{Action: PageUp, Keys: []string{"b", "pgup", "ctrl+b"}, Help: "a page up", Group: "Move"},
		{Action: HalfDown, Keys: []string{"d", "ctrl+d"}, Help: "half a page down", Group: "Move"},
		{Action: HalfUp, Keys: []string{"ctrl+u"}, Help: "half a page up", Group: "Move"},
		{Action: Top, Keys: []string{"g", "home"}, Help: "to the beginning", Group: "Move"},
		{Action: End, Keys: []string{"G", "end"}, Help: "to the end", Group: "Move"},

		{Action: Find, Keys: []string{"/"}, Help: "find in the article", Short: "find", Group: "Find and jump", Holds: true},
		{Action: FindNext, Keys: []string{"n"}, Help: "next place found", Group: "Find and jump"},
		{Action: FindPrev, Keys: []string{"N"}, Help: "previous place found", Group: "Find and jump"},
		{Action: Outline, Keys: []string{"H"}, Help: "headings", Group: "Find and jump", Holds: true},
		{Action: Links, Keys: []string{"L"}, Help: "links: open or copy", Group: "Find and jump", Holds: true},
		{Action: SetMark, Keys: []string{"M"}, Help: "set a mark here", Group: "Find and jump", Holds: true},
		{Action: GoMark, Keys: []string{"'"}, Help: "go to a mark", Group: "Find and jump", Holds: true},
		{Action: Hints, Keys: []string{";"}, Help: "labels on all words: two letters go there", Group: "Find and jump"},
		{Action: JumpBack, Keys: []string{"ctrl+o", "backspace"}, Help: "back to where you were before a jump", Group: "Find and jump"},
		{Action: JumpForth, Keys: []string{"ctrl+n"}, Help: "forth again", Group: "Find and jump"},

		{Action: Panel, Keys: []string{"s"}, Help: "side panel: go into it, and out again", Short: "panel", Group: "Panel and article"},
		{Action: SwitchTab, Keys: []string{"f"}, Help: "people, organizations, quotes, places, own labels", Group: "Panel and article"},
		{Action: FilterRows, Keys: []string{"F"}, Help: "filter the panel", Group: "Panel and article", Holds: true},
		{Action: Details, Keys: []string{"i"}, Help: "all about this one: forms, quotes, other articles", Short: "details", Group: "Panel and article", Holds: true},
		{Action: Why, Keys: []string{"w"}, Help: "why this is marked: the rule, its words, how sure", Group: "Panel and article", Holds: true},
		{Action: Copy, Keys: []string{"c"}, Help: "copy the name, quote or selection with its source", Group: "Panel and article"},
		{Action: Export, Keys: []string{"e"}, Help: "export the annotations to a file", Short: "export", Group: "Panel and article", Holds: true},
		{Action: Versions, Keys: []string{"V"}, Help: "what changed since the version before", Group: "Panel and article", Holds: true},
		{Action: MarkDone, Keys: []string{"D"}, Help: "mark the article as done, or as not done", Group: "Panel and article"},
		{Action: TagArticle, Keys: []string{"t"}, Help: "tags of the article", Group: "Panel and article", Holds: true},
		{Action: Zen, Keys: []string{"z"}, Help: "nothing but the text", Group: "Panel and article"},
		{Action: Orphans, Keys: []string{"!"}, Help: "decisions that lost their place when the source changed", Group: "Panel and article", Holds: true},
		{Action: Clear, Keys: []string{"esc"}, Help: "leave what was found, selected or marked; then the article"},
	}
}

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

// Actions of a selection.
const (
	wordRight ui.Action = "select.word-right"
	wordLeft  ui.Action = "select.word-left"
	growRight ui.Action = "select.grow-right"
	growLeft  ui.Action = "select.grow-left"
	lineDown  ui.Action = "select.line-down"
	lineUp    ui.Action = "select.line-up"
	sentence  ui.Action = "select.sentence"
	paragraph ui.Action = "select.paragraph"
	quoted    ui.Action = "select.quote"
	dropIt    ui.Action = "select.drop"
)

func selectBindings() []ui.Binding {
	const g = "Select"
	return []ui.Binding{
		{Action: wordRight, Keys: []string{"right", "l", "w"}, Help: "the next word", Short: "word", Group: g},
		{Action: wordLeft, Keys: []string{"left", "h", "b"}, Help: "the word before", Group: g},
		{Action: growRight, Keys: []string{"shift+right", "L", "e"}, Help: "a word more", Short: "more", Group: g},
		{Action: growLeft, Keys: []string{"shift+left", "H"}, Help: "a word less; from one word, one to the left", Short: "less", Group: g},
		{Action: lineDown, Keys: []string{"down", "j"}, Help: "a line down", Group: g},
		{Action: lineUp, Keys: []string{"up", "k"}, Help: "a line up", Group: g},
		{Action: sentence, Keys: []string{"s"}, Help: "the sentence", Group: g},
		{Action: paragraph, Keys: []string{"a"}, Help: "the paragraph", Group: g},
		{Action: quoted, Keys: []string{"\"", "'"}, Help: "the quote around", Group: g},
		{Action: AsPerson, Keys: []string{"p"}, Help: "add as a person, everywhere in the article", Short: "person", Group: g},
		{Action: AsOrg, Keys: []string{"o"}, Help: "add as an organization, everywhere in the article", Short: "org", Group: g},
		{Action: PersonHere, Keys: []string{"P"}, Help: "add as a person only here", Group: g},
		{Action: OrgHere, Keys: []string{"O"}, Help: "add as an organization only here", Group: g},
		{Action: Everywhere, Keys: []string{"*"}, Help: "every place of these words: look at them, decide once", Group: g, Holds: true},
		{Action: AsLabel, Keys: []string{"#"}, Help: "add as a kind of your own", Group: g, Holds: true},
		{Action: CueHere, Keys: []string{"&"}, Help: "this leads in the quote beside it", Group: g},
		{Action: Hints, Keys: []string{";"}, Help: "labels on all words: two letters go there", Group: g},
		{Action: Candidate, Keys: []string{"C"}, Help: "next words with a capital that are not marked", Group: g},
		{Action: Copy, Keys: []string{"c", "y"}, Help: "copy with its source", Short: "copy", Group: g},
		{Action: dropIt, Keys: []string{"esc", "v", "q"}, Help: "leave the selection", Group: g},
	}
}
