package session

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Every reason has words, without a full stop, and every action that they name is in the table.
func TestReasonsHaveWords(t *testing.T) {
	t.Parallel()
	named := regexp.MustCompile(`\{([a-z-]+)\}`)
	for r := NoClaim; r <= NoNotes; r++ {
		for _, lines := range []bool{false, true} {
			words := r.Words(lines)
			if (words == "") != (r == NoWords) || strings.HasSuffix(words, ".") || strings.Count(words, "%") != strings.Count(words, "%s")+strings.Count(words, "%[1]s") {
				t.Errorf("%d: %q", r, words)
			}
			for _, m := range named.FindAllStringSubmatch(words, -1) {
				if !slices.ContainsFunc(Actions(nil), func(r Row) bool { return string(r.Name) == m[1] }) {
					t.Errorf("%s of %q is not in the table", m[1], words)
				}
			}
		}
	}
}
