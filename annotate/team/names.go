package team

import (
	"fmt"
	"slices"
	"strings"
)

// reserved are names that mean something of their own wherever people are named: in queries, views and flags.
var reserved = []string{"me", "mine", "all", "everybody", "curated", "machine", "nobody"}

// CheckName returns an error if a person cannot be called name, in any case.
func CheckName(name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return fmt.Errorf("the name of a person is empty")
	case slices.Contains(reserved, strings.ToLower(name)):
		return fmt.Errorf("%s: nobody can be called that, as it has a meaning in queries and views; write another name", name)
	}
	return nil
}

// Spelt returns name as one of names has it: to the letter or else, if only one of them is the same but for case, that one. It is
// name itself if there is none.
func Spelt(names []string, name string) string {
	if slices.Contains(names, name) {
		return name
	}
	same := slices.DeleteFunc(slices.Clone(names), func(s string) bool { return !strings.EqualFold(s, name) })
	if slices.Sort(same); len(slices.Compact(same)) == 1 {
		return same[0]
	}
	return name
}
