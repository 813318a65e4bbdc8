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
	{"s", "sort", "ORDER", "sort by added, title, date, opened, length, read, quotes or reviewed; alone, by the next of these", (*Session).sort},
	{"S", "reverse", "", "turn the order round", (*Session).turnRound},
	{"f", "status", "STATUS", "only articles that are unread, reading or done; all for all", (*Session).status},
	{"T", "by-tag", "TAG", "only articles with the tag; alone, all", (*Session).byTag},
	{"t", "tags", "NUMBER TAGS", "give the article with this number tags, with commas between; none takes them away", (*Session).tagNumber},
	{"D", "done", "NUMBER", "mark the article with this number as done, or as unread", (*Session).doneNumber},
	{"X", "remove", "NUMBER", "remove the article with this number from the library", (*Session).remove},
	{"u", "undo", "", "take back what was marked, tagged or removed last", (*Session).takeBack},
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
	{"]", "next-entity", "", "next person, organization or other name that was not met before", (*Session).nextEntity},
	{"[", "previous-entity", "", "previous one", (*Session).previousEntity},
	{"l", "next-mention", "", "next mention of the same", (*Session).same},
	{"h", "previous-mention", "", "previous mention of the same", (*Session).samePrevious},
	{"}", "next-quote", "", "next quote", (*Session).nextQuote},
	{"{", "previous-quote", "", "previous quote", (*Session).previousQuote},
	{"a", "next-unreviewed", "", "next that nobody has reviewed", (*Session).unreviewed},
	{"A", "least-certain", "", "of those that nobody has reviewed the least certain", (*Session).leastCertain},
	{"s", "panel", "WORDS", "list people, organizations and quotes, or those with the words in them", (*Session).panel},
	{"#", "go", "", "to the one with this number in the last list", (*Session).row},
	{"i", "details", "", "all about this one: its forms, what it says, other articles", (*Session).details},
	{"w", "why", "", "why this is marked: the rule, its words, how sure", (*Session).why},
	{"y", "confirm", "", "confirm this one", (*Session).confirm},
	{"Y", "confirm-next", "", "confirm it and go to the next unreviewed", (*Session).confirmNext},
	{"X", "reject-next", "", "reject it and go to the next unreviewed", (*Session).rejectNext},
	{"x", "reject", "", "not a name, not a quote", (*Session).reject},
	{"p", "person", "WORDS", "a person: this one, or the words, wherever the article has them", (*Session).person},
	{"o", "organization", "WORDS", "an organization, likewise", (*Session).organization},
	{"P", "person-here", "WORDS", "a person only here", (*Session).personHere},
	{"O", "organization-here", "WORDS", "an organization only here", (*Session).organizationHere},
	{"t", "label", "LABEL", "give this one a label of your own", (*Session).label},
	{"@", "speaker", "NAME", "the name is who says this quote; nobody for nobody", (*Session).speaker},
	{"^", "cue", "WORDS", "the words lead in this quote; alone, nothing does", (*Session).cue},
	{"m", "merge", "NAME", "this one is the same as the name", (*Session).merge},
	{"S", "split", "", "this one is not the same as the others", (*Session).split},
	{"R", "rename", "NAME", "call this one by the name", (*Session).rename},
	{"<", "start-earlier", "", "this one begins a word earlier", (*Session).startEarlier},
	{"_", "start-later", "", "this one begins a word later", (*Session).startLater},
	{"+", "end-later", "", "this one ends a word later", (*Session).endLater},
	{"-", "end-earlier", "", "this one ends a word earlier", (*Session).endEarlier},
	{"*", "everywhere", "KIND", "every place of this name is of the kind", (*Session).everywhere},
	{"=", "alike", "", "confirm all mentions of this one", (*Session).alike},
	{"%", "note", "WORDS", "a note on this one", (*Session).note},
	{"~", "question", "", "a question mark on this one", (*Session).question},
	{"B", "history", "", "by whom: who decided what, and when", (*Session).history},
	{"u", "undo", "", "undo, without limit", (*Session).undo},
	{"U", "redo", "", "redo", (*Session).redo},
	{"/", "find", "WORDS", "find in the article", (*Session).findText},
	{"n", "find-next", "", "next place found", (*Session).findNext},
	{"N", "find-previous", "", "previous place found", (*Session).findPrevious},
	{"H", "outline", "", "list the headings", (*Session).outline},
	{"L", "links", "", "list the links", (*Session).links},
	{"&", "open", "NUMBER", "open the link with this number in the last list", (*Session).openLink},
	{"M", "set-mark", "NAME", "set a mark here", (*Session).setMark},
	{"'", "go-to-mark", "NAME", "go to a mark; alone, list them", (*Session).goToMark},
	{"(", "jump-back", "", "back to where you were before a jump", (*Session).jumpBack},
	{")", "jump-forth", "", "forth again", (*Session).jumpForth},
	{"c", "copy", "", "copy this name or quote with its source", (*Session).copy},
	{"T", "tags", "TAGS", "give the article tags, with commas between; none takes them away", (*Session).tagPage},
	{"!", "orphans", "", "list decisions that lost their place when the source changed", (*Session).orphans},
	{"e", "export", "FILE", "write the annotations to a file: .json, .jsonl, .md, .csv or .ann", (*Session).export},
	{"D", "done", "", "mark the article as done, or as unread", (*Session).finish},
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
