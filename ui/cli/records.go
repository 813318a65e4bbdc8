package cli

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"byline/articles"
	"byline/articles/clean"
	"byline/articles/plain"
)

// A record is one line of a JSONL stream of texts.
type record struct {
	ID     recordID `json:"id"`
	Title  string   `json:"title"`
	Source string   `json:"source"`
	Text   *string  `json:"text"`
}

// A recordID is a string, or a number as it is written.
type recordID string

// UnmarshalJSON takes a JSON string, number or null.
func (id *recordID) UnmarshalJSON(data []byte) error {
	if bytes.Equal(data, []byte("null")) {
		return nil
	}
	if data[0] != '"' {
		var n json.Number
		err := json.Unmarshal(data, &n)
		*id = recordID(n)
		return err
	}
	return json.Unmarshal(data, (*string)(id))
}

// maxRecord bounds a line of a stream, and with it the memory that one takes.
const maxRecord = 64 << 20

// A numbered line of a stream, or what was wrong with it.
type numbered struct {
	n    int // from 1
	line []byte
	err  error
}

var (
	errLongLine = fmt.Errorf("longer than the %d MB that a line may have", maxRecord>>20)
	errNoText   = errors.New(`no object with a "text"`)
)

// lines yields the lines of r that are not blank, each in memory of its own. A line
// of more than longest bytes is skipped and yielded as errLongLine; an error of r is
// yielded and ends them.
func lines(r io.Reader, longest int) iter.Seq[numbered] {
	return func(yield func(numbered) bool) {
		br := bufio.NewReaderSize(r, 1<<16)
		for n := 1; ; n++ {
			line, err := readLine(br, longest)
			last := err != nil
			if err == io.EOF {
				err = nil
			}
			if err == nil && line == nil {
				err = errLongLine
			}
			if err != nil || len(bytes.TrimSpace(line)) > 0 {
				if !yield(numbered{n, line, err}) {
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
// of its own; nil where that is more than longest bytes.
func readLine(br *bufio.Reader, longest int) ([]byte, error) {
	line, long := []byte{}, false
	for {
		part, err := br.ReadSlice('\n')
		if len(line)+len(part) > longest {
			line, long = nil, true
		}
		if !long {
			line = append(line, part...)
		}
		if err != bufio.ErrBufferFull {
			return bytes.TrimSuffix(line, []byte("\n")), err
		}
	}
}

// parseRecord reads one line of a stream.
func parseRecord(line []byte) (record, error) {
	var r record
	if err := json.Unmarshal(line, &r); err != nil {
		return r, notJSON(err)
	}
	if r.Text == nil {
		return r, errNoText
	}
	return r, nil
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
		return fmt.Errorf("%q is a %s there; a string is wanted", typ.Field, typ.Value)
	}
	return errors.New("not JSON as it should be")
}

// article makes a plain-text article of a record. Its source is what the record
// names: the line that it stands on is no place where it would be found again.
func (r record) article() *articles.Article {
	a := plain.Import([]byte(*r.Text))
	a.Source = clean.Line(r.Source)
	a.ID = cmp.Or(clean.Line(string(r.ID)), articles.TextID(a.Text))
	a.Title = cmp.Or(clean.Line(r.Title), a.Title)
	return a
}
