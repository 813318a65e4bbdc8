//go:build !fuzz

package linear

import (
	"slices"
	"strings"
	"testing"

	"byline/ui"
	"byline/ui/library"
	"byline/ui/session"
)

// without says why an action of the screens has no command of its own here.
var without = map[ui.Action]string{
	"library.sync":     "byline feed sync fetches new articles",
	"library.together": "byline sync does it",
	"library.saved":    "f @NAME runs a saved search",
	"library.samples":  "byline restore --samples brings the stories back",

	"library.team": "byline team progress prints it",
	"library.open": "the number opens an article", "library.filter": "/ WORDS narrows the list",
	"library.review":     "a goes through what is unreviewed in an article",
	"library.adjudicate": "byline team adjudicate --linear asks line by line",
	"library.article":    "i in an open article says it",
	"library.look":       "an article says who is in it when it opens", "library.reload": "/ reads the library again",
	"library.clear": "/ lists all again",
	"library.down":  "there is no cursor", "library.up": "there is no cursor",
	"library.page-down": "there is no cursor", "library.page-up": "there is no cursor",
	"library.first": "there is no cursor", "library.last": "there is no cursor",
}

// Whatever the screens can do, a command can, or the tables say why not.
func TestEveryActionHasACommand(t *testing.T) {
	t.Parallel()
	words := map[string]bool{}
	for _, c := range libraryCommands {
		words[c.word] = true
	}
	for _, b := range library.Bindings() {
		_, word, _ := strings.Cut(string(b.Action), ".")
		reason := without[b.Action]
		if !words[word] && reason == "" {
			t.Errorf("%s (%s) has no command", b.Action, b.Help)
		}
		if words[word] && reason != "" {
			t.Errorf("%s has a command although %s", b.Action, reason)
		}
	}
	commands := articleCommands(Services{})
	for name := range own() {
		if !slices.ContainsFunc(commands, func(c command) bool { return c.name == string(name) }) {
			t.Errorf("%s is not in the table", name)
		}
	}
	for _, r := range session.Actions(nil) {
		has := slices.ContainsFunc(commands, func(c command) bool { return c.name == string(r.Name) })
		if has == (r.Line.Not != "") {
			t.Errorf("%s has a command: %t, and says %q", r.Name, has, r.Line.Not)
		}
	}
}
