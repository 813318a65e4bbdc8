// Package quotes finds what is quoted in an article, and who says it.
//
// It works without a parser, in time linear in the text, in five steps. Marks are paired
// paragraph by paragraph (package marks). For each quotation, ordered rules read the words around
// it for a cue and a speaker, the most trusted rule first (rules.go, rule_*.go). What is no speech,
// such as a title, a nickname or a scare quote, is dropped by a log-linear model of its looks, what
// stands around it and what the rule says (speech.go, speech.txt). Speech without a cue
// continues a conversation or a statement (rule_chain.go). Last comes speech that is set apart
// by a label or as a block quote, or reported without marks (unmarked.go, labels.go).
//
// Its parts are folders:
//
//	marks      pairs quotation marks
//	words      verbs of saying, nouns that speak, and other words by what the rules ask of them
//	grammar    phrases and clauses: which phrase is the subject of which verb, and whom it means
//	loglinear  weighs features that have names
//	train      learns what is speech and whom to trust, and measures on annotated news
//
// Here, too, receivers are layers: surroundings reads the words around one quotation, attributed
// knows what the rules said of those before, and analysis has the rules. The numbers are in
// limits.go and scores.go, each with its reason.
//
// What is decided here and not obvious:
//
//   - A quote that its attribution splits, “A,” she said, “B,” is two quotes with one
//     speaker and one cue, since a span cannot leave out the words between. A quote
//     over several paragraphs that each open again is one.
//   - A mixed quote's span is the marked words, not the clause around them; a clause
//     that has marked words is not reported as indirect speech a second time.
//   - Quotes are apart or inside each other. One inside another is there only where a
//     verb of saying in the outer one introduces it, and may be spoken by names in that.
//   - Names inside marks never speak them. Whom somebody told does not speak.
//   - A spokeswoman for an organization speaks for that organization, which is then the
//     speaker, and a letter for who wrote it; "Quill's lawyer" and "a police officer" are
//     speakers without an entity: Speaker is empty and SpeakerMention says who.
//   - A government speaks for its country, where that is named: "the Norwegian government" for Norway.
//   - He or she after a sentence that somebody is reported to say is that one, or nobody where that one has
//     no name. A rare first name is not trusted against all others (resolve.go).
//   - He or she that starts a sentence hands on whom it means, so that whom the text is about stays meant
//     past people named in between; pronouns also tell the gender of names (grammar/gender.go).
//   - Speech that is a paragraph of its own belongs to whom the paragraph above ends with.
//   - "The actor" is the person named last whom the article calls an actor, unless an
//     actor without a name came since; "the 29-year-old" the person lately spoken of; "the
//     company" the organization lately spoken of; else nobody (grammar/nominal.go).
//   - By a passive, whom "by" names speaks, and else nobody.
//   - A label starts a turn only among labels that are close together and take turns; a
//     turn continues over paragraphs up to the next label (labels.go).
//   - A score is the probability that both the quote and its speaker are right: of words in marks a
//     learned one (trust.go), corrected on news, of others as measured by rule (scores.go).
//   - Names that are joined speak together; the first is the speaker (together.go).
//   - Speech inside a sentence without a verb of saying is its subject's, and by a passive its
//     agent's or nobody's.
package quotes

// Version counts the changes after which the same text and entities may have other quotes.
const Version = 10
