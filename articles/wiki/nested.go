package wiki

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
)

// A nesting is a kind of brackets that nest.
type nesting struct {
	open, shut string
	inner      func(string) string // what replaces the brackets and what is in them
	breaks     func(string) bool   // what is in the brackets ends with its paragraph; nil for never
}

// mostOpen is the most brackets that are open at once.
const mostOpen = 64

// replace replaces each part of text in brackets, the innermost first. One that nothing closes ends with its paragraph.
func (n nesting) replace(text string) string {
	out := make([]byte, 0, len(text))
	var starts []int // in out, of the open parts
	for i := 0; i < len(text); {
		rest := text[i:]
		switch {
		case strings.HasPrefix(rest, n.open) && len(starts) < mostOpen:
			starts = append(starts, len(out))
			out = append(out, n.open...)
			i += len(n.open)
		case strings.HasPrefix(rest, n.shut) && len(starts) > 0:
			at := starts[len(starts)-1]
			starts = starts[:len(starts)-1]
			out = n.end(out, at)
			i += len(n.shut)
		default:
			out = append(out, text[i])
			i++
		}
	}
	for _, at := range slices.Backward(starts) {
		out = n.endParagraph(out, at)
	}
	return string(out)
}

// end replaces the part that starts at byte at of out.
func (n nesting) end(out []byte, at int) []byte {
	in := string(out[at+len(n.open):])
	if i := strings.Index(in, "\n\n"); i >= 0 && n.breaks != nil && n.breaks(in) {
		return n.endParagraph(out, at)
	}
	return append(out[:at], n.inner(in)...)
}

// endParagraph replaces the part that starts at byte at of out up to the end of its paragraph.
func (n nesting) endParagraph(out []byte, at int) []byte {
	in := out[at+len(n.open):]
	end := bytes.Index(in, []byte("\n\n"))
	if end < 0 {
		end = len(in)
	}
	rest := string(in[end:])
	return append(append(out[:at], n.inner(string(in[:end]))...), rest...)
}

// isInline reports whether a template stands inside a sentence: one whose words are its text.
func isInline(s string) bool {
	name, _, _ := strings.Cut(s, "|")
	kind := templates[strings.ToLower(strings.ReplaceAll(strings.TrimSpace(name), "_", " "))]
	return kind != 0 && kind != quoteTemplate
}

// elements matches the start of an element in which there is no text.
var elements = regexp.MustCompile(`(?i)<(ref|gallery|math|timeline|score|syntaxhighlight|source|imagemap|templatestyles|dynamicpagelist|listpages|inputbox|noinclude|chem|graph)(\s[^<>]*?)?(/?)>`)

// dropElements leaves out such elements. One that nothing closes ends with its paragraph.
func dropElements(text string) string {
	var out strings.Builder
	for {
		m := elements.FindStringSubmatchIndex(text)
		if m == nil {
			out.WriteString(text)
			return out.String()
		}
		out.WriteString(text[:m[0]])
		name, rest := text[m[2]:m[3]], text[m[1]:]
		if m[6] < m[7] { // <ref name=a />
			text = rest
			continue
		}
		text = afterElement(rest, name)
	}
}

// afterElement returns what is after the end of the element called name, which text begins inside of.
func afterElement(text, name string) string {
	if rest, shut := nextTag(text, name); shut {
		_, after, _ := strings.Cut(rest, ">")
		return after
	}
	if i := strings.Index(text, "\n\n"); i >= 0 {
		return text[i:]
	}
	return ""
}

// nextTag returns text from the next tag of an element called name on, and whether it is an end tag.
func nextTag(text, name string) (rest string, shut bool) {
	for {
		i := strings.IndexByte(text, '<')
		if i < 0 {
			return "", false
		}
		text = text[i:]
		tag, ends := strings.CutPrefix(text[1:], "/")
		if len(tag) >= len(name) && strings.EqualFold(tag[:len(name)], name) {
			return text, ends
		}
		text = text[1:]
	}
}
