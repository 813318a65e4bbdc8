package corpus

import (
	"math/rand/v2"
	"strings"
	"unicode/utf8"
)

// Vary returns copies of a share of docs, written as news also is: in small letters, in
// capitals, with headlines, datelines, bylines and lists of their names.
func Vary(docs []Doc, share float64, seed uint64) []Doc {
	r := rand.New(rand.NewPCG(seed, 7))
	var out []Doc
	for i := range docs {
		if r.Float64() >= share {
			continue
		}
		switch x := r.IntN(10); {
		case x < 2:
			out = append(out, rewritten(docs[i], strings.ToLower))
		case x < 4:
			out = append(out, rewritten(docs[i], strings.ToUpper))
		default:
			out = append(out, newspaper(docs[i], r))
		}
	}
	return out
}

func rewritten(d Doc, how func(string) string) Doc {
	out := Doc{Source: d.Source}
	for _, s := range d.Sentences {
		out.Sentences = append(out.Sentences, respelled(s, how))
	}
	return out
}

func respelled(s Sentence, how func(string) string) Sentence {
	words := make([]string, len(s.Words))
	for i, w := range s.Words {
		words[i] = how(w)
	}
	return Sentence{words, s.Labels}
}

// newspaper dresses a document up as an article.
func newspaper(d Doc, r *rand.Rand) Doc {
	names := namesOf(d)
	out := Doc{Source: d.Source}
	if len(names[Per]) > 0 && r.IntN(2) == 0 {
		out.Sentences = append(out.Sentences, byline(names[Per], r))
	}
	for i, s := range d.Sentences {
		switch x := r.IntN(10); {
		case len(s.Words) < 30 && x < 3:
			out.Sentences = append(out.Sentences, headline(s))
		case len(s.Words) < 30 && x < 4:
			out.Sentences = append(out.Sentences, respelled(s, strings.ToUpper))
		case i == 0 && x < 8 && len(names[Loc]) > 0:
			out.Sentences = append(out.Sentences, dateline(s, names[Loc], r))
		default:
			out.Sentences = append(out.Sentences, s)
		}
	}
	for kind := int8(Per); kind <= Loc; kind += 2 {
		if len(names[kind]) > 1 && r.IntN(4) == 0 {
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

func (s *Sentence) plain(words ...string) {
	for _, w := range words {
		s.Words = append(s.Words, w)
		s.Labels = append(s.Labels, O)
	}
}

func same(s string) string { return s }

func byline(people [][]string, r *rand.Rand) (s Sentence) {
	how, by := same, "By"
	if r.IntN(3) == 0 {
		how, by = strings.ToUpper, "BY"
	}
	s.plain(by)
	s.name(people[r.IntN(len(people))], Per, how)
	if r.IntN(3) == 0 {
		s.plain("and")
		s.name(people[r.IntN(len(people))], Per, how)
	}
	switch r.IntN(4) {
	case 0:
		s.plain(",", "Staff", "Writer")
	case 1:
		s.plain("|")
		s.name([]string{agencies[r.IntN(len(agencies))]}, Org, same)
	}
	return s
}

var agencies = []string{"Reuters", "AP", "AFP", "Xinhua", "Bloomberg", "UPI", "dpa", "EFE", "ANSA", "Interfax", "Kyodo", "PTI", "CNN", "BBC"}

var months = []string{"Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."}

func dateline(s Sentence, places [][]string, r *rand.Rand) (out Sentence) {
	out.name(places[r.IntN(len(places))], Loc, strings.ToUpper)
	if r.IntN(3) == 0 {
		out.plain(",")
		out.name(places[r.IntN(len(places))], Loc, same)
	}
	if r.IntN(3) == 0 {
		out.plain(",", months[r.IntN(12)], []string{"1", "12", "23", "30"}[r.IntN(4)])
	}
	if r.IntN(2) == 0 {
		out.plain("(")
		out.name([]string{agencies[r.IntN(len(agencies))]}, Org, same)
		out.plain(")")
	}
	out.plain([]string{"-", "—", "–", "--"}[r.IntN(4)])
	out.Words = append(out.Words, s.Words...)
	out.Labels = append(out.Labels, s.Labels...)
	return out
}

func list(names [][]string, kind int8, r *rand.Rand) (s Sentence) {
	between := []string{",", ";", "|", "-", "/"}[r.IntN(5)]
	for i, n := range names[:min(len(names), 8)] {
		if i > 0 {
			s.plain(between)
		}
		s.name(n, kind, same)
		if r.IntN(3) == 0 {
			s.plain([]string{"3", "12", "2.5", "45", "1-0"}[r.IntN(5)])
		}
	}
	return s
}

// headline returns s with a capital on every word but the small ones.
func headline(s Sentence) Sentence {
	out := respelled(s, func(w string) string {
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
