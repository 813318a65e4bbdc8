package markdown

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// patience is how many times its target size a piece may grow before it is cut at a bad place.
const patience = 4

// cut returns how many bytes of src make a piece of about size: up to the last line before size
// that starts a block of its own whatever precedes it, or else the first such line after it. If
// there is none within patience times size, the piece ends at a line end or a blank, and carry is
// the text to start the next piece with so that open constructs stay open. Opened is the carry of
// the previous piece.
func cut(src []byte, size int, opened string) (n int, carry string) {
	if len(src) <= size {
		return len(src), ""
	}
	view := src[:min(len(src), patience*size)]
	best, blank := 0, false
	open := openedBy([]byte(opened))
	for i := 0; i < len(view); {
		end := bytes.IndexByte(view[i:], '\n') + 1
		if end == 0 || i > size && best > 0 {
			break
		}
		line := view[i : i+end]
		if open.until != "" {
			open = open.advance(line)
		} else if open = openedBy(line); blank && i > 0 && startsBlock(line) {
			if best == 0 || i <= size {
				best = i
			}
			if i > size {
				return best, ""
			}
		}
		blank = len(bytes.TrimSpace(line)) == 0
		i += end
	}
	switch {
	case best > 0:
		return best, ""
	case len(src) <= len(view):
		return len(src), ""
	}
	return lastSafeCut(view, size), open.carry
}

// lastSafeCut returns the last place in view, after size, that is at least not inside a word.
func lastSafeCut(view []byte, size int) int {
	if i := bytes.LastIndexByte(view, '\n'); i > size {
		return i + 1
	}
	if i := bytes.LastIndexByte(view, ' '); i > size {
		return i + 1
	}
	n := len(view)
	for n > size && !utf8.RuneStart(view[n-1]) {
		n--
	}
	return n - 1
}

// A construct is a block that empty lines do not end: fenced code, or HTML of the kinds that
// continue to their end tag.
type construct struct {
	carry string // the line that opens it
	until string // what ends it
}

// openedBy returns the construct that line opens and does not close.
func openedBy(line []byte) construct {
	t := bytes.TrimLeft(line, " ")
	if len(t) == 0 || len(line)-len(t) > 3 {
		return construct{}
	}
	if c := t[0]; c == '`' || c == '~' {
		mark := t[:len(t)-len(bytes.TrimLeft(t, string(c)))]
		if len(mark) < 3 || c == '`' && bytes.IndexByte(t[len(mark):], '`') >= 0 {
			return construct{}
		}
		if len(t) > 100 {
			t = append(mark[:len(mark):len(mark)], '\n')
		}
		return construct{string(t), string(mark)}
	}
	if t[0] != '<' {
		return construct{}
	}
	low := strings.ToLower(string(t[:min(len(t), 12)]))
	for _, k := range htmls {
		if strings.HasPrefix(low, k.carry) {
			return construct{k.carry + k.end, k.until}.advance(line)
		}
	}
	return construct{}
}

// htmls are the start and end of HTML that continues over empty lines.
var htmls = []struct{ carry, end, until string }{
	{"<!--", "\n", "-->"}, {"<script", ">\n", "</script>"}, {"<style", ">\n", "</style>"}, {"<pre", ">\n", "</pre>"}, {"<textarea", ">\n", "</textarea>"},
}

// advance returns the construct that is open after line.
func (c construct) advance(line []byte) construct {
	if c.until[0] == '<' || c.until[0] == '-' {
		if bytes.Contains(bytes.ToLower(line), []byte(c.until)) {
			return construct{}
		}
		return c
	}
	t := bytes.TrimSpace(line)
	if bytes.HasPrefix(t, []byte(c.until)) && len(bytes.Trim(t, c.until[:1])) == 0 {
		return construct{}
	}
	return c
}

// startsBlock reports whether line, after a blank one, starts a block that does not continue the
// one before: it is not indented and not an item, quote, tag or definition.
func startsBlock(line []byte) bool {
	return len(line) > 0 && strings.IndexByte(" \n-*+>|<:[0123456789", line[0]) < 0
}
