package tasks

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"byline/annotate/format"
)

// A position is an offset that files write as 3, as 3.0 or as "3".
type position int

// UnmarshalJSON reads a position.
func (p *position) UnmarshalJSON(data []byte) error {
	s := string(data)
	if s == "null" {
		return nil
	}
	if unquoted, err := strconv.Unquote(s); err == nil {
		s = unquoted
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f != math.Trunc(f) || math.Abs(f) > 1<<40 {
		return fmt.Errorf("%s is no offset in a text", s)
	}
	*p = position(f)
	return nil
}

// words returns a string or a number of JSON as words, and nothing of anything else.
func words(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// A word is a string that files also write as a number. Anything else is read as nothing.
type word string

// UnmarshalJSON reads a word.
func (w *word) UnmarshalJSON(data []byte) error {
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	*w = word(words(v))
	return nil
}

// fields are the fields of an object. Of anything else there are none but one without a name.
type fields map[string]any

// UnmarshalJSON reads fields.
func (f *fields) UnmarshalJSON(data []byte) error {
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	if m, ok := v.(map[string]any); ok || v == nil {
		*f = m
		return nil
	}
	*f = fields{"": v}
	return nil
}

// A list is what a file has as a list. Anything else but null is read as its only element, so that whoever reads the
// elements finds it and counts it.
type list []json.RawMessage

// UnmarshalJSON reads a list.
func (l *list) UnmarshalJSON(data []byte) error {
	var all []json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		all = []json.RawMessage{bytes.Clone(data)}
	}
	*l = all
	return nil
}

// listOf returns a field as a list, none of a field that is not there.
func listOf(raw json.RawMessage) list {
	var l list
	if err := json.Unmarshal(raw, &l); err != nil {
		return nil // there is no such field: what a file has was read as JSON before
	}
	return l
}

// each returns the elements that can be read as a T. The others are counted as lost for a reason.
func each[T any](all list, loss *format.Loss, reason string) []T {
	var out []T
	for _, raw := range all {
		var v T
		if err := json.Unmarshal(raw, &v); err != nil {
			loss.AddSuch(reason, fmt.Sprintf("%.60q", raw))
			continue
		}
		out = append(out, v)
	}
	return out
}

// countFields counts the fields of a text that hold something and are not among those that are read.
func countFields(fields map[string]json.RawMessage, read []string, loss *format.Loss) {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		switch string(bytes.TrimSpace(fields[name])) {
		case "", "null", `""`, "[]", "{}":
			continue
		}
		if !slices.Contains(read, strings.ToLower(name)) && !strings.HasPrefix(name, "_") {
			loss.AddSuch("fields of a text that are not read", fmt.Sprintf("%.40s", name))
		}
	}
}

// credited are the names of the fields of [standoff.Credits].
var credited = []string{"url", "author", "site", "section", "published", "updated", "language"}
