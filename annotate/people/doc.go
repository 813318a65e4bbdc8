// Package people decides which mentions by name refer to the same person, organization or thing.
//
// Rules join mentions, the most trusted rule first: the same words, ignoring titles, suffixes
// and legal forms (exact); a full name with and without middle names, with initials or a
// nickname (initials); a bare surname and a compatible full name (surname); a first name
// after a full name (first-name); some words of a longer name (part-of-name); an
// abbreviation in parentheses (definition); an acronym and its long form (acronym); the
// first or last words of an organization (short-form, ending); a difference of one
// letter in a long word (spelling). Each rule is one function in rules; the entity's Origin
// names the least trusted of the rules that made it, and its score is the probability that
// all its mentions are of one entity, see scores.
//
// Decisions that are not obvious:
//
//   - Two full names are never joined unless one only leaves out or abbreviates parts of
//     the other.
//   - If two people share a surname, the bare surname refers to the person it named last, or,
//     the first time, to the one mentioned most: the one the text is about. Mr. and Mrs. and the
//     gender of first names may rule a person out, and so do Jr. and numerals; if nobody was
//     mentioned before, it stays separate.
//   - Mr. Quill and Mrs. Quill are two people, and so are Louis XIII and Louis XIV.
//   - The first words of an organization are short for it if they come later, or only
//     leave out a word for its kind; a subsidiary is named after its company.
//   - The type of an entity is what the scores of its mentions vote for, and all its
//     mentions get it: one wrong label among right ones is repaired. Sums of scores do as
//     well as sums of −log(1−p), and better than log-odds. Mentions in the
//     same words but of different types stay apart where both have good evidence
//     (Washington the city, Mr. Washington), or where one has a legal form (Ferris & Co.).
//   - Places and others are joined by exact form only.
package people
