package people

import "byline/annotate"

// A rule joins clusters; it gets its own index, to record in the clusters.
type rule struct {
	annotate.Rule
	join func(g *grouping, rule int)
}

// rules are the rules in the order in which they apply, the most trusted first. Before all of
// them, mentions with the same words are joined.
var rules = [...]rule{
	{annotate.Rule{Name: "initials", Says: "The same surname, and first names that are the same, short forms or initials."}, initials},
	{annotate.Rule{Name: "surname", Says: "The same surname as someone named in full."}, surnames},
	{annotate.Rule{Name: "first-name", Says: "The same first name as someone named in full."}, firstNames},
	{annotate.Rule{Name: "part-of-name", Says: "Part of the longer name of exactly one person."}, parts},
	{annotate.Rule{Name: "definition", Says: "A name and its abbreviation are side by side, one in parentheses."}, definitions},
	{annotate.Rule{Name: "acronym", Says: "The initial letters of a longer name."}, acronyms},
	{annotate.Rule{Name: "short-form", Says: "The first words of the longer name of exactly one organization."}, shortForms},
	{annotate.Rule{Name: "ending", Says: "The last words of the longer name of exactly one organization named before."}, endings},
	{annotate.Rule{Name: "spelling", Says: "One letter differs from a long surname in the same article."}, joinSpellings},
}

// exactly is the rule of an entity that no other rule contributed to.
var exactly = annotate.Rule{Name: "exact", Says: "The same words, apart from titles, suffixes and legal forms."}

// Rules returns the rules in the origins of entities, the most trusted first.
func Rules() []annotate.Rule {
	all := []annotate.Rule{exactly}
	for i := range rules {
		all = append(all, rules[i].Rule)
	}
	return all
}
