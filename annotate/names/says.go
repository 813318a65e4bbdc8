package names

import "byline/annotate"

// Rules returns the rule that an Origin of this package names, with what it goes by.
func Rules() []annotate.Rule {
	return []annotate.Rule{{Name: Rule, Says: "A model that learned from annotated texts weighs the word, its neighbours, the lists, and where else the text has it."}}
}
