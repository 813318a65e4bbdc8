// Package evidence decides of what type each name of an article is: person, organization, place,
// other, or no name at all. The tagger of package names reads a name where it stands; this
// package weighs what the whole article says of it.
//
// [Model.Read] notes the evidence beside each mention while its window is at hand: the words
// around it, what stands between it and its neighbours, and the tagger's shares of the types.
// They are hashed, and only their sums are kept. [Model.Decide] joins the mentions with the same words
// to a group, adds up their evidence, adds what the words of the name themselves say, and what
// the tagger made of a longer name that begins or ends with it ("Kvale" beside "Kvale
// Group", "Lund" beside "Per Lund") or whose letters it is. A small net makes the decision for
// each mention, so that a mention whose own surroundings say otherwise than those of its group
// may differ: people, places and firms that share a name in one article stay apart.
//
// Scores are probabilities that span and type are both right. All sums are of whole numbers, and
// the only floating-point numbers come from tables, so that every processor gives the same bits.
// The file evidence.model is made by annotate/train, from documents that the tagger
// had not seen.
package evidence
