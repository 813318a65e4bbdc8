package linear

import (
	"strings"
	"testing"

	"byline/ui"
	"byline/ui/library"
	"byline/ui/reader"
)

// without says why an action of the screens has no command of its own here.
var without = map[ui.Action]string{
	"reader.down": "Enter reads on by paragraphs", "reader.up": "b goes back by paragraphs",
	"reader.page-down": "there are no pages", "reader.page-up": "there are no pages",
	"reader.half-down": "there are no pages", "reader.half-up": "there are no pages",
	"reader.select":    "p WORDS and o WORDS take the words themselves",
	"reader.tab":       "s lists people, organizations and quotes at once",
	"reader.versions":  "byline diff prints what changed",
	"library.sync":     "byline feed sync fetches what is new",
	"library.saved":    "/ @NAME asks a saved search",
	"reader.filter":    "s WORDS narrows the list",
	"reader.zen":       "there is nothing but the text",
	"reader.hints":     "p WORDS and o WORDS take the words themselves",
	"reader.candidate": "p WORDS and o WORDS take the words themselves",
	"reader.again":     "the line is typed again",
	"reader.clear":     "nothing stays marked or selected",

	"library.open": "the number opens an article", "library.filter": "l WORDS narrows the list",
	"library.review": "a goes through what is unreviewed in an article",
	"library.look":   "an article says who is in it when it opens", "library.reload": "l reads the library again",
	"library.clear": "l lists all again",
	"library.down":  "there is no cursor", "library.up": "there is no cursor",
	"library.page-down": "there is no cursor", "library.page-up": "there is no cursor",
	"library.first": "there is no cursor", "library.last": "there is no cursor",
}

// Whatever the screens can do, a command can, or the table above says why not.
func TestEveryActionHasACommand(t *testing.T) {
	for _, c := range []struct {
		bindings []ui.Binding
		table    []command
	}{{reader.Bindings(), articleCommands}, {library.Bindings(), libraryCommands}} {
		words := map[string]bool{}
		for _, cmd := range c.table {
			words[cmd.word] = true
		}
		for _, b := range c.bindings {
			_, word, _ := strings.Cut(string(b.Action), ".")
			reason := without[b.Action]
			if !words[word] && reason == "" {
				t.Errorf("%s (%s) has no command", b.Action, b.Help)
			}
			if words[word] && reason != "" {
				t.Errorf("%s has a command although %s", b.Action, reason)
			}
		}
	}
}
