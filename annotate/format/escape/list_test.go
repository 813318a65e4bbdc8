package escape_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"testing"

	"byline/annotate/format/escape"
)

type shelf struct {
	Title string `json:"title"`
	Books []any  `json:"books"`
	Last  string `json:"last"`
}

// A list is written as package json writes it, whatever its elements and the words around it are.
func TestListIsWhatPackageJSONWrites(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]shelf{
		"none": {Title: "a"}, "one": {Title: `"books":[]`, Books: []any{1}, Last: `"books": []`},
		"several": {Title: "<b>&", Books: []any{map[string]any{"x": []int{1, 2}, "y": "<“>"}, "two\nlines", nil, []any{}}, Last: "é"},
	} {
		for _, indent := range []bool{false, true} {
			var want, got bytes.Buffer
			enc := json.NewEncoder(&want)
			enc.SetEscapeHTML(false)
			if indent {
				enc.SetIndent("", " ")
			}
			whole := s
			if whole.Books == nil {
				whole.Books = []any{}
			}
			if err := enc.Encode(whole); err != nil {
				t.Fatal(err)
			}
			l := escape.NewList(&got, shelf{s.Title, []any{}, s.Last}, "books", indent, 1)
			for _, b := range s.Books {
				l.Put(b)
			}
			if err := l.Close(); err != nil || got.String() != want.String() {
				t.Errorf("%s, %v: %v\n%s\nnot\n%s", name, indent, err, got.String(), want.String())
			}
		}
	}
}

// Several lists, of which some are maps, are written one after the other, and what has their keys before them is none of them.
func TestListsOfOneObject(t *testing.T) {
	t.Parallel()
	type object struct {
		Text  string         `json:"text"`
		One   []int          `json:"one"`
		Notes map[string]any `json:"notes"`
		Two   []string       `json:"two"`
		Last  int            `json:"last"`
	}
	for name, whole := range map[string]object{
		"all":  {`"notes":{}`, []int{1, 2}, map[string]any{"1": "a", "10": []int{3}, "2": nil}, []string{"x", "<y>"}, 7},
		"none": {`"two":[]`, []int{}, map[string]any{}, []string{}, 7},
	} {
		for _, indent := range []bool{false, true} {
			var want, got bytes.Buffer
			enc := json.NewEncoder(&want)
			enc.SetEscapeHTML(false)
			if indent {
				enc.SetIndent("", " ")
			}
			if err := enc.Encode(whole); err != nil {
				t.Fatal(err)
			}
			l := escape.NewList(&got, object{whole.Text, []int{}, map[string]any{}, []string{}, whole.Last}, "one", indent, 1)
			for _, n := range whole.One {
				l.Put(n)
			}
			l.Next("notes")
			for _, key := range slices.Sorted(maps.Keys(whole.Notes)) {
				l.PutAs(key, whole.Notes[key])
			}
			l.Next("two")
			for _, s := range whole.Two {
				l.Put(s)
			}
			if err := l.End(); err != nil || got.String()+"\n" != want.String() {
				t.Errorf("%s, %v: %v\n%s\nnot\n%s", name, indent, err, got.String(), want.String())
			}
		}
	}
	l := escape.NewList(&bytes.Buffer{}, object{}, "one", false, 1)
	if err := l.Close(); err == nil {
		t.Error("a list that is null")
	}
	l = escape.NewList(&bytes.Buffer{}, object{One: []int{}}, "one", false, 1)
	l.Next("two")
	if err := l.Close(); err == nil || l.Put(1) {
		t.Errorf("a second list that is null: %v", err)
	}
}

var errClosed = errors.New("closed")

type closed struct{ left int }

func (c *closed) Write(p []byte) (int, error) {
	if c.left -= len(p); c.left < 0 {
		return 0, errClosed
	}
	return len(p), nil
}

// Whoever writes to a place that takes no more learns of it before the list ends.
func TestListEndsWithItsWriter(t *testing.T) {
	t.Parallel()
	l := escape.NewList(&closed{left: 10_000}, shelf{Books: []any{}}, "books", false, 1)
	n := 0
	for ; n < 1_000_000 && l.Put(n); n++ {
	}
	if err := l.Close(); !errors.Is(err, errClosed) || n > 10_000 {
		t.Errorf("%d elements, %v", n, err)
	}
	if err := escape.NewList(&bytes.Buffer{}, shelf{}, "none", false, 1).Close(); err == nil {
		t.Error("a list that is not there")
	}
}
