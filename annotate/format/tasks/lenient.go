package tasks

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
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
