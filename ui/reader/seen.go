package reader

import (
	"cmp"
	"slices"
	"strings"

	"byline/articles"
)

// A seen is what of a text was on the screen: spans in order, apart from each other. A jump
// to the end has not read what lies between.
type seen struct{ spans []articles.Span }

// add notes that span of text is on the screen. What is only parted by blanks is one.
func (s *seen) add(span articles.Span, text string) {
	if span.Empty() {
		return
	}
	i, _ := slices.BinarySearchFunc(s.spans, span.Start, func(o articles.Span, at int) int { return cmp.Compare(o.Start, at) })
	s.spans = slices.Insert(s.spans, i, span)
	out := s.spans[:0]
	for _, o := range s.spans {
		if n := len(out); n > 0 && (o.Start <= out[n-1].End || blank(text[out[n-1].End:o.Start])) {
			out[n-1].End = max(out[n-1].End, o.End)
			continue
		}
		out = append(out, o)
	}
	s.spans = out
}

// share returns how much of text was on the screen, from 0 to 1; 1 where the rest is blank.
func (s *seen) share(text string) float64 {
	n, at, all := 0, 0, true
	for _, o := range s.spans {
		n += o.Len()
		all = all && blank(text[at:o.Start])
		at = o.End
	}
	if all && blank(text[at:]) {
		return 1
	}
	return min(0.99, float64(n)/float64(len(text)))
}

// blank reports whether words have nothing to read.
func blank(words string) bool { return strings.TrimSpace(words) == "" }

// read notes what is on the screen, and how much of the article is read: seen, or reviewed, as
// [library.Entry.Read] has it. It returns how much was seen; what is reviewed the library knows.
func read(s *Screen) (seen float64) {
	text := s.Words()
	s.seen.add(s.Text.Visible(), text)
	seen = s.seen.share(text)
	s.Read = seen
	if c := s.session.Claims().Counts; s.session.Whole() && c.Claims > 0 {
		s.Read = max(seen, float64(c.Reviewed)/float64(c.Claims))
	}
	return seen
}
