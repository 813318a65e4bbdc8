// Package visitor is the table of commands that somebody may run from elsewhere, over SSH, and how texts that are written for whoever
// is at the computer read for them: no command, flag or file is named that they do not have.
package visitor

import (
	"regexp"
	"slices"
	"strings"

	"byline/annotate/format/formats"
	"byline/annotate/workspace/export"
	"byline/ui/shell"
)

// Commands are the commands that a visitor may run, with the flags that they may give: none names a file, and no argument of these
// commands does.
var Commands = map[string][]string{
	"blame":           {"format"},
	"diff":            {"format"},
	"export":          {"all", "bom", "by", "crlf", "curated", "flatten", "format", "kinds", "utf16", "where"},
	"linear":          {},
	"list":            {"format", "header", "where"},
	"log":             {"at", "format"},
	"people":          {"format", "kind", "merge", "split", "undo"},
	"quotes":          {"by", "format", "most", "said"},
	"review":          {"in-order", "where"},
	"search":          {"format", "most", "remove", "save"},
	"sync":            {"stdio"},
	"team":            {},
	"team adjudicate": {"kinds", "set"},
	"team agree":      {"annotators", "decided", "format", "kinds", "seed", "set"},
	"team guidelines": {},
	"team log":        {},
	"team progress":   {"format"},
	"team report":     {"for", "format", "set"},
	"version":         {},
}

// short are the flags with one letter, of all commands.
var short = map[string]string{"f": "format", "n": "most", "w": "where", "h": "help"}

// May reports whether a visitor may run the command at path, which is not empty, with a flag; an empty flag stands for none.
func May(path, flag string) bool {
	if path == "help" {
		return true
	}
	flags, ok := Commands[path]
	return ok && (flag == "" || flag == "help" || flag == "view" || slices.Contains(flags, flag))
}

// operator does for visitors what they may not.
const operator = "whoever runs the server"

var (
	// advised are commands in quotation marks, as advice has them.
	advised = regexp.MustCompile(`(["“])byline ([^"”\n]+)(["”])( on your own computer)?`)
	// plain are those without, in the middle of a text or where a command complains.
	plain = regexp.MustCompile(`\bbyline ((?:team )?[a-z]+|--view)\b`)
	// others are commands that visitors do not have, without quotation marks, with what they take.
	others = regexp.MustCompile(`\bbyline (add|annotate|backup|check|config|convert|eval|feed|import|remove|reread|restore|serve|suggest|tour|trash)( [A-Z]+)*\b`)
	// readOnly is what the library says to whoever may only read, with what it was doing.
	readOnly = regexp.MustCompile(`(?m)^(byline: |✗ )?.*the library is read-only(?:: [^;\n]*)?(?:; you may [^\n]*)?`)
)

// Words returns a text of the program as a visitor reads it: commands as they type them, "ssh HOST list", and whoever runs the
// server in place of those that they do not have.
func Words(text string) string {
	text = sentences.Replace(text)
	text = readOnly.ReplaceAllString(text, "${1}you may only read here, and change nothing")
	text = advised.ReplaceAllStringFunc(text, func(s string) string {
		m := advised.FindStringSubmatch(s)
		if m[4] != "" {
			return s
		}
		if own, ok := line(m[2]); ok && strings.Contains(own, `"`) {
			return "“" + own + "”" // it has such marks itself
		} else if ok {
			return m[1] + own + m[3]
		}
		return operator
	})
	text = others.ReplaceAllStringFunc(text, func(s string) string {
		if strings.Contains(text, s+"” on your own computer") || strings.Contains(text, s+"\" on your own computer") {
			return s
		}
		return operator
	})
	return plain.ReplaceAllStringFunc(text, func(s string) string {
		command := strings.TrimPrefix(s, "byline ")
		switch path := pathOf(strings.Fields(command)); {
		case command == "--view":
			return "ssh HOST linear --view"
		case path != "" && path != "sync":
			return "ssh HOST " + command
		}
		return s
	})
}

// sentences are those that are otherwise for visitors.
var sentences = strings.NewReplacer(
	"another program changed decisions", "somebody else changed decisions",
	"This terminal draws no pictures", "Pictures are not drawn over SSH",
	"; put a name of several words in quotes", "", "; put a title of several words in quotes", "", // see Apart
)

// pathOf returns the command that words begin with; empty if it is none of a visitor's.
func pathOf(words []string) string {
	for n := min(2, len(words)); n > 0; n-- {
		if path := strings.Join(words[:n], " "); May(path, "") && (path != "team" || len(words) == 1 || strings.HasPrefix(words[1], "-")) {
			return path
		}
	}
	return ""
}

// line returns a line of a shell, without the name of the program, as a visitor types it: what went into a file by a flag of the
// program goes there by their shell. It returns false where the line is none for visitors.
func line(whole string) (string, bool) {
	command, pipe, piped := strings.Cut(whole, " | ")
	words, _, err := shell.Split(command)
	if err != nil {
		words = strings.Fields(command)
	}
	words, file := toFile(words)
	path := pathOf(words)
	if path == "" || path == "sync" {
		return "", false
	}
	for _, w := range words {
		flag, _, _ := strings.Cut(w, "=")
		name := strings.TrimLeft(flag, "-")
		if long, ok := short[name]; ok {
			name = long
		}
		if flag != name && !May(path, name) {
			return "", false
		}
	}
	command = "ssh HOST "
	if path == "review" { // which is a screen
		command = "ssh -t HOST "
	}
	command += shell.Behind(words...)
	if file != "" {
		command += " > " + file
	}
	if piped {
		command += " | " + pipe
	}
	return command, true
}

// toFile returns the words of a command without those that name the file or folder that it writes, and the file that the shell writes
// instead; empty for none.
func toFile(words []string) (left []string, file string) {
	for i, w := range words {
		if (w == "-o" || w == ">") && i+1 < len(words) {
			file = words[i+1]
			words = slices.Delete(slices.Clone(words), i, i+2)
			break
		}
	}
	if file == "FOLDER" {
		return words, "FILE"
	}
	if folder, ok := strings.CutSuffix(file, "/"); ok {
		return words, folder + extension(strings.Join(words, " "))
	}
	return words, file
}

// extension returns that of the one file into which articles are exported by a command that has a folder.
func extension(command string) string {
	f := formats.Named("json")
	if m := inFormat.FindStringSubmatch(command); m != nil && formats.Named(m[1]) != nil {
		f = formats.Named(m[1])
	}
	if export.Zips(f, true) {
		return ".zip"
	}
	return f.Extension
}

var inFormat = regexp.MustCompile(`(?:-f|--format)[ =]([a-z0-9]+)`)

// Example returns the examples of a command for visitors: those that they can type.
func Example(text string) string {
	var out []string
	for one := range strings.Lines(text) {
		if own, ok := line(strings.TrimPrefix(strings.TrimSpace(one), "byline ")); ok {
			out = append(out, "  "+own)
		}
	}
	return strings.Join(out, "\n")
}
