package corpus

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"byline/articles/stream"
)

// Lines yields the lines of JSON of r that are not blank, each in memory of its own. A line
// of more than [LongestRecord] is skipped and yielded as an error; an error of r is yielded and ends
// them.
func Lines(ctx context.Context, r io.Reader) iter.Seq[Record] {
	return linesUpTo(ctx, r, LongestRecord)
}

// linesUpTo is Lines with lines of up to longest bytes.
func linesUpTo(ctx context.Context, r io.Reader, longest int) iter.Seq[Record] {
	return func(yield func(Record) bool) {
		br := bufio.NewReaderSize(stream.Reader(ctx, r), 1<<16)
		at := int64(0)
		for n := 1; ; n++ {
			line, size, err := readLine(br, longest)
			start := at
			at += int64(size)
			last := err != nil
			if err == io.EOF {
				err = nil
			}
			if err == nil && line == nil {
				err = longerThan(longest)
			}
			if err != nil || len(bytes.TrimSpace(line)) > 0 {
				if !yield(Record{Line: n, Offset: start, line: line, Err: err}) {
					return
				}
			}
			if last {
				return
			}
		}
	}
}

// readLine reads to the next line end and returns what came before it, in a slice
// of its own, nil where that is more than longest bytes, and how many bytes it read.
func readLine(br *bufio.Reader, longest int) (line []byte, size int, err error) {
	line = []byte{}
	long := false
	for {
		part, err := br.ReadSlice('\n')
		size += len(part)
		if len(line)+len(part) > longest {
			line, long = nil, true
		}
		if !long {
			line = append(line, part...)
		}
		if err != bufio.ErrBufferFull {
			return bytes.TrimSuffix(line, []byte("\n")), size, err
		}
	}
}

// notJSON says what is wrong with a line without the words of the library that reads it.
func notJSON(err error) error {
	var syntax *json.SyntaxError
	var typ *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax) && strings.Contains(err.Error(), "unexpected end"):
		return errors.New("not JSON: it ends in the middle")
	case errors.As(err, &syntax):
		return fmt.Errorf("not JSON at byte %d", syntax.Offset)
	case errors.As(err, &typ):
		return fmt.Errorf("it is a JSON %s, not an object", typ.Value)
	}
	return errors.New("not JSON as it should be")
}

// member returns a string, or a number as it is written, of an object; name may lead into
// objects in it. A list of strings is joined, as authors are.
func member(object map[string]json.RawMessage, name string) (string, bool, error) {
	raw, ok := object[name]
	if !ok {
		outer, inner, nested := strings.Cut(name, ".")
		var next map[string]json.RawMessage
		if !nested || json.Unmarshal(object[outer], &next) != nil {
			return "", false, nil
		}
		return member(next, inner)
	}
	switch raw = bytes.TrimSpace(raw); {
	case bytes.Equal(raw, []byte("null")):
		return "", false, nil
	case raw[0] == '"':
		var s string
		err := json.Unmarshal(raw, &s)
		return s, true, err
	case raw[0] == '[':
		var all []string
		if json.Unmarshal(raw, &all) != nil {
			break
		}
		return strings.Join(all, " and "), true, nil
	case raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9':
		return string(raw), true, nil
	}
	return "", false, fmt.Errorf("%q is %s there; must be a string", name, kind(raw))
}

// kind says what a value is that should be a string.
func kind(raw []byte) string {
	switch raw[0] {
	case '{':
		return "an object"
	case '[':
		return "a list"
	}
	return "true or false"
}
