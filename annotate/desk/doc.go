// Package desk is where an article, the machine's layer and the log of decisions come
// together. Screens and commands speak of what is in an article with nobody else.
//
// A [Sheet] is an article as it lies on the desk. The desk reads it from the library,
// has the engine annotate it where no layer by this engine is stored, and applies the
// log. A few sheets stay on the desk, so that a keypress costs no reading; before a
// sheet is used again, the desk looks whether another process decided something or
// the article changed. Decisions are on the disk when [Desk.Change] returns, and
// only then on the sheet: what shows is what is kept.
//
// When the source of an article changed, the decisions made on its earlier text are
// found again in the new one by their words; those that are not are the sheet's
// orphans. The log itself is never rewritten.
//
// Layers are stored in a code of this package's own, see [EncodeLayer], by version of
// the engine; another engine's layer counts as none.
package desk
