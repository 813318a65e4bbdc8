// Package people says which mentions by name are of the same person, organization or
// thing.
//
// Rules join mentions in the order of trust: the same words, also without suffixes and
// legal forms (exact); a full name with and without middle names, with initials or a
// nickname (initials); a bare surname and the latest compatible full name (surname); a
// first name after a full name (first-name); an acronym and its long form (acronym); the
// short form of an organization (short-form); one letter's difference in a long word
// (spelling). Each rule is one function in rules; the entity's Origin names the least
// trusted of the rules that made it.
//
// What is decided here and not obvious:
//
//   - Two full names are never joined unless one only leaves out or abbreviates parts of
//     the other.
//   - Where two people share a surname, a bare one is the person's who was mentioned
//     last; Mr. and Mrs. and the gender of first names may rule one out; where nobody was
//     mentioned before, it stays apart.
//   - The type of an entity is what the scores of its mentions vote for, and all its
//     mentions take it: one wrong label among right ones is repaired. Mentions in the
//     same words but of different types stay apart where both have good evidence
//     (Washington the city, Mr. Washington).
//   - Places and others are joined by exact form only.
package people
