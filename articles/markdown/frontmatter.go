package markdown

import (
	"regexp"
	"strings"

	"byline/articles"
	"byline/articles/clean"
)

// longestMatter is the most bytes of front matter.
const longestMatter = 16 << 10

// readFrontMatter parses the front matter at the start of src, YAML between lines of --- or TOML
// between lines of +++, and returns what follows it. It understands the parts of both that
// articles use: words, quoted or not, lists and folded text at the outermost level. A block with
// any other line is not front matter.
func readFrontMatter(src []byte, a *articles.Article) []byte {
	head := string(src[:min(len(src), longestMatter)])
	for _, m := range matters {
		rest, ok := strings.CutPrefix(head, m.mark+"\n")
		if !ok {
			continue
		}
		at := strings.Index("\n"+rest, "\n"+m.mark+"\n")
		if at < 0 || !m.lines.MatchString(rest[:at]) {
			return src
		}
		for _, f := range fields(rest[:at], m.sign) {
			describe(a, f.key, f.value)
		}
		return src[at+2*len(m.mark)+2:]
	}
	return src
}

// matters are the delimiters of front matter, the sign after a key, and the form of its lines.
var matters = []struct {
	mark, sign string
	lines      *regexp.Regexp
}{
	{"---", ":", regexp.MustCompile(`^(?:(?:[\w-]+[ ]*:(?:[ ][^\n]*)?|[ ]+[^\n]*|-[ ][^\n]*|#[^\n]*|[ ]*)\n)*$`)},
	{"+++", "=", regexp.MustCompile(`^(?:(?:[\w."-]+[ ]*=[^\n]*|[ ]+[^\n]*|[\]\[][^\n]*|#[^\n]*|[ ]*)\n)*$`)},
}

// A field is one key of front matter with its value; a list is joined by commas.
type field struct{ key, value string }

// fields parses the outermost keys of front matter.
func fields(matter, sign string) []field {
	var out []field
	for line := range strings.SplitSeq(matter, "\n") {
		word := strings.TrimSpace(line)
		further := strings.HasPrefix(line, " ") || strings.HasPrefix(line, "- ")
		switch n := len(out); {
		case word == "" || word[0] == '#' || word == "]":
		case strings.HasPrefix(line, "["):
			return out // a TOML table: what follows is not about the article
		case further && n > 0:
			out[n-1].value = join(out[n-1].value, strings.TrimRight(word, ","), sign)
		default:
			if key, value, ok := strings.Cut(line, sign); ok {
				out = append(out, field{strings.ToLower(strings.Trim(key, ` "`)), unquote(strings.TrimSpace(value))})
			}
		}
	}
	return out
}

// join adds a line to a value: an item of a list, or folded words.
func join(value, word, sign string) string {
	item, isItem := strings.CutPrefix(word, "- ")
	word = unquote(item)
	switch {
	case value == "" || value == "[" || value == ">" || value == "|" || value == ">-" || value == "|-":
		return word
	case isItem || sign == "=":
		return value + ", " + word
	}
	return value + " " + word
}

// unquote returns the meaning of value, in quotes or in the brackets of a list.
func unquote(value string) string {
	if inner, ok := strings.CutPrefix(value, "["); ok && strings.HasSuffix(inner, "]") {
		items := strings.Split(strings.TrimSuffix(inner, "]"), ",")
		for i := range items {
			items[i] = unquote(strings.TrimSpace(items[i]))
		}
		return strings.Join(items, ", ")
	}
	for _, q := range []string{`"`, "'"} {
		if inner, ok := strings.CutPrefix(value, q); ok && strings.HasSuffix(inner, q) {
			inner = strings.TrimSuffix(inner, q)
			return strings.NewReplacer(`\"`, `"`, `\\`, `\`, "''", "'").Replace(inner)
		}
	}
	value, _, _ = strings.Cut(value, " #")
	return strings.TrimSpace(value)
}

// describe fills in one field.
func describe(a *articles.Article, key, value string) {
	value = strings.TrimSpace(clean.Line(value))
	switch key {
	case "title":
		a.Title = value
	case "author", "authors", "by", "byline":
		a.Author = value
	case "site", "publication", "publisher":
		a.Site = value
	case "date", "published":
		a.Date = articles.ParseDate(value)
	case "source", "url", "link", "canonical":
		a.Source = clean.Target(value)
	}
}
