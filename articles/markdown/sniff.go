package markdown

import "regexp"

// signs are patterns that occur in Markdown and not in prose.
var signs = []*regexp.Regexp{
	regexp.MustCompile(`(?m)^#{1,6} \S`),
	regexp.MustCompile(`\[[^\]\n]+\]\([^)\s]+\)`),
	regexp.MustCompile("(?m)^(```|~~~)"),
	regexp.MustCompile(`(?m)^[-*+] \S.*\n[-*+] \S`),
	regexp.MustCompile(`\*\*\S[^*\n]*\S\*\*`),
	regexp.MustCompile(`(?m)^\|?[ :-]*-{3,}[ :-]*\|[ :|-]*$`),
	regexp.MustCompile(`(?m)^> \S`),
}

// Is reports whether text, UTF-8, looks like Markdown: at least two of the signs occur in its
// first 16 KB.
func Is(text []byte) bool {
	const sample = 16 << 10
	head := text[:min(len(text), sample)]
	n := 0
	for _, s := range signs {
		if s.Match(head) {
			n++
		}
	}
	return n >= 2
}
