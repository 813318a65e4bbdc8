package linear

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A command is one line of the table that reading a line, and the help, are made of.
type command struct {
	key  string // a character; "" for a line with nothing on it; "#" for a number
	word string // the same in full
	arg  string // what may follow: "WORDS"; empty for nothing
	help string
	do   func(s *Session, ctx context.Context, rest string) (string, error)
}

var libraryCommands = []command{
	{"#", "read", "", "read the article with this number in the list", (*Session).readNumber},
	{"l", "list", "WORDS", "list the articles, or those with the words in their title", (*Session).list},
	{"/", "search", "WORDS", "search in all articles", (*Session).search},
	{"a", "add", "PATH", "add a file or a folder", (*Session).add},
	{"?", "help", "", "list the commands", nil},
	{"q", "quit", "", "leave byline", (*Session).quit},
}

var articleCommands = []command{
	{"", "on", "", "read on: the next paragraph", (*Session).on},
	{"b", "back", "", "the paragraph before", (*Session).back},
	{"r", "repeat", "", "say this paragraph again", (*Session).again},
	{"g", "top", "", "to the beginning", (*Session).top},
	{"G", "end", "", "to the end", (*Session).end},
	{".", "next", "", "next name or quote (Tab as well)", (*Session).next},
	{",", "previous", "", "previous name or quote", (*Session).previous},
	{"l", "next-mention", "", "next mention of the same", (*Session).same},
	{"h", "previous-mention", "", "previous mention of the same", (*Session).samePrevious},
	{"}", "next-quote", "", "next quote", (*Session).nextQuote},
	{"{", "previous-quote", "", "previous quote", (*Session).previousQuote},
	{"a", "next-unreviewed", "", "next that nobody has reviewed", (*Session).unreviewed},
	{"s", "panel", "", "list people, organizations and quotes", (*Session).panel},
	{"#", "go", "", "to the one with this number in the last list", (*Session).row},
	{"i", "details", "", "all about this one: its forms and what it says", (*Session).details},
	{"y", "confirm", "", "confirm this one", (*Session).confirm},
	{"x", "reject", "", "not a name, not a quote", (*Session).reject},
	{"p", "person", "WORDS", "a person: this one, or the words, wherever the article has them", (*Session).person},
	{"o", "organization", "WORDS", "an organization, likewise", (*Session).organization},
	{"P", "person-here", "WORDS", "a person only here", (*Session).personHere},
	{"O", "organization-here", "WORDS", "an organization only here", (*Session).organizationHere},
	{"t", "label", "LABEL", "give this one a label of your own", (*Session).label},
	{"@", "speaker", "NAME", "the name is who says this quote", (*Session).speaker},
	{"u", "undo", "", "undo, without limit", (*Session).undo},
	{"U", "redo", "", "redo", (*Session).redo},
	{"/", "find", "WORDS", "find in the article", (*Session).findText},
	{"n", "find-next", "", "next place found", (*Session).findNext},
	{"N", "find-previous", "", "previous place found", (*Session).findPrevious},
	{"H", "outline", "", "list the headings", (*Session).outline},
	{"L", "links", "", "list the links", (*Session).links},
	{"e", "export", "FILE", "write the annotations to a file: .json, .jsonl or .md", (*Session).export},
	{"D", "done", "", "mark the article as done", (*Session).finish},
	{"?", "help", "", "list the commands", nil},
	{"q", "quit", "", "back to the library", (*Session).close},
}

// find returns the command that line asks for: by its character, by its word, or by
// a number, with what follows it.
func find(table []command, line string) (c command, rest string, ok bool) {
	if line == "\t" {
		line = "."
	}
	line = strings.TrimSpace(line)
	if _, err := strconv.Atoi(line); err == nil {
		return lookUp(table, func(c command) bool { return c.key == "#" }, line)
	}
	word, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	if c, rest, ok = lookUp(table, func(c command) bool { return c.word == word || c.key == word }, rest); ok {
		return c, rest, ok
	}
	// "/words" and "@Ann Lee" need no blank after a sign.
	r, n := utf8.DecodeRuneInString(line)
	sign := !unicode.IsLetter(r)
	return lookUp(table, func(c command) bool { return sign && c.key == line[:n] }, strings.TrimSpace(line[n:]))
}

func lookUp(table []command, is func(command) bool, rest string) (command, string, bool) {
	for _, c := range table {
		if is(c) {
			if rest != "" && c.arg == "" && c.key != "#" {
				continue
			}
			if c.do == nil {
				c.do = func(*Session, context.Context, string) (string, error) { return helpOf(table), nil }
			}
			return c, rest, true
		}
	}
	return command{}, "", false
}

// helpOf lists the commands of a table.
func helpOf(table []command) string {
	var b strings.Builder
	for _, c := range table {
		key := c.key
		switch key {
		case "":
			key = "Enter"
		case "#":
			key = "number"
		}
		if c.arg != "" {
			key += " " + c.arg
		}
		fmt.Fprintf(&b, "%s — %s", key, c.help)
		if c.key != "#" {
			fmt.Fprintf(&b, " (or: %s)", c.word)
		}
		b.WriteByte('\n')
	}
	return b.String()
}
