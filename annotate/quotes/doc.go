// Package quotes finds what is quoted in an article, and who says it.
//
// It works without a parser, in time linear in the text, in five steps. Marks are
// paired paragraph by paragraph by an automaton that knows directed and straight
// marks, guillemets, British single marks, apostrophes, feet and inches (marks.go,
// scan.go). For each marked stretch, ordered rules read the words around it for a cue
// and a speaker, the most trusted rule first (rules.go). What is no speech, such as a
// title, a nickname or a scare quote, is dropped by its looks and by what announces it
// (spoken.go). Speech without a cue continues a conversation or a statement. At last
// comes speech that is reported without marks (indirect.go) or set apart by a label or
// as a block quote (blocks.go).
//
// What is decided here and not obvious:
//
//   - A quote that its attribution splits, “A,” she said, “B,” is two quotes with one
//     speaker and one cue, since a span cannot leave out the words between. A quote
//     over several paragraphs that each open again is one.
//   - A mixed quote's span is the marked words, not the clause around them; a clause
//     that holds marked words is not reported as indirect speech a second time.
//   - Quotes lie apart or inside each other. One inside another is there only where a
//     verb of saying in the outer one leads it in, and may be spoken by names in that.
//   - Names inside marks never speak them. Whom somebody told does not speak.
//   - A spokeswoman for an organization speaks for that organization, which is then the
//     speaker, and a letter for who wrote it; "Quill's lawyer" and "a police officer" are
//     speakers without an entity: Speaker is empty and SpeakerMention says who.
//   - "The actor" is the person named last whom the article calls an actor, unless an
//     actor without a name came since; "the 29-year-old" the person lately spoken of; "the
//     company" the organization lately spoken of; else nobody (nominal.go).
//   - By a passive, whom "by" names speaks, and else nobody.
//   - A label begins a turn only among labels that stand close together and take turns; a
//     turn goes on over paragraphs up to the next label (turns.go).
//   - A score is the probability that both the quote, by half of what both cover, and
//     its speaker are right. By rule: its quotes in the open half of our gold of which
//     the speaker is found, or nobody is named (right of found), added to a guess that
//     weighs as much as twenty cases. The guess comes from LitBank and the training part
//     of GUM (both CC BY 4.0) and from testdata/articles. Where words are found that
//     speak but not whom they mean, "the union", five are wrong in nine, and the score
//     says so. A mark that nobody closed costs two fifths.
package quotes

// Version counts the changes after which the same text and entities may have other quotes.
const Version = 1
