// Package workspace brings together an article, the machine's layer and the log of decisions.
// Screens and commands learn what is in an article from this package only.
//
// [Workspace.Open] reads a [Document] from the library, has the engine annotate it if no layer by
// this engine is stored, and applies the log. The last few documents are cached, so that a
// keypress reads nothing; before a cached one is used again, the workspace checks whether another
// process added a decision or the article changed. Decisions are on disk before [Workspace.Edit]
// returns, and only then part of the document: what is shown is what is stored.
//
// Whose decisions are applied is a matter of the view of a workspace ([See]): everybody's, one person's, or the curated
// reading, which begins with what [Options.Agree] says that annotators agree on. An article that is sealed (see package team)
// shows to its annotators their own decisions alone, whatever the view, and the index of the library, from which lists,
// people, quotes and searches come, has nobody's decisions on it; one's own are kept for oneself alone, see [db.DB.SetApart].
//
// When the source of an article changes, the decisions made on its earlier text are found again in
// the new one by their words; those that are not found are the document's orphans. The log itself
// is never rewritten.
//
// The rest of the application is in the packages below:
//
//   - sources reads what a person names (files, folders, addresses, records) and adds it.
//   - pages fetches articles by their addresses; feeds follows publications.
//   - watch reports files that appear in folders.
//   - importer imports annotations made elsewhere; export writes files.
//   - sync brings libraries together by a folder, by git and by ssh.
//   - parts annotates a corpus in parts, on one machine or many, without a library.
//   - curation settles what annotators of an article answered differently.
//   - outside lays what other programs found over what the engine found.
//   - withheld takes out what is hidden from an annotator.
//
// None of them prints anything or knows a screen: results are values, typed errors and calls of a
// function.
package workspace
