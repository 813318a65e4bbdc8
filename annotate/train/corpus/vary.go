package corpus

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Variant is another way in which news is written.
type Variant struct {
	Name  string
	Write func(Doc, *rand.Rand) Doc
	often int // in Vary
}

// Variants are the ways in which [Vary] writes copies.
var Variants = []Variant{
	{"small letters", func(d Doc, _ *rand.Rand) Doc { return respelledDoc(d, strings.ToLower) }, 2},
	{"capitals", func(d Doc, _ *rand.Rand) Doc { return respelledDoc(d, strings.ToUpper) }, 2},
	{"headlines", func(d Doc, _ *rand.Rand) Doc { return rewriteEach(d, headline) }, 0},
	{"other tokens", func(d Doc, _ *rand.Rand) Doc { return rewriteEach(d, splitHyphens) }, 6},
	{"names in capitals", func(d Doc, _ *rand.Rand) Doc { return rewriteEach(d, upperNames) }, 1},
	{"bylines", withByline, 1},
	{"datelines", withDateline, 2},
	{"lists and tables", withLists, 1},
	{"newspaper", newspaper, 4},
}

// Vary returns copies of a share of docs, written in other ways, and the indices of their
// originals.
func Vary(docs []Doc, share float64, seed uint64) (out []Doc, of []int) {
	var ways []Variant
	for _, w := range Variants {
		for range w.often {
			ways = append(ways, w)
		}
	}
	r := rand.New(rand.NewPCG(seed, 7))
	for i := range docs {
		if r.Float64() < share {
			out = append(out, ways[r.IntN(len(ways))].Write(docs[i], r))
			of = append(of, i)
		}
	}
	return out, of
}

// rewriteEach rewrites the sentences of d.
func rewriteEach(d Doc, write func(Sentence) Sentence) Doc {
	out := Doc{Source: d.Source}
	for _, s := range d.Sentences {
		out.Sentences = append(out.Sentences, write(s))
	}
	return out
}

func respelledDoc(d Doc, how func(string) string) Doc {
	return rewriteEach(d, func(s Sentence) Sentence { return respell(s, how) })
}

// upperNames writes the names of s in capitals.
func upperNames(s Sentence) Sentence {
	out := respell(s, unchanged)
	for i, w := range s.Words {
		if s.Labels[i] > 0 {
			out.Words[i] = strings.ToUpper(w)
		}
	}
	return out
}

func respell(s Sentence, how func(string) string) Sentence {
	words := make([]string, len(s.Words))
	for i, w := range s.Words {
		words[i] = how(w)
	}
	return Sentence{words, s.Labels}
}

// splitHyphens returns s with hyphenated names and curly possessives split into tokens, as in
// other tokenizers.
func splitHyphens(s Sentence) (t Sentence) {
	for i, w := range s.Words {
		label := s.Labels[i]
		for k, part := range parts(w, label > 0) {
			if k > 0 && label > 0 && label%2 == 1 {
				label++
			}
			t.Words = append(t.Words, part)
			t.Labels = append(t.Labels, label)
		}
	}
	return t
}

// parts splits a word at its hyphens and before its possessive.
func parts(w string, name bool) []string {
	if w == "'s" {
		return []string{"’", "s"}
	}
	a, b, ok := strings.Cut(w, "-")
	if !ok || a == "" || b == "" {
		return []string{w}
	}
	small := strings.ToLower(w) == w
	if name && len(b) > 4 && strings.ToLower(b) == b || !name && !small {
		return []string{w} // "Paris-based": it is unclear which part the label is for
	}
	return append([]string{a, "-"}, parts(b, name)...)
}

// newspaper turns a document into an article: some sentences become headlines.
func newspaper(d Doc, r *rand.Rand) Doc {
	d = withLists(withDateline(withByline(d, r), r), r)
	return rewriteEach(d, func(s Sentence) Sentence {
		switch x := r.IntN(10); {
		case len(s.Words) < 30 && x < 3:
			return headline(s)
		case len(s.Words) < 30 && x < 4:
			return respell(s, strings.ToUpper)
		}
		return s
	})
}

func withByline(d Doc, r *rand.Rand) Doc {
	people := namesOf(d)[Per]
	if len(people) == 0 {
		return d
	}
	return Doc{d.Source, append([]Sentence{byline(people, r)}, d.Sentences...)}
}

func withDateline(d Doc, r *rand.Rand) Doc {
	places := namesOf(d)[loc]
	if len(places) == 0 {
		return d
	}
	out := Doc{d.Source, slices.Clone(d.Sentences)}
	out.Sentences[0] = dateline(out.Sentences[0], places, r)
	return out
}

func withLists(d Doc, r *rand.Rand) Doc {
	names := namesOf(d)
	out := Doc{d.Source, slices.Clone(d.Sentences)}
	for kind := int8(Per); kind <= loc; kind += 2 {
		if len(names[kind]) > 1 {
			out.Sentences = append(out.Sentences, list(names[kind], kind, r))
		}
	}
	return out
}

// namesOf returns the names of a document by kind, as their tokens.
func namesOf(d Doc) map[int8][][]string {
	out := map[int8][][]string{}
	for _, s := range d.Sentences {
		for i := 0; i < len(s.Labels); i++ {
			k := s.Labels[i]
			if k <= 0 || k%2 == 0 {
				continue
			}
			j := i + 1
			for j < len(s.Labels) && s.Labels[j] == k+1 {
				j++
			}
			out[k] = append(out[k], s.Words[i:j])
		}
	}
	return out
}

// name appends a name of a kind to s.
func (s *Sentence) name(words []string, kind int8, how func(string) string) {
	for i, w := range words {
		s.Words = append(s.Words, how(w))
		s.Labels = append(s.Labels, kind+int8(min(i, 1)))
	}
}

func (s *Sentence) appendPlain(words ...string) {
	for _, w := range words {
		s.Words = append(s.Words, w)
		s.Labels = append(s.Labels, outside)
	}
}

func unchanged(s string) string { return s }

func byline(people [][]string, r *rand.Rand) (s Sentence) {
	how, by := unchanged, "By"
	if r.IntN(3) == 0 {
		how, by = strings.ToUpper, "BY"
	}
	s.appendPlain(by)
	s.name(people[r.IntN(len(people))], Per, how)
	if r.IntN(3) == 0 {
		s.appendPlain("and")
		s.name(people[r.IntN(len(people))], Per, how)
	}
	switch r.IntN(4) {
	case 0:
		s.appendPlain(",", "Staff", "Writer")
	case 1:
		s.appendPlain("|")
		s.name([]string{agencies[r.IntN(len(agencies))]}, Org, unchanged)
	}
	return s
}

var agencies = []string{"Reuters", "AP", "AFP", "Xinhua", "Bloomberg", "UPI", "dpa", "EFE", "ANSA", "Interfax", "Kyodo", "PTI", "CNN", "BBC"}

var months = []string{"Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."}

func dateline(s Sentence, places [][]string, r *rand.Rand) (out Sentence) {
	out.name(places[r.IntN(len(places))], loc, strings.ToUpper)
	if r.IntN(3) == 0 {
		out.appendPlain(",")
		out.name(places[r.IntN(len(places))], loc, unchanged)
	}
	if r.IntN(3) == 0 {
		out.appendPlain(",", months[r.IntN(12)], []string{"1", "12", "23", "30"}[r.IntN(4)])
	}
	if r.IntN(2) == 0 {
		out.appendPlain("(")
		out.name([]string{agencies[r.IntN(len(agencies))]}, Org, unchanged)
		out.appendPlain(")")
	}
	out.appendPlain([]string{"-", "—", "–", "--"}[r.IntN(4)])
	out.Words = append(out.Words, s.Words...)
	out.Labels = append(out.Labels, s.Labels...)
	return out
}

func list(names [][]string, kind int8, r *rand.Rand) (s Sentence) {
	between := []string{",", ";", "|", "-", "/"}[r.IntN(5)]
	for i, n := range names[:min(len(names), 8)] {
		if i > 0 {
			s.appendPlain(between)
		}
		s.name(n, kind, unchanged)
		if r.IntN(3) == 0 {
			s.appendPlain([]string{"3", "12", "2.5", "45", "1-0"}[r.IntN(5)])
		}
	}
	return s
}

// headline returns s with every word capitalized except small ones.
func headline(s Sentence) Sentence {
	out := respell(s, func(w string) string {
		switch w {
		case "a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "by", "as", "'s", "with", "from":
			return w
		}
		r, n := utf8.DecodeRuneInString(w)
		return strings.ToUpper(string(r)) + w[n:]
	})
	if n := len(out.Words); n > 1 && out.Words[n-1] == "." {
		out.Words, out.Labels = out.Words[:n-1], out.Labels[:n-1]
	}
	return out
}
