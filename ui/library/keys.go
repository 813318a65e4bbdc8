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
	showAbout      ui.Action = "library.article"
	removeArticle  ui.Action = "library.remove"
	undoLast       ui.Action = "library.undo"
	togglePreview  ui.Action = "library.look"
	reloadAll      ui.Action = "library.reload"
	reviewListed   ui.Action = "library.review"
	adjudicate     ui.Action = "library.adjudicate"
	savedSearches  ui.Action = "library.saved"
	syncFeeds      ui.Action = "library.sync"
	bringTogether  ui.Action = "library.together"
	clearSelection ui.Action = "library.clear"
	showTrash      ui.Action = "library.trash"
	bringSamples   ui.Action = "library.samples"
	showPeople     ui.Action = "library.people"
	showAssigned   ui.Action = "library.assigned"
	showTeam       ui.Action = "library.team"
	pickView       ui.Action = "library.view"
)

// Bindings are the library's keys, grouped for the help.
func Bindings() []ui.Binding {
	return []ui.Binding{
		{Action: openArticle, Keys: []string{"enter", "right", "l"}, Help: "Open the article", Short: "read", Group: "Library", Holds: true},
		{Action: startFilter, Keys: []string{"/"}, Help: "Filter by title, publication, author", Short: "filter", Group: "Library"},
		{Action: startSearch, Keys: []string{"f", "ctrl+f"}, Help: "Search all texts, names and quotes", Short: "search", Group: "Library"},
		{Action: savedSearches, Keys: []string{"F", "@"}, Help: "Run a saved search", Group: "Library", Holds: true},
		{Action: addArticle, Keys: []string{"a"}, Help: "Add a file, folder, web page or feed", Short: "add", Group: "Library", Holds: true},
		{Action: syncFeeds, Keys: []string{"ctrl+r"}, Help: "Check the feeds for new articles", Group: "Library", Holds: true},
		{Action: bringTogether, Help: "Sync with others, as the setting sync says", Also: []string{"team", "git", "share", "merge"}, Group: "Library", Holds: true},
		{Action: sortByNext, Keys: []string{"s"}, Help: "Sort by added, title, date, opened, length, read, quotes, reviewed", Short: "sort", Group: "Library"},
		{Action: reverseOrder, Keys: []string{"S"}, Help: "Reverse sort", Group: "Library"},
		{Action: nextStatus, Keys: []string{"tab"}, Help: "Status: all, unread, reading, done", Short: "status", Group: "Library"},
		{Action: pickTag, Keys: []string{"#"}, Help: "Show only articles with a tag", Group: "Library", Holds: true},
		{Action: editTags, Keys: []string{"t"}, Help: "Edit the article’s tags", Group: "Library", Holds: true},
		{Action: showAbout, Keys: []string{"i", "alt+i"}, Help: "The article itself: site, authors, dates, where it is from", Also: []string{"details", "info", "credits", "source"}, Group: "Library", Holds: true},
		{Action: markDone, Keys: []string{"D"}, Help: "Mark as done or unread", Group: "Library"},
		{Action: reviewListed, Keys: []string{"R"}, Help: "Review the list, least certain first", Short: "review", Group: "Library", Holds: true},
		{Action: adjudicate, Keys: []string{"A"}, Help: "Adjudicate what annotators differ on", Also: []string{"curate", "team", "disagreements", "conflicts"}, Group: "Library", Holds: true},
		{Action: removeArticle, Keys: []string{"delete", "ctrl+w"}, Help: "Move to the trash", Also: []string{"remove", "delete"}, Group: "Library"},
		{Action: showTrash, Keys: []string{"ctrl+t"}, Help: "Trash: restore, or delete for good", Also: []string{"removed", "deleted", "restore"}, Short: "trash", Group: "Library"},
		{Action: showPeople, Keys: []string{"W"}, Help: "People and names of all articles", Also: []string{"who", "persons", "organizations", "names", "index"}, Short: "people", Group: "Library", Holds: true},
		{Action: showAssigned, Keys: []string{"alt+a"}, Help: "List what is assigned to you", Also: []string{"mine", "todo", "to-do"}, Group: "Library", Holds: true},
		{Action: showTeam, Keys: []string{"alt+t"}, Help: "The team: sets, members, progress", Also: []string{"annotators", "progress", "sets", "members"}, Group: "Library", Holds: true},
		{Action: pickView, Keys: []string{"alt+v"}, Help: "Choose whose decisions count", Also: []string{"view", "whose", "annotator", "mine", "curated", "everybody"}, Group: "Library", Holds: true},
		{Action: bringSamples, Help: "Bring back the sample stories", Also: []string{"examples", "demo"}, Group: "Library"},
		{Action: undoLast, Keys: []string{"u"}, Help: "Undo marking, tagging or removing", Group: "Library"},
		{Action: togglePreview, Keys: []string{"p"}, Help: "Toggle preview", Group: "Library"},
		{Action: reloadAll, Keys: []string{"ctrl+l"}, Help: "Reload the library", Group: "Library"},
		{Action: moveDown, Keys: []string{"down", "j"}, Help: "Next article", Group: "Move"},
		{Action: moveUp, Keys: []string{"up", "k"}, Help: "Previous article", Group: "Move"},
		{Action: pageDown, Keys: []string{"pgdown", "space", "ctrl+d"}, Help: "Down a page", Group: "Move"},
		{Action: pageUp, Keys: []string{"pgup", "b", "ctrl+u"}, Help: "Up a page", Group: "Move"},
		{Action: toFirst, Keys: []string{"home", "g"}, Help: "First article", Group: "Move"},
		{Action: toLast, Keys: []string{"end", "G"}, Help: "Last article", Group: "Move"},
		{Action: clearSelection, Keys: []string{"esc"}, Help: "Leave the search, then the filter", Group: "Library"},
	}
}
