// Package standoff has what formats need that refer to a text by offsets.
//
// To write, [Items] returns the claims of a document and the relations between them,
// [RemarksOf] the notes and tags on them, and a [Provenance] tells who made a claim. To
// read, a [Reader] collects annotations by ID and a [Builder] mentions and quotes by the
// key of their entity, in any order, and each makes a layer of them.
package standoff
