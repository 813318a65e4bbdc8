package config

import (
	"slices"
	"strings"
	"time"
)

// An Annotator is a program that is asked for names and quotes.
type Annotator struct {
	Name    string
	Dir     string            // the folder of the settings file, in which it is run; empty if that has none
	Command []string          // the program and its arguments; empty if the file does not set it
	Types   map[string]string // its types → types of byline or labels; "" leaves a type out
	Timeout time.Duration     // for an answer; 0 if the file does not set it
	Batch   int               // texts sent ahead of the answers; 0 if the file does not set it
}

var annotatorTable = setting{
	name: "annotators.",
	doc: `
Programs that are asked for names and quotes, by names that you choose, without commas:
see "byline help suggest". The command is run without a shell, in the folder of this
file, wherever you are: a path in it is relative to that folder, and a program without
one is looked for in PATH alone. Types that it gives become person, organization, place,
other or a label of your own; "" leaves one out. It is killed if it takes longer than
its timeout for an answer; batch is how many texts it gets ahead of its answers.`,
	value: `
spacy.command = ["python3", "spacy_byline.py", "en_core_web_sm"]
spacy.types.NORP = ""
spacy.timeout = "2m"
spacy.batch = 8`,
	set: func(c *Config, rest string, v any) string {
		name, key, _ := strings.Cut(rest, ".")
		if name == "" || len(name) > 40 || !printable(name) {
			return "a short name of the program before the dot, as in spacy.command"
		}
		if strings.Contains(name, ",") {
			return "a name of the program without a comma, which stands between names in lists"
		}
		i := slices.IndexFunc(c.Annotators, func(a Annotator) bool { return a.Name == name })
		if i < 0 {
			i = len(c.Annotators)
			c.Annotators = append(c.Annotators, Annotator{Name: name, Types: map[string]string{}})
		}
		return setAnnotator(&c.Annotators[i], key, v)
	},
}

// commandless returns a problem for each annotator of leaves, the settings of a file, that has no command.
func commandless(c *Config, path string, leaves []leaf) []Problem {
	var out []Problem
	for _, a := range c.Annotators {
		named := func(l leaf) bool { return strings.HasPrefix(l.name, annotatorTable.name+a.Name+".") }
		if len(a.Command) > 0 || slices.ContainsFunc(leaves, func(l leaf) bool { return named(l) && strings.HasSuffix(l.name, ".command") }) {
			continue
		}
		i := slices.IndexFunc(leaves, named)
		out = append(out, Problem{Path: path, Line: leaves[max(i, 0)].line, What: quotedName("annotators."+a.Name) + " has no command",
			Fix: "write " + quotedName(a.Name) + ".command = [\"python3\", \"spacy_byline.py\"], or whatever runs it"})
	}
	return out
}

// setAnnotator sets one of the settings of a. It returns what that accepts, or nothing.
func setAnnotator(a *Annotator, key string, v any) (takes string) {
	if of, ok := strings.CutPrefix(key, "types."); ok && of != "" {
		return setType(a, of, v)
	}
	switch key {
	case "command":
		words, ok := wordList(v)
		if !ok {
			return "a program and its arguments, such as [\"python3\", \"spacy_byline.py\"]"
		}
		a.Command = words
	case "timeout":
		d, ok := timeOf(v)
		if !ok {
			return "a time from \"100ms\" to \"24h\", such as \"60s\""
		}
		a.Timeout = d
	case "batch":
		n, ok := v.(int64)
		if !ok || n < 1 || n > 1000 {
			return "a whole number from 1 to 1000"
		}
		a.Batch = int(n)
	case "types":
		return "a type of the program after types, as in types.NORP = \"group\""
	default:
		return "one of command, types, timeout and batch after the name"
	}
	return ""
}

// wordList returns a list of strings, of which the first is not empty.
func wordList(v any) ([]string, bool) {
	list, ok := v.([]any)
	if !ok || len(list) == 0 {
		return nil, false
	}
	words := make([]string, len(list))
	for i := range list {
		if words[i], ok = list[i].(string); !ok || strings.ContainsRune(words[i], 0) {
			return nil, false
		}
	}
	return words, words[0] != ""
}

// timeOf returns a time that an answer may take.
func timeOf(v any) (time.Duration, bool) {
	s, _ := v.(string)
	d, err := time.ParseDuration(s)
	return d, err == nil && d >= time.Second/10 && d <= 24*time.Hour
}

// setType sets what a type of a becomes. It returns what that accepts, or nothing.
func setType(a *Annotator, of string, v any) (takes string) {
	t, ok := v.(string)
	switch {
	case !ok || len(t) > 40 || !printable(t):
		return "a type in quotes, such as \"place\", or \"\" to leave it out"
	case strings.EqualFold(t, "quote") || strings.EqualFold(t, "quotes"):
		return "a type of names, such as \"place\", or \"\" to leave it out; quotes come in the \"quotes\" of an answer"
	}
	a.Types[of] = t
	return ""
}
