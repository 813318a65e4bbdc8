// Package records reads lines and JSON objects from a file and limits the memory that
// each takes, since files may be broken or hostile.
package records

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"reflect"
	"strings"
	"unicode"
)

// Limit is the most bytes that a line, an object or a file read as a whole may have.
const Limit = 256 << 20

// Objects yields the JSON objects of r: the elements of a list or of lists that follow each other, or objects that follow
// each other. If there is one object a line, a broken line does not affect the others.
func Objects(r io.Reader) iter.Seq2[json.RawMessage, error] {
	return func(yield func(json.RawMessage, error) bool) {
		in := bufio.NewReaderSize(r, 1<<16)
		first, err := firstByte(in)
		switch {
		case errors.Is(err, io.EOF):
		case err != nil:
			yield(nil, err)
		case first == '[':
			dec := json.NewDecoder(in)
			for t, err := dec.Token(); err == nil && t == json.Delim('['); t, err = dec.Token() {
				if !decodeAll(dec, dec.More, yield) {
					return
				}
			}
		default:
			readLines(in, yield)
		}
	}
}

// firstByte returns the first byte of r that is neither white space nor part of a byte
// order mark, without reading it.
func firstByte(r *bufio.Reader) (byte, error) {
	for {
		c, err := r.ReadByte()
		if err != nil {
			return 0, err
		}
		if !strings.ContainsRune(" \n\r\t\ufeff", rune(c)) && c != 0xEF && c != 0xBB && c != 0xBF {
			return c, r.UnreadByte()
		}
	}
}

// decodeAll yields the values of dec while more returns true, and reads what closes them. It returns false if nothing
// can follow.
func decodeAll(dec *json.Decoder, more func() bool, yield func(json.RawMessage, error) bool) bool {
	for more() {
		var raw json.RawMessage
		err := dec.Decode(&raw)
		if !yield(raw, err) || err != nil {
			return false
		}
	}
	_, err := dec.Token()
	if err != nil && !errors.Is(err, io.EOF) {
		yield(nil, err)
	}
	return err == nil
}

// readLines yields the objects of r, one a line, unless the first goes over several
// lines.
func readLines(r *bufio.Reader, yield func(json.RawMessage, error) bool) {
	for first := true; ; first = false {
		line, err := Line(r)
		if first && err == nil && !json.Valid(line) {
			dec := json.NewDecoder(io.MultiReader(bytes.NewReader(line), r))
			decodeAll(dec, func() bool { return dec.More() }, yield)
			return
		}
		if line = bytes.TrimSpace(line); len(line) > 0 || err != nil && !errors.Is(err, io.EOF) {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			if !yield(line, err) || err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// Line reads a line including its line feed. At the end of r the error is [io.EOF].
func Line(r *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
		if len(line) > Limit {
			return nil, fmt.Errorf("a line is longer than %d bytes", Limit)
		}
	}
}

// AtLine adds to an error of package json the line of data that it is about.
func AtLine(err error, data []byte) error {
	var syntax *json.SyntaxError
	var typ *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("line %d: %w", LineAt(data, syntax.Offset), err)
	case errors.As(err, &typ):
		return fmt.Errorf("line %d: %w", LineAt(data, typ.Offset), Plain(err))
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return fmt.Errorf("line %d: it ends too early", LineAt(data, int64(len(data))))
	}
	return err
}

// Plain returns an error of package json without the names of Go types: "data is a number, not an object".
func Plain(err error) error {
	var typ *json.UnmarshalTypeError
	if !errors.As(err, &typ) {
		return err
	}
	value, _, _ := strings.Cut(typ.Value, " ") // "number 5"
	want := "something else"
	switch typ.Type.Kind() {
	case reflect.Map, reflect.Struct:
		want = "an object"
	case reflect.Slice, reflect.Array:
		want = "a list"
	case reflect.String:
		want = "a string"
	case reflect.Int, reflect.Int64, reflect.Float64:
		want = "a number"
	case reflect.Bool:
		want = "true or false"
	}
	if _, number, ok := strings.Cut(typ.Value, " "); ok && want == "a number" { // it is one, but does not fit
		short := number[:min(len(number), 40)]
		if strings.ContainsAny(number, ".eE") && typ.Type.Kind() != reflect.Float64 {
			return fmt.Errorf("%s is %s, not a whole number", fieldOf(typ), short)
		}
		return fmt.Errorf("%s is %s, which is too large", fieldOf(typ), short)
	}
	is := map[string]string{"array": "a list", "object": "an object", "string": "a string", "number": "a number", "bool": "true or false"}[value]
	return fmt.Errorf("%s is %s, not %s", fieldOf(typ), cmp.Or(is, value), want)
}

// fieldOf returns the name of the field that has another type.
func fieldOf(typ *json.UnmarshalTypeError) string {
	field := typ.Field
	if field != "" && unicode.IsUpper(rune(field[0])) { // a name in Go
		field = strings.ToLower(field[:1]) + field[1:]
	}
	return cmp.Or(field, "it")
}

// LineAt returns the number of the line that byte off of data is in, counted from 1.
func LineAt(data []byte, off int64) int {
	return 1 + bytes.Count(data[:min(max(0, off), int64(len(data)))], []byte("\n"))
}
