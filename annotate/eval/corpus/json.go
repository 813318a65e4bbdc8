package corpus

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"byline/annotate"
	"byline/annotate/eval"
	"byline/annotate/format/native"
)

// readJSON reads byline's JSON: an object, a list of objects, or one object after the
// other.
func readJSON(name string, in io.Reader) Docs {
	return func(yield func(*eval.Doc, error) bool) {
		dec := json.NewDecoder(in)
		n := 0
		next := func() bool {
			n++
			var data json.RawMessage
			err := dec.Decode(&data)
			if err == io.EOF {
				return false
			}
			if err != nil {
				yield(nil, fmt.Errorf("read %s: article %d: %w", name, n, err))
				return false
			}
			if bytes.HasPrefix(data, []byte("[")) {
				return readList(name, data, yield)
			}
			return yield(readNumbered(name, n, data))
		}
		for next() {
		}
	}
}

// readList reads the objects of a list.
func readList(name string, data json.RawMessage, yield func(*eval.Doc, error) bool) bool {
	var list []json.RawMessage
	if err := json.Unmarshal(data, &list); err != nil {
		return yield(nil, fmt.Errorf("read %s: %w", name, err))
	}
	for i, one := range list {
		if !yield(readNumbered(name, i+1, one)) {
			return false
		}
	}
	return true
}

func readNumbered(name string, n int, data []byte) (*eval.Doc, error) {
	d, err := readArticle(data)
	if err != nil {
		return nil, fmt.Errorf("read %s: article %d: %w", name, n, err)
	}
	d.Name = name + ":" + cmp.Or(d.Name, strconv.Itoa(n))
	return d, nil
}

// readArticle reads an object of byline's JSON. Missing fields were not annotated.
func readArticle(data []byte) (*eval.Doc, error) {
	var has struct{ Entities, Quotes json.RawMessage }
	if err := json.Unmarshal(data, &has); err != nil {
		return nil, err
	}
	a, l, err := native.Read(data)
	if err != nil {
		return nil, err
	}
	d := &eval.Doc{Name: a.ID, Text: a.Text, Blocks: blocksOf(a.Text), Gold: *l, Guesses: guesses(l)}
	if d.Blocks == nil {
		d.Blocks = a.Blocks
	}
	if has.Entities != nil {
		d.Has |= eval.Names | eval.Clusters
	}
	if has.Quotes != nil {
		d.Has |= eval.Quotes
	}
	return d, nil
}

// guesses counts the names and quotes of l that no person made or confirmed.
func guesses(l *annotate.Layer) int {
	n := 0
	for _, m := range l.Mentions() {
		if m.Form == annotate.Name && m.State == annotate.Proposed {
			n++
		}
	}
	for _, q := range l.Quotes {
		if q.State == annotate.Proposed {
			n++
		}
	}
	return n
}
