package library

import "byline/ui"

// Actions of the library.
const (
	openArticle    ui.Action = "library.open"
	moveDown       ui.Action = "library.down"
	moveUp         ui.Action = "library.up"
	pageDown       ui.Action = "library.page-down"
	pageUp         ui.Action = "library.page-up"
	toFirst        ui.Action = "library.first"
	toLast         ui.Action = "library.last"
	startFilter    ui.Action = "library.filter"
	startSearch    ui.Action = "library.search"
	sortByNext     ui.Action = "library.sort"
	reverseOrder   ui.Action = "library.reverse"
	nextStatus     ui.Action = "library.status"
	pickTag        ui.Action = "library.by-tag"
	addArticle     ui.Action = "library.add"
	markDone       ui.Action = "library.done"
	editTags       ui.Action = "library.tags"
	removeArticle  ui.Action = "library.remove"
	undoLast       ui.Action = "library.undo"
	togglePreview  ui.Action = "library.look"
	reloadAll      ui.Action = "library.reload"
	reviewListed   ui.Action = "library.review"
	savedSearches  ui.Action = "library.saved"
	syncFeeds      ui.Action = "library.sync"
	clearSelection ui.Action = "library.clear"
)

// Bindings are the library's keys, grouped for the help.
func Bindings() []ui.Binding {
	return []ui.Binding{
		{Action: openArticle, Keys: []string{"enter", "right", "l"}, Help: "open the article", Short: "read", Group: "Library", Holds: true},
		{Action: startFilter, Keys: []string{"/"}, Help: "filter by title, publication or author, as you type", Short: "filter", Group: "Library"},
		{Action: startSearch, Keys: []string{"f", "ctrl+f"}, Help: "search all texts, names and quotes", Short: "search", Group: "Library"},
		{Action: savedSearches, Keys: []string{"F", "@"}, Help: "ask a saved search", Group: "Library", Holds: true},
		{Action: addArticle, Keys: []string{"a"}, Help: "add a file, a folder, a page or a feed", Short: "add", Group: "Library", Holds: true},
		{Action: syncFeeds, Keys: []string{"ctrl+r"}, Help: "fetch what is new in the feeds", Group: "Library", Holds: true},
		{Action: sortByNext, Keys: []string{"s"}, Help: "sort by the next: added, title, date, opened, length, read, quotes, reviewed", Short: "sort", Group: "Library"},
		{Action: reverseOrder, Keys: []string{"S"}, Help: "turn the order round", Group: "Library"},
		{Action: nextStatus, Keys: []string{"tab"}, Help: "all, unread, being read, done", Short: "status", Group: "Library"},
		{Action: pickTag, Keys: []string{"#"}, Help: "only articles with a tag", Group: "Library", Holds: true},
		{Action: editTags, Keys: []string{"t"}, Help: "tags of the article", Group: "Library", Holds: true},
		{Action: markDone, Keys: []string{"D"}, Help: "mark as done, or as unread", Group: "Library"},
		{Action: reviewListed, Keys: []string{"R"}, Help: "review the articles of the list, the least certain of all first", Short: "review", Group: "Library", Holds: true},
		{Action: removeArticle, Keys: []string{"delete", "X"}, Help: "remove from the library", Group: "Library"},
		{Action: undoLast, Keys: []string{"u"}, Help: "take back what was marked, tagged or removed last", Group: "Library"},
		{Action: togglePreview, Keys: []string{"p"}, Help: "show or hide the look into the article, in a wide window", Group: "Library"},
		{Action: reloadAll, Keys: []string{"ctrl+l"}, Help: "read the library again", Group: "Library"},
		{Action: moveDown, Keys: []string{"down", "j"}, Help: "next article", Group: "Move"},
		{Action: moveUp, Keys: []string{"up", "k"}, Help: "previous article", Group: "Move"},
		{Action: pageDown, Keys: []string{"pgdown", "space", "ctrl+d"}, Help: "a page down", Group: "Move"},
		{Action: pageUp, Keys: []string{"pgup", "b", "ctrl+u"}, Help: "a page up", Group: "Move"},
		{Action: toFirst, Keys: []string{"home", "g"}, Help: "to the first", Group: "Move"},
		{Action: toLast, Keys: []string{"end", "G"}, Help: "to the last", Group: "Move"},
		{Action: clearSelection, Keys: []string{"esc"}, Help: "leave the search, then the filter", Group: "Library"},
	}
}
