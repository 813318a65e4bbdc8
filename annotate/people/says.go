package people

import "byline/annotate"

// Rules returns every rule that an Origin of this package may name, with what it goes
// by, in the order of trust.
func Rules() []annotate.Rule {
	return []annotate.Rule{
		{Name: "exact", Says: "The same words, titles and suffixes aside."},
		{Name: "initials", Says: "One first name is the initial, or the short form, of the other."},
		{Name: "surname", Says: "The surname of somebody who is named in full before."},
		{Name: "first-name", Says: "The first name of somebody who is named in full before."},
		{Name: "acronym", Says: "The first letters of the longer name."},
		{Name: "short-form", Says: "A part of the longer name of the organization."},
		{Name: "spelling", Says: "One letter's difference in a long name."},
	}
}
