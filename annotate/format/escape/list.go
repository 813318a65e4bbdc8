package escape

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// A List writes a JSON object with long lists in it, an element at a time: all of them together, as package json has them, take
// many times the memory of the text that they are about. What it writes is what package json would.
type List struct {
	to     *bufio.Writer
	indent bool
	prefix string // of the lines of an element
	tail   []byte // of the object, from the list that is open on
	n      int    // elements of that
	value  bytes.Buffer
	err    error
}

// NewList begins the object as that is with an empty list, or an empty map, under the first key of that name. With indent, objects
// have lines that are indented by one blank; the list is as deep in them as depth says.
func NewList(w io.Writer, object any, key string, indent bool, depth int) *List {
	l := &List{to: bufio.NewWriter(w), indent: indent}
	if l.tail, l.err = l.encode(object, ""); l.err != nil {
		return l
	}
	if indent {
		l.prefix = strings.Repeat(" ", depth+1)
	}
	l.tail, l.value = bytes.TrimSuffix(l.tail, []byte("\n")), bytes.Buffer{}
	l.open(key)
	return l
}

// open writes what is before the list, or the map, under the first key of that name in the rest of the object.
func (l *List) open(key string) {
	begin := []byte(`"` + key + `":`) // a quotation mark in a string has a backslash before it
	if l.indent {
		begin = append(begin, ' ')
	}
	at := -1
	for _, empty := range []string{"[]", "{}"} {
		if i := bytes.Index(l.tail, append(begin, empty...)); i >= 0 && (at < 0 || i < at) {
			at = i
		}
	}
	if at < 0 {
		l.err = fmt.Errorf("no list %q to write", key)
		return
	}
	at += len(begin) + 1
	_, l.err = l.to.Write(l.tail[:at])
	l.tail, l.n = bytes.Clone(l.tail[at:]), 0 // what is written may be long
}

// Next ends the list, and goes on with the next one under a key of that name, which is as deep in the object.
func (l *List) Next(key string) {
	if l.err == nil {
		l.end()
		l.open(key)
	}
}

// end writes what is between the last element and the end of the list.
func (l *List) end() {
	if l.indent && l.n > 0 {
		l.to.WriteString("\n" + l.prefix[1:])
	}
}

// encode returns the JSON of v, which is good until the next call.
func (l *List) encode(v any, prefix string) ([]byte, error) {
	l.value.Reset()
	enc := json.NewEncoder(&l.value)
	enc.SetEscapeHTML(false)
	if l.indent {
		enc.SetIndent(prefix, " ")
	}
	err := enc.Encode(v)
	return l.value.Bytes(), err
}

// Put writes an element, and reports whether more are of use: after an error there is none.
func (l *List) Put(v any) bool { return l.put("", v) }

// PutAs is Put for an element of a map. Package json has keys in the order of their bytes. The key must have nothing that JSON escapes.
func (l *List) PutAs(key string, v any) bool { return l.put(`"`+key+`":`, v) }

func (l *List) put(key string, v any) bool {
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
	l.to.WriteString(key)
	if key != "" && l.indent {
		l.to.WriteByte(' ')
	}
	_, l.err = l.to.Write(bytes.TrimSuffix(b, []byte("\n")))
	return l.err == nil
}

// End writes the rest of the object, without a line end, and returns the first error.
func (l *List) End() error {
	if l.err != nil {
		return l.err
	}
	l.end()
	l.to.Write(l.tail)
	return l.to.Flush()
}

// Close writes the rest of the object and a line end, and returns the first error.
func (l *List) Close() error {
	l.tail = append(l.tail, '\n')
	return l.End()
}
