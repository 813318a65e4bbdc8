package names

import "byline/annotate"

// Rules returns the rules that an Origin of this package names, with what they go by.
func Rules() []annotate.Rule {
	return []annotate.Rule{
		{Name: Rule, Says: "A model that learned from annotated texts weighs the word, its neighbours, the lists, and where else the text has it."},
		{Name: Firm, Says: "Names on both sides of an ampersand are one organization."},
		{Name: Again, Says: "The article names somebody in full whose surname this is."},
	}
}
