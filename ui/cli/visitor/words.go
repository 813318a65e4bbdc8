package visitor

import (
	"regexp"
	"slices"
	"strings"

	"byline/ui/shell"
)

// A Word is a word of a command that came over SSH, where the client's shell has taken one pair of quotation marks and ssh has joined the words.
type Word struct {
	Text   string
	Quoted string // the same, with the double quotation marks that it had
}

// switches are the flags that take no value.
var switches = []string{"all", "bom", "crlf", "curated", "decided", "header", "help", "in-order", "remove", "stdio", "undo", "utf16"}

// one are the commands that take one name or title, which may be of several words.
var one = []string{"people", "log", "blame", "team guidelines", "team progress"}

// none are the commands that take no words but those of flags.
var none = []string{"linear", "list", "review", "team log", "version"}

// named are the flags that take a name, or several, which may be of several words.
var named = []string{"annotators", "by", "for", "merge", "save", "set", "split", "view"}

// queries are the commands that take a query.
var queries = []string{"search", "quotes"}

// clock is the second word of a time.
var clock = regexp.MustCompile(`^\d{1,2}:\d{2}`)

// Arrange returns the words of a command as arguments. What cannot be meant as separate words is one: the words of a query, a name, or a
// title, where the command takes no more than one, and what follows a flag that takes several words where nothing else is left to be.
func Arrange(words []Word) []string {
	if len(words) > 0 && words[0].Text == "--" {
		words = words[1:]
	}
	var all []string
	for _, w := range words {
		all = append(all, w.Text)
	}
	path := pathOf(all)
	if path == "" || slices.Contains(all, "--") {
		return all
	}
	a := arranged{path: path}
	for _, w := range words[strings.Count(path, " ")+1:] {
		a.take(w)
	}
	return a.args()
}

// arranged are the words of a command so far.
type arranged struct {
	path  string
	flags [][]string // each with its name first, and its value
	texts []Word     // of no flag
	last  string     // the flag that the words belong to; empty for none
	begun bool       // it has a value
}

func (a *arranged) take(w Word) {
	name, value, set := strings.Cut(w.Text, "=")
	flag := strings.TrimLeft(name, "-")
	if long, ok := short[flag]; ok && strings.HasPrefix(name, "-") && !strings.HasPrefix(name, "--") {
		flag = long
	}
	if strings.HasPrefix(name, "-") && May(a.path, flag) && flag != "" {
		a.last, a.begun = flag, set
		if slices.Contains(switches, flag) {
			a.last = ""
			a.flags = append(a.flags, []string{w.Text})
			return
		}
		a.flags = append(a.flags, []string{name})
		if set {
			_, quoted, _ := strings.Cut(w.Quoted, "=")
			a.add(a.valueOf(Word{value, quoted}))
		}
		return
	}
	switch {
	case a.last != "" && !a.begun:
		a.begun = true
		a.add(a.valueOf(w))
	case a.last != "" && a.goesOn(w.Text):
		a.add(a.valueOf(w))
	default:
		a.last = ""
		a.texts = append(a.texts, w)
	}
}

// valueOf returns a word as part of the value of the last flag: a query has its phrases, and names in fields, in quotation marks.
func (a *arranged) valueOf(w Word) string {
	if a.last == "where" && isPhrase(w) && !(strings.HasPrefix(w.Quoted, `"`) && strings.Contains(w.Text, ":")) {
		return w.Quoted
	}
	return w.Text
}

// add adds a word to the value of the last flag.
func (a *arranged) add(word string) {
	f := &a.flags[len(a.flags)-1]
	if len(*f) == 1 {
		*f = append(*f, word)
		return
	}
	(*f)[1] += " " + word
}

// goesOn reports whether a word can be nothing but a part of the value before it.
func (a *arranged) goesOn(word string) bool {
	switch a.last {
	case "where":
		return true // with it a command takes nothing else
	case "at":
		return clock.MatchString(word)
	case "view":
		return slices.Contains(none, a.path)
	case "set":
		return a.path == "team agree" || a.path == "team report" // which take the name of a set once
	case "merge", "split", "by":
		return len(a.texts) > 0 && !slices.Contains(queries, a.path)
	}
	return false
}

func (a *arranged) args() []string {
	out := strings.Fields(a.path)
	for _, f := range a.flags {
		out = append(out, strings.Join(f, "="))
	}
	var texts []string
	for _, w := range a.texts {
		text := w.Text
		if slices.Contains(queries, a.path) && isPhrase(w) && (len(a.texts) > 1 || !strings.Contains(text, ":")) {
			text = w.Quoted
		}
		texts = append(texts, text)
	}
	if len(texts) > 1 && slices.Contains(one, a.path) {
		texts = []string{strings.Join(texts, " ")}
	}
	return append(out, texts...)
}

// isPhrase reports whether a word had the marks of a phrase, or of a name in a field, as queries have them.
func isPhrase(w Word) bool {
	return strings.Contains(w.Text, " ") && w.Quoted != w.Text && !strings.Contains(w.Text, `"`)
}

// Apart returns the command that somebody typed, with two pairs of quotation marks around what may belong together: words behind the first of
// a name that a flag takes, of which ssh has made words of their own. It is empty if there are none, or there were such pairs.
func Apart(words []Word) string {
	var all []string
	for _, w := range words {
		if strings.Contains(w.Text, " ") {
			return ""
		}
		all = append(all, w.Text)
	}
	path := pathOf(all)
	if path == "" {
		return ""
	}
	args := Arrange(words)
	for i := range all {
		first, end := nameAt(all, i)
		if before := all[min(strings.Count(path, " ")+1, i):i]; end == len(all) && slices.Contains(asking, path) && (len(before) == 0 || isFlag(before[0])) {
			end-- // the article
		}
		if end <= first+1 {
			continue
		}
		name := strings.Join(all[first:end], " ")
		if together := func(arg string) bool { return strings.HasSuffix(arg, "="+name) }; !slices.ContainsFunc(args, together) {
			return "ssh HOST " + shell.Behind(slices.Concat(all[:first], []string{name}, all[end:])...)
		}
	}
	return ""
}

// asking are the commands that ask for an article, behind or before their flags.
var asking = []string{"blame", "diff", "export", "log", "team adjudicate"}

func isFlag(word string) bool { return strings.HasPrefix(word, "-") }

// nameAt returns which words may be the name that the i-th of all takes, if that is a flag with a name: all up to the next flag. There are none
// if it is no such flag.
func nameAt(all []string, i int) (first, end int) {
	flag, _, set := strings.Cut(all[i], "=")
	if !isFlag(flag) || !slices.Contains(named, strings.TrimLeft(flag, "-")) {
		return i, i
	}
	if first = i; !set {
		first++
	}
	for end = first; end < len(all) && (end == i || !isFlag(all[end])); end++ {
	}
	return first, end
}
