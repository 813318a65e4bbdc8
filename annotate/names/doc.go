// Package names finds what an article calls by name: people, organizations, places and
// other things.
//
// It works by rules and lists, without training. A first pass notes of each token how it
// is written, what the lists of package lexicon know of it, and whether it is one of the
// words that tell what stands beside them (triggers.txt). Then capitalised words that
// belong together make a stretch, from which titles and nationalities are cut off at the
// front (stretch.go, cut.go). Rules say what a stretch names, the most trusted first, one
// after the other until one is sure (rules.go). What the sure rules found in the article
// is remembered: a second pass gives a bare surname, an acronym or a short form the type
// that it has elsewhere in the article (memory.go). Lists know a great deal less about
// this article than the article itself.
//
// What is decided here and not obvious:
//
//   - A capital says nothing at the start of a sentence, after an opening mark there, in
//     headlines and in lines of capitals; there a word must be known, or be seen with a
//     capital elsewhere, or be followed by a name.
//   - A span leaves out titles (the Title of the mention) and a possessive 's. Names do
//     not overlap: the longest wins.
//   - Nationalities, religions, languages, events and works are Other: keeping them apart
//     is what keeps them out of the organizations.
//   - A title in quotation marks ("The Long Dock") is Other as a whole.
//   - The score of a mention is the precision of the rule that decided, measured on
//     annotated news and encyclopaedia articles with exact spans and types.
package names
