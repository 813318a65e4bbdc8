package escape

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// A List writes a JSON object with a long list in it, an element at a time: all of them together, as package json has them, take
// many times the memory of the text that they are about. What it writes is what package json would.
type List struct {
	to     *bufio.Writer
	indent bool
	prefix string // of the lines of an element
	tail   string
	n      int
	err    error
}

// NewList begins the object as that is with an empty list under the last key of that name. With indent, objects have lines
// that are indented by one blank; the list is as deep in them as depth says.
func NewList(w io.Writer, object any, key string, indent bool, depth int) *List {
	l := &List{to: bufio.NewWriter(w), indent: indent}
	blank := ""
	if indent {
		l.prefix, blank = strings.Repeat(" ", depth+1), " "
	}
	b, err := l.encode(object, "")
	if err != nil {
		l.err = err
		return l
	}
	begin := []byte(`"` + key + `":` + blank + "[")
	at := bytes.LastIndex(b, append(begin, ']')) // a quotation mark in a string has a backslash before it
	if at < 0 {
		l.err = fmt.Errorf("no list %q to write", key)
		return l
	}
	at += len(begin)
	_, l.err = l.to.Write(b[:at])
	l.tail = string(b[at:])
	return l
}

// encode returns the JSON of v.
func (l *List) encode(v any, prefix string) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if l.indent {
		enc.SetIndent(prefix, " ")
	}
	err := enc.Encode(v)
	return b.Bytes(), err
}

// Put writes an element, and reports whether more are of use: after an error there is none.
func (l *List) Put(v any) bool {
	if l.err != nil {
		return false
	}
	b, err := l.encode(v, l.prefix)
	if err != nil {
		l.err = err
		return false
	}
	if l.n++; l.n > 1 {
		l.to.WriteByte(',')
	}
	if l.indent {
		l.to.WriteString("\n" + l.prefix)
	}
	_, l.err = l.to.Write(bytes.TrimSuffix(b, []byte("\n")))
	return l.err == nil
}

// Close writes the rest, and returns the first error.
func (l *List) Close() error {
	if l.err != nil {
		return l.err
	}
	if l.indent && l.n > 0 {
		l.to.WriteString("\n" + l.prefix[1:])
	}
	l.to.WriteString(l.tail)
	return l.to.Flush()
}
