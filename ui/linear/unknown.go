package linear

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"byline/articles/clean"
	"byline/ui/session"
)

// unknown says what to do about a line that is no command here.
func (p *Prompt) unknown(line string) string {
	word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
	here, there := libraryCommands, p.commands
	elsewhere := "is a command for an article: read one first, by its number."
	if p.page != nil {
		here, there = there, here
		elsewhere = "is a command for the library: q goes back there."
	}
	switch {
	case word == "":
		return "Type the number of an article to read it; ? lists the commands."
	case slices.ContainsFunc(here, func(c command) bool { return c.is(word) }):
		return fmt.Sprintf("%s takes nothing after it.", named(word))
	case p.page != nil && p.onScreen(word) != "":
		return fmt.Sprintf("%s is not a command here: %s.", named(word), p.onScreen(word))
	case slices.ContainsFunc(there, func(c command) bool { return c.is(word) }):
		return named(word) + " " + elsewhere
	}
	if near := startingWith(here, word); len(near) > 0 {
		return fmt.Sprintf("%s is not a command. Did you mean %s?", named(word), strings.Join(near, ", "))
	}
	return named(word) + " is not a command here; ? lists the commands."
}

// onScreen says what stands for an action that only the screen has; empty if word is no such action.
func (p *Prompt) onScreen(word string) string {
	rows := session.Actions(p.shelf.svc.Keys, p.shelf.svc.Labels...)
	for _, r := range rows {
		if r.Line.Not != "" && (string(r.Name) == word || slices.Contains(r.Keys, word) || slices.Contains(r.Also, word)) {
			if r.Name == session.EditSource && p.away() {
				return "no file is edited over SSH"
			}
			return p.words(r.Line.Not)
		}
	}
	for _, r := range rows { // a key of the screen, of which the command has another
		if i := slices.IndexFunc(p.commands, func(c command) bool { return c.name == string(r.Name) }); i >= 0 && slices.Contains(r.Keys, word) {
			return "it is " + keysOf(p.commands[i])
		}
	}
	return ""
}

// words returns a text of the program in the words of whoever reads it.
func (p *Prompt) words(text string) string {
	if p.shelf.svc.Words == nil {
		return text
	}
	return p.shelf.svc.Words(text)
}

// startingWith returns the words of the commands that start with word.
func startingWith(table []command, word string) []string {
	var near []string
	for _, c := range table {
		if len(word) > 1 && strings.HasPrefix(c.word, word) {
			near = append(near, c.word)
		}
	}
	return near
}

// named returns what was typed in quotation marks, cut where it is long.
func named(word string) string {
	const most = 30
	word = strings.TrimFunc(clean.Line(word), unicode.IsSpace)
	if r := []rune(word); len(r) > most {
		word = string(r[:most]) + "…"
	}
	return "“" + word + "”"
}
