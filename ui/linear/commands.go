package linear

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/articles"
	"byline/articles/clean"
	"byline/ui/session"
)

// A command is one line of the table that reading a line, and the help, are made of.
type command struct {
	name string   // as texts name it in braces
	keys []string // characters; "" for a line with nothing on it; number for any number
	word string   // the same in full
	arg  string   // what may follow: "WORDS"; empty for nothing
	help string
	do   func(p *Prompt, ctx context.Context, rest string) (string, error)
	also []string // synonyms of the word
}

// number is the key of the command that a number is.
const number = session.AnyNumber

// onShelf makes a command of a method of the library.
func onShelf(do func(*shelf, context.Context, string) (string, error)) func(*Prompt, context.Context, string) (string, error) {
	return func(p *Prompt, ctx context.Context, rest string) (string, error) { return do(&p.shelf, ctx, rest) }
}

// add adds a file or folder to the library.
func add(p *Prompt, ctx context.Context, path string) (string, error) {
	if p.away() {
		return "", quiet("Files and addresses are not added over SSH. %s", p.shelf.toAdd())
	}
	if path == "" {
		return "", quiet("Add what to read: a PATH.")
	}
	added, err := p.shelf.svc.Add(ctx, path)
	return clean.Line(added), err
}

// libraryCommands are the commands of the library. Their keys are those of its screen; + is tab, as
// in an article, and what the screen does by keys that do not print, the trash, has words.
var libraryCommands = []command{
	{"read", []string{number}, "read", "", "Read the article with this number in the list, or list what it has of a person", readNumber, nil},
	{"list", []string{"/"}, "list", "WORDS", "List the articles, or those with WORDS in their title", onShelf((*shelf).list), nil},
	{"search", []string{"f"}, "search", "QUERY", "Search all texts, names and quotes", onShelf((*shelf).search), nil},
	{"assigned", nil, "assigned", "", "List what is assigned to you in a team and not done", onShelf((*shelf).assigned), nil},
	{"views", nil, "view", "NAME", "Show and count everybody's decisions (all), yours (mine), those of one other, or the curated ones; alone, list these", onShelf((*shelf).view), []string{"whose"}},
	{"people", []string{"W"}, "people", "NAME", "List the people, organizations and places of the library, or those with NAME", onShelf((*shelf).persons), []string{"who", "organizations", "names"}},
	{"add", []string{"a"}, "add", "PATH", "Add a file or folder", add, nil},
	{"sort", []string{"s"}, "sort", "ORDER", "Sort by added, title, date, opened, length, read, quotes or reviewed; alone, by the next of these", onShelf((*shelf).sort), nil},
	{"reverse", []string{"S"}, "reverse", "", "Reverse sort", onShelf((*shelf).reverseSort), nil},
	{"status", []string{"+"}, "status", "STATUS", "Show only articles that are unread, reading or done, or all; alone, the next of these (tab does the same)", onShelf((*shelf).status), []string{string(session.Next)}},
	{"by-tag", []string{"#"}, "by-tag", "TAG", "Show only articles with the tag; alone, all", onShelf((*shelf).byTag), nil},
	{"tags", []string{"t"}, "tags", "NUMBER TAGS", "Set the tags of the article with this number (comma-separated); none removes them", onShelf((*shelf).tagNumber), nil},
	{"done", []string{"D"}, "done", "NUMBER", "Mark the article with this number as done or unread", onShelf((*shelf).doneNumber), nil},
	{"remove", nil, "remove", "NUMBER", "Move the article with this number to the trash", onShelf((*shelf).remove), nil},
	{"trash", nil, "trash", "NUMBER", "List the trash; with a number of that list, restore the article", onShelf((*shelf).trash), []string{"restore"}},
	{"undo", []string{"u"}, "undo", "", "Undo marking, tagging or removing", onShelf((*shelf).undoLast), nil},
	{"help", []string{"?"}, "help", "", "List the commands", nil, nil},
	{"quit", []string{"q"}, "quit", "", "Quit", quit, nil},
}

// libraryFor returns the commands of the library for whoever reads: somebody who adds nothing is not told of what is refused.
func libraryFor(p *Prompt) []command {
	if !p.away() {
		return libraryCommands
	}
	own := slices.Clone(libraryCommands)
	for i := range own {
		switch own[i].name {
		case "add":
			own[i].help = ""
		case "remove", "trash":
			own[i].help, own[i].do = "", func(*Prompt, context.Context, string) (string, error) {
				return "", quiet("Over SSH no article is removed or restored: the library is of several.")
			}
		case "undo":
			own[i].help = "Undo marking or tagging"
		}
	}
	return own
}

// away reports whether whoever reads has nothing of this computer but its library.
func (p *Prompt) away() bool { return p.shelf.svc.Add == nil }

// inOrder are the groups of commands as the help lists them: first how to get about.
var inOrder = []string{"Move", "Step", "Panel and article", "Correct", "Find and jump", ""}

// articleCommands returns the commands of an article: what the session's table of actions
// offers line by line.
func articleCommands(svc Services) []command {
	var out []command
	taken, ownCommands := map[string]bool{}, own()
	rows := session.Actions(svc.Keys, svc.Labels...)
	slices.SortStableFunc(rows, func(a, b session.Row) int { return slices.Index(inOrder, a.Group) - slices.Index(inOrder, b.Group) })
	for _, r := range rows {
		if r.Line.Not != "" {
			continue
		}
		c := command{name: string(r.Name), keys: r.LineKeys(), word: r.Word(), arg: r.Line.Arg, help: r.Help, do: ownCommands[r.Name], also: r.Also}
		if session.IsLabel(r.Name) {
			c.keys = labelKeys(&r)
		}
		c.keys = slices.DeleteFunc(c.keys, func(key string) bool { return taken[key] })
		for _, key := range c.keys {
			taken[key] = true
		}
		if r.Line.Help != "" {
			c.help = r.Line.Help
		}
		if help, ok := awayHelp[r.Name]; ok && svc.Add == nil {
			c.help = help
		}
		if c.do == nil && r.Name != session.Help {
			c.do = func(p *Prompt, ctx context.Context, rest string) (string, error) {
				return p.do(ctx, session.Action{Name: r.Name, Text: rest})
			}
		}
		out = append(out, c)
	}
	return out
}

// labelKeys returns the keys of a label as lines. A digit alone numbers the lines of lists, so it comes after the key of labels.
func labelKeys(r *session.Row) []string {
	keys := r.LineKeys()
	for _, k := range r.Keys {
		if len(k) == 1 && k >= "0" && k <= "9" {
			keys = append(keys, "#"+k)
		}
	}
	return keys
}

// awayHelp is what some commands do for whoever has nothing of this computer but its library.
var awayHelp = map[session.Name]string{
	session.Open:   "Say the address of the link with this number in the last list",
	session.Export: "Say how to export the annotations, in your own shell",
	session.Copy:   "Say this name or quote with its source",
}

// find returns the command that line asks for: by its character, by its word, or by
// a number, with what follows it.
func find(table []command, line string) (c command, rest string, ok bool) {
	switch line {
	case "\t":
		line = string(session.Next)
	case "\x1b[Z": // what a terminal sends for shift+tab
		line = string(session.Previous)
	}
	line = strings.TrimSpace(line)
	if _, err := strconv.Atoi(line); err == nil {
		return lookUp(table, func(c command) bool { return slices.Contains(c.keys, number) }, line)
	}
	word, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	if c, rest, ok = lookUp(table, func(c command) bool { return c.is(word) }, rest); ok {
		return c, rest, ok
	}
	// "/words" and "@Ann Lee" need no blank after a sign.
	r, n := utf8.DecodeRuneInString(line)
	sign := !unicode.IsLetter(r)
	return lookUp(table, func(c command) bool { return sign && slices.Contains(c.keys, line[:n]) }, strings.TrimSpace(line[n:]))
}

// is reports whether word, a character or a word, asks for c.
func (c command) is(word string) bool {
	return c.word == word || c.name == word || slices.Contains(c.keys, word) || slices.Contains(c.also, word)
}

func lookUp(table []command, is func(command) bool, rest string) (command, string, bool) {
	for _, c := range table {
		if is(c) {
			if rest != "" && c.arg == "" && !slices.Contains(c.keys, number) {
				continue
			}
			if c.do == nil {
				c.do = func(*Prompt, context.Context, string) (string, error) { return helpOf(table), nil }
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
		if c.help == "" {
			continue
		}
		key := keysOf(c)
		if c.arg != "" {
			key += " " + c.arg
		}
		fmt.Fprintf(&b, "%s — %s", key, c.help)
		if !slices.Contains(c.keys, number) && c.word != keysOf(c) {
			fmt.Fprintf(&b, " (or:\u00a0%s)", c.word)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// keysOf spells the first key of a command; its word where it has none.
func keysOf(c command) string {
	if len(c.keys) == 0 {
		return c.word
	}
	switch c.keys[0] {
	case "":
		return "Enter"
	case number:
		return "number"
	}
	return c.keys[0]
}

// braced is the name of a command in a text.
var braced = regexp.MustCompile(`\{[a-z-]+\}`)

// spelled puts the keys of commands in place of their names in braces.
func (p *Prompt) spelled(text string) string {
	return braced.ReplaceAllStringFunc(text, func(name string) string {
		for _, c := range p.commands {
			if c.name == name[1:len(name)-1] {
				return keysOf(c)
			}
		}
		return name
	})
}

func readNumber(p *Prompt, ctx context.Context, number string) (string, error) {
	if id, ok := p.shelf.person(number); ok {
		return p.shelf.about(ctx, id)
	}
	e, err := p.shelf.numbered(number)
	if err != nil {
		return "", err
	}
	said, err := p.read(ctx, e.ID)
	if n, _ := strconv.Atoi(number); err == nil && n <= len(p.shelf.offsets) {
		off := p.shelf.offsets[n-1]
		what, _, _ := strings.Cut(said, "Paragraph ")
		return what + p.page.arrive(session.Place{Span: articles.Span{Start: off, End: off}}), nil
	}
	return said, err
}

func quit(p *Prompt, _ context.Context, _ string) (string, error) {
	p.done = true
	return "Bye.", nil
}
