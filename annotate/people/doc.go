// Package people says which mentions by name are of the same person, organization or
// thing.
//
// Rules join mentions in the order of trust: the same words, also without titles, suffixes
// and legal forms (exact); a full name with and without middle names, with initials or a
// nickname (initials); a bare surname and a compatible full name (surname); a first name
// after a full name (first-name); words out of a longer name (part-of-name); an
// abbreviation in parentheses (definition); an acronym and its long form (acronym); the
// first or last words of an organization (short-form, ending); one letter's difference in
// a long word (spelling). Each rule is one function in rules; the entity's Origin names
// the least trusted of the rules that made it, and its score says how likely it is whole
// and nobody else's, see scores.
//
// What is decided here and not obvious:
//
//   - Two full names are never joined unless one only leaves out or abbreviates parts of
//     the other.
//   - Where two people share a surname, a bare one is the person's whom it named last, and
//     before that the person's who was mentioned most: the one whom the text is about. Mr.
//     and Mrs. and the gender of first names may rule one out, and so do Jr. and numerals;
//     where nobody was mentioned before, it stays apart.
//   - Mr. Quill and Mrs. Quill are two people, and so are Louis XIII and Louis XIV.
//   - The first words of an organization are short for it where they come later, or leave
//     out a word that says nothing; a subsidiary comes after its company.
//   - The type of an entity is what the scores of its mentions vote for, and all its
//     mentions take it: one wrong label among right ones is repaired. Mentions in the
//     same words but of different types stay apart where both have good evidence
//     (Washington the city, Mr. Washington), or where one has a legal form (Ferris & Co.).
//   - Places and others are joined by exact form only.
package people
