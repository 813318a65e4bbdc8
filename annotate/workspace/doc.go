// Package workspace is where an article, the machine's layer and the log of decisions
// come together. Screens and commands ask nobody else what is in an article.
//
// [Workspace.Open] reads a [Document] from the library, has the engine annotate it where
// no layer by this engine is stored, and applies the log. The last few documents are
// cached, so that a keypress costs no reading; before a cached one is used again, the
// workspace checks whether another process decided something or the article changed.
// Decisions are on the disk when [Workspace.Edit] returns, and only then in the
// document: what is shown is what is kept.
//
// When the source of an article changed, the decisions made on its earlier text are
// found again in the new one by their words; those that are not are the document's
// orphans. The log itself is never rewritten.
//
// The rest of the application is below:
//
//   - sources reads what a person names (files, folders, addresses, records) and adds it.
//   - pages fetches articles by their addresses; feeds follows publications.
//   - watch reports the files that come into folders.
//   - importer takes in annotations that were made elsewhere; export writes files.
//
// None of it prints or knows a screen: what is worth telling comes back as values, typed
// errors and calls of a function.
package workspace
