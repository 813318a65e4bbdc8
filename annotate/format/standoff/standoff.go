// Package standoff has what formats share that keep claims beside a text. For writing,
// [Items] lists the claims of a document with the relations between them, [RemarksOf] the
// notes on them, and a [Provenance] says who is behind one. For reading, a [Reader] takes
// annotations by their IDs, and a [Builder] mentions and quotes by the keys of their
// entities, in whatever order they come, and makes a layer of them.
package standoff
