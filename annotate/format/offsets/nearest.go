package offsets

import (
	"index/suffixarray"
	"slices"
	"strings"

	"byline/articles"
)

// occurrences finds words in a text that are not where a file says. A file may be about another version of the text,
// so that it does so for each of its annotations: after a few that are not nearby either, the text is indexed.
type occurrences struct {
	misses int
	index  *suffixarray.Index
	starts map[string][]int // sorted, of what was looked up in the index
}

const (
	nearby     = 1 << 16 // bytes
	mostMisses = 20
)

// nearest returns the occurrence of words in text that starts closest to byte at.
func (o *occurrences) nearest(text, words string, at int) (articles.Span, bool) {
	if strings.TrimSpace(words) == "" {
		return articles.Span{}, false
	}
	at = min(max(at, 0), len(text))
	from, to := max(0, at-nearby), min(len(text), at+nearby+len(words))
	if s, ok := findNearest(text[from:to], words, at-from); ok {
		return articles.Span{Start: s.Start + from, End: s.End + from}, true
	}
	if o.misses++; o.misses <= mostMisses {
		return findNearest(text, words, at)
	}
	if o.index == nil {
		o.index, o.starts = suffixarray.New([]byte(text)), map[string][]int{}
	}
	starts, known := o.starts[words]
	if !known {
		starts = o.index.Lookup([]byte(words), -1)
		slices.Sort(starts)
		o.starts[words] = starts
	}
	i, _ := slices.BinarySearch(starts, at)
	switch {
	case len(starts) == 0:
		return articles.Span{}, false
	case i == len(starts) || i > 0 && at-starts[i-1] <= starts[i]-at:
		i--
	}
	return articles.Span{Start: starts[i], End: starts[i] + len(words)}, true
}

// findNearest is nearest for a text that is read once.
func findNearest(text, words string, at int) (articles.Span, bool) {
	before := strings.LastIndex(text[:min(len(text), at+len(words))], words)
	after := strings.Index(text[at:], words)
	switch {
	case before < 0 && after < 0:
		return articles.Span{}, false
	case before < 0 || after >= 0 && after < at-before:
		before = at + after
	}
	return articles.Span{Start: before, End: before + len(words)}, true
}
