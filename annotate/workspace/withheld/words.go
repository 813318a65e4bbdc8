package withheld

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode"

	"byline/articles"
)

// phrases are words that are not to be told, by the first of them.
type phrases map[string][][]string

// add adds words; punctuation does not count.
func (p phrases) add(words string) {
	if all := split(words); len(all) > 0 && !p.starts(all) {
		p[all[0]] = append(p[all[0]], all)
	}
}

// starts reports whether words start with one of the phrases.
func (p phrases) starts(words []string) bool {
	return slices.ContainsFunc(p[words[0]], func(x []string) bool { return len(x) <= len(words) && slices.Equal(x, words[:len(x)]) })
}

// in reports whether one of the phrases is in words.
func (p phrases) in(words string) bool {
	if len(p) == 0 {
		return false
	}
	all := split(words)
	for i := range all {
		if p.starts(all[i:]) {
			return true
		}
	}
	return false
}

func split(words string) []string {
	return strings.FieldsFunc(strings.ToLower(words), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
}

// A cover is stretches of a text. It is sorted before it is asked.
type cover struct {
	at []articles.Span
	to []int // the last end of those up to each
}

func (c *cover) add(s articles.Span) { c.at = append(c.at, s) }

func (c *cover) sort() {
	slices.SortFunc(c.at, func(a, b articles.Span) int { return cmp.Compare(a.Start, b.Start) })
	c.to = make([]int, len(c.at))
	last := 0
	for i, s := range c.at {
		last = max(last, s.End)
		c.to[i] = last
	}
}

// touches reports whether s overlaps one of them.
func (c *cover) touches(s articles.Span) bool {
	n := sort.Search(len(c.at), func(i int) bool { return c.at[i].Start >= s.End })
	return n > 0 && c.to[n-1] > s.Start
}
