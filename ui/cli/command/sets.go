package command

import (
	"fmt"
	"strings"

	"byline/annotate/team"
	"byline/articles/clean"
)

// FindSet returns the set of a team with that name, or an error that names those there are. That is no [UsageError]: as with the
// names of articles and of people, what is right to ask for depends on the library.
func FindSet(s *team.State, name string) (*team.Set, error) {
	name = clean.Line(name)
	if set := s.Set(name); set != nil {
		return set, nil
	}
	var names []string
	for _, set := range s.Sets {
		names = append(names, clean.Line(set.Name))
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%s: there is no set; \"byline team add\" makes one", name)
	}
	return nil, fmt.Errorf("%s: there is no set of this name; there are %s", name, strings.Join(names, ", "))
}
