package gold

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate"
	"byline/articles"
)

// notes lists the places where words that are marked as a name elsewhere are unmarked.
func (p *parser) notes() {
	a := p.a
	names, covered := collectNames(a)
	for w, key := range names {
		for at := 0; ; {
			i := strings.Index(a.Text[at:], w)
			if i < 0 {
				break
			}
			s := articles.Span{Start: at + i, End: at + i + len(w)}
			if at = s.End; wholeWords(a.Text, s) && !slices.Contains(covered[s.Start:s.End], true) {
				line := p.lines[strings.Count(a.Text[:s.Start], "\n")]
				a.Notes = append(a.Notes, Error{a.File, line, fmt.Sprintf("%q is a name of %s elsewhere, and stands unmarked here", w, key)})
			}
		}
	}
	slices.SortFunc(a.Notes, func(a, b Error) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), strings.Compare(a.Text, b.Text))
	})
}

// collectNames returns the names of a, keys by words, and which bytes of the text are in a
// mention.
func collectNames(a *Article) (names map[string]string, covered []bool) {
	names, covered = map[string]string{}, make([]bool, len(a.Text))
	for _, e := range a.Layer.Entities {
		for _, m := range e.Mentions {
			for i := m.Start; i < m.End; i++ {
				covered[i] = true
			}
			if w := m.In(a.Text); m.Form == annotate.Name && utf8.RuneCountInString(w) > 2 {
				names[w] = e.ID
			}
		}
	}
	return names, covered
}

// wholeWords reports whether no letter or digit touches s.
func wholeWords(text string, s articles.Span) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:s.Start])
	after, _ := utf8.DecodeRuneInString(text[s.End:])
	in := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return !in(before) && !in(after)
}
