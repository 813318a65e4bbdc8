// Package compare finds the differences between two versions of an article: which words, names and
// quotes were added, removed or changed. It is a function of the texts and their layers.
package compare

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aymanbagabas/go-udiff"

	"byline/annotate"
	"byline/articles"
)

// An Op says what happened to something between two versions.
type Op uint8

// The operations.
const (
	Kept Op = iota
	Gone
	Came
	Altered
)

func (o Op) String() string { return [...]string{"kept", "gone", "came", "altered"}[o] }

// A Piece is a run of words that was kept, removed or added. The pieces in order make up both
// texts.
type Piece struct {
	Op       Op
	Old, New articles.Span // bytes; Old is empty for added words, New for removed ones
}

// A Name is an entity that was added, removed, or is mentioned more or less often.
type Name struct {
	Op       Op
	Type     annotate.Type
	Name     string
	Was, Now int // mentions
	At       int // byte of the first mention: in the new text, or in the old one if the name was removed
}

// A Quote is a quote that was added, removed, or has other words or other speakers.
type Quote struct {
	Op       Op
	Old, New *Said // nil if there is none
}

// Said is a quote in one version.
type Said struct {
	articles.Span
	Speakers []string // their names
	Text     string
}

// By names the speakers: "Ann Lee and Bo Gray". It is empty for nobody known.
func (s *Said) By() string { return annotate.JoinNames(s.Speakers) }

// saidBy reports whether s has the speakers of o, in whatever order.
func (s *Said) saidBy(o *Said) bool {
	return slices.Equal(slices.Sorted(slices.Values(s.Speakers)), slices.Sorted(slices.Values(o.Speakers)))
}

// A Difference holds everything that differs between two versions.
type Difference struct {
	Pieces []Piece
	Names  []Name
	Quotes []Quote
}

// Versions compares an article with a later version of it.
func Versions(was string, wasLayer *annotate.Layer, now string, nowLayer *annotate.Layer) *Difference {
	return &Difference{
		Pieces: Words(was, now),
		Names:  names(wasLayer, nowLayer),
		Quotes: quotes(was, wasLayer, now, nowLayer),
	}
}

// words returns the spans of the words of a text, each with the white space after it.
func words(text string) []articles.Span {
	var out []articles.Span
	for at := 0; at < len(text); {
		end := at
		for end < len(text) {
			r, n := utf8.DecodeRuneInString(text[end:])
			if unicode.IsSpace(r) {
				break
			}
			end += n
		}
		for end < len(text) {
			r, n := utf8.DecodeRuneInString(text[end:])
			if !unicode.IsSpace(r) {
				break
			}
			end += n
		}
		out = append(out, articles.Span{Start: at, End: end})
		at = end
	}
	return out
}

// wordPerLine writes each word on its own line, to compare the lines, and returns the offsets of
// the lines. A word at the end of a paragraph differs from the same word inside one.
func wordPerLine(text string, ws []articles.Span) (string, []int) {
	var b strings.Builder
	starts := make([]int, 0, len(ws)+1)
	for _, w := range ws {
		starts = append(starts, b.Len())
		word := w.In(text)
		bare := strings.TrimRightFunc(word, unicode.IsSpace)
		b.WriteString(bare)
		if strings.Contains(word[len(bare):], "\n") {
			b.WriteByte(' ')
		}
		b.WriteByte('\n')
	}
	return b.String(), append(starts, b.Len())
}

// Words compares two texts word by word.
func Words(was, now string) []Piece {
	old, young := words(was), words(now)
	before, starts := wordPerLine(was, old)
	after, _ := wordPerLine(now, young)
	var out []Piece
	add := func(op Op, o, n articles.Span) {
		if !o.Empty() || !n.Empty() {
			out = append(out, Piece{op, o, n})
		}
	}
	over := func(ws []articles.Span, from, to int) articles.Span {
		if from >= to {
			return articles.Span{}
		}
		return articles.Span{Start: ws[from].Start, End: ws[to-1].End}
	}
	i, j := 0, 0 // words before these have been compared
	keep := func(n int) {
		add(Kept, over(old, i, i+n), over(young, j, j+n))
		i, j = i+n, j+n
	}
	for _, e := range udiff.Lines(before, after) {
		first, _ := slices.BinarySearch(starts, e.Start)
		end, _ := slices.BinarySearch(starts, e.End)
		keep(first - i)
		add(Gone, over(old, i, end), articles.Span{})
		n := strings.Count(e.New, "\n")
		add(Came, articles.Span{}, over(young, j, j+n))
		i, j = end, j+n
	}
	keep(len(old) - i)
	return out
}

// key returns the type and name of e in the form in which they are compared.
func key(e *annotate.Entity) string {
	return string(e.Type) + " " + strings.Join(strings.Fields(strings.ToLower(strings.NewReplacer("’", "'", ".", "").Replace(e.Name))), " ")
}

// entitiesByName returns the entities of a layer that have a name, with their mentions, by key.
func entitiesByName(l *annotate.Layer) (order []string, of map[string]Name) {
	of = map[string]Name{}
	for i := range l.Entities {
		e := &l.Entities[i]
		n := Name{Type: e.Type, Name: e.Name, At: -1}
		byName := false
		for _, m := range e.Mentions {
			if m.State == annotate.Rejected {
				continue
			}
			byName = byName || m.Form == annotate.Name
			if n.Now++; n.At < 0 {
				n.At = m.Start
			}
		}
		k := key(e)
		if !byName || e.Name == "" {
			continue
		}
		if have, ok := of[k]; ok {
			have.Now += n.Now
			of[k] = have
			continue
		}
		of[k] = n
		order = append(order, k)
	}
	return order, of
}

func names(was, now *annotate.Layer) []Name {
	oldOrder, old := entitiesByName(was)
	order, young := entitiesByName(now)
	var out []Name
	for _, k := range order {
		n := young[k]
		n.Op, n.Was = Came, old[k].Now
		if n.Was == n.Now {
			continue
		}
		if n.Was > 0 {
			n.Op = Altered
		}
		out = append(out, n)
	}
	for _, k := range oldOrder {
		if _, ok := young[k]; !ok {
			n := old[k]
			n.Op, n.Was, n.Now = Gone, n.Now, 0
			out = append(out, n)
		}
	}
	slices.SortStableFunc(out, func(a, b Name) int { return rank(a.Op) - rank(b.Op) })
	return out
}

// rank orders additions before removals, and changes last.
func rank(o Op) int { return map[Op]int{Came: 0, Gone: 1, Altered: 2}[o] }

// quotesIn returns the quotes of a layer that were not rejected.
func quotesIn(text string, l *annotate.Layer) []*Said {
	var out []*Said
	for _, q := range l.Quotes {
		if q.State == annotate.Rejected {
			continue
		}
		s := &Said{Span: q.Span, Text: q.In(text)}
		for _, id := range q.Speakers() {
			if e := l.Entity(id); e != nil {
				s.Speakers = append(s.Speakers, e.Name)
			}
		}
		out = append(out, s)
	}
	return out
}

// comparableWords returns the words of a quote in lower case, without punctuation.
func comparableWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// minOverlap is the least share of words that two versions of a quote have in common.
const minOverlap = .5

func quotes(was string, wasLayer *annotate.Layer, now string, nowLayer *annotate.Layer) []Quote {
	old, young := quotesIn(was, wasLayer), quotesIn(now, nowLayer)
	partner := pair(old, young)
	taken := map[*Said]bool{}
	var out []Quote
	for _, q := range young {
		o := partner[q]
		taken[o] = true
		switch {
		case o == nil:
			out = append(out, Quote{Came, nil, q})
		case !slices.Equal(comparableWords(o.Text), comparableWords(q.Text)) || !q.saidBy(o):
			out = append(out, Quote{Altered, o, q})
		}
	}
	for _, o := range old {
		if !taken[o] {
			out = append(out, Quote{Gone, o, nil})
		}
	}
	return out
}

// pair matches quotes of the new version with those of the old: equal words first, then the most
// words in common.
func pair(old, young []*Said) map[*Said]*Said {
	out, used := map[*Said]*Said{}, map[*Said]bool{}
	same := map[string][]*Said{}
	for _, o := range old {
		k := strings.Join(comparableWords(o.Text), " ")
		same[k] = append(same[k], o)
	}
	for _, q := range young {
		k := strings.Join(comparableWords(q.Text), " ")
		if list := same[k]; len(list) > 0 {
			out[q], used[list[0]] = list[0], true
			same[k] = list[1:]
		}
	}
	for _, q := range young {
		if out[q] != nil {
			continue
		}
		var best *Said
		most := minOverlap
		for _, o := range old {
			if s := wordOverlap(comparableWords(o.Text), comparableWords(q.Text)); !used[o] && s > most {
				best, most = o, s
			}
		}
		if best != nil {
			out[q], used[best] = best, true
		}
	}
	return out
}

// wordOverlap returns the share of words that two quotes have in common (Dice).
func wordOverlap(a, b []string) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	count := map[string]int{}
	for _, w := range a {
		count[w]++
	}
	n := 0
	for _, w := range b {
		if count[w] > 0 {
			count[w]--
			n++
		}
	}
	return 2 * float64(n) / float64(len(a)+len(b))
}
