package agreement

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
)

// A Number is the value of a figure; NaN, which JSON has as null, where it has none.
type Number float64

// Defined reports whether there is a value.
func (n Number) Defined() bool { return !math.IsNaN(float64(n)) }

// String returns the value with three digits, or "n/a".
func (n Number) String() string {
	if !n.Defined() {
		return "n/a"
	}
	s := fmt.Sprintf("%.3f", float64(n))
	if s == "-0.000" {
		return "0.000"
	}
	return s
}

// MarshalJSON writes six digits, or null.
func (n Number) MarshalJSON() ([]byte, error) {
	if !n.Defined() {
		return []byte("null"), nil
	}
	return json.Marshal(math.Round(float64(n)*1e6) / 1e6)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (n *Number) UnmarshalJSON(data []byte) error {
	if bytes.Equal(data, []byte("null")) {
		*n = Number(math.NaN())
		return nil
	}
	return json.Unmarshal(data, (*float64)(n))
}

// Marks are a number of marks, null in JSON if there is no such number.
type Marks int

// NoMarks says that a figure has no number of marks.
const NoMarks Marks = -1

// String returns the number; empty for none.
func (m Marks) String() string {
	if m == NoMarks {
		return ""
	}
	return strconv.Itoa(int(m))
}

// MarshalJSON writes the number, or null.
func (m Marks) MarshalJSON() ([]byte, error) {
	if m == NoMarks {
		return []byte("null"), nil
	}
	return json.Marshal(int(m))
}

// UnmarshalJSON reads what MarshalJSON writes.
func (m *Marks) UnmarshalJSON(data []byte) error {
	if bytes.Equal(data, []byte("null")) {
		*m = NoMarks
		return nil
	}
	return json.Unmarshal(data, (*int)(m))
}

// A Figure is the value of a measure, of all annotators or of two.
type Figure struct {
	Measure string `json:"measure"`
	About   string `json:"about"`          // names, quotes, clusters, speakers, suggestions
	Type    string `json:"type,omitempty"` // of names or quotes; all of them together if empty
	A       string `json:"a,omitempty"`    // the two annotators, or the one; all if empty
	B       string `json:"b,omitempty"`
	Value   Number `json:"value"`
	From    Number `json:"from"` // with To, where 95 % of the draws of articles are
	To      Number `json:"to"`
	// N is what the figure is taken over: of F1 and clusters, the marks of both; of κ, Fleiss's κ and α, tokens; of α_U and
	// γ, marks of all; of speakers, quotes of both; of suggestions, suggestions. Over pairs, the sum.
	N int `json:"n"`
	// OfA and OfB are the marks of the two, of κ the tokens that they marked; [NoMarks] where that means nothing.
	OfA Marks `json:"of_a"`
	OfB Marks `json:"of_b"`
}

// A Pair is two annotators, and the number of articles that both finished.
type Pair struct {
	A        string `json:"a"`
	B        string `json:"b"`
	Articles int    `json:"articles"`
}

// An Annotator is a person, with what they have in the articles that count.
type Annotator struct {
	Name     string `json:"name"`
	Articles int    `json:"articles"`
	Names    int    `json:"names"`
	Quotes   int    `json:"quotes"`
	Decided  int    `json:"decided"` // of them, what the person confirmed, changed or added
	AsFound  int    `json:"as_suggested"`
}

// An ArticleReport is the main figures of one article.
type ArticleReport struct {
	ID         string   `json:"id"`
	Title      string   `json:"title"`
	Annotators []string `json:"annotators"`
	Figures    []Figure `json:"figures"`
}

// A Report is all figures of a study.
type Report struct {
	Articles   int             `json:"articles"` // that at least two finished
	Left       Left            `json:"left_out"`
	Seed       uint64          `json:"seed"`
	Draws      int             `json:"draws"`
	Chance     int             `json:"chance_annotations"`
	Types      []string        `json:"types,omitempty"`
	Decided    bool            `json:"decided_only,omitempty"`
	Annotators []Annotator     `json:"annotators"`
	Pairs      []Pair          `json:"pairs"`
	Figures    []Figure        `json:"figures"`
	ByArticle  []ArticleReport `json:"by_article"`
	Notes      []string        `json:"notes,omitempty"`
}

// Report computes the figures. No article is added after that.
func (s *Study) Report() *Report {
	l := s.arrange()
	r := &Report{Articles: len(s.articles), Left: s.left, Seed: s.options.Seed, Draws: s.options.Draws, Chance: s.options.Chance,
		Types: s.options.Types, Decided: s.options.Decided, Annotators: s.annotators(), Pairs: l.pairs, Notes: s.notes()}
	fs := l.formulas()
	total := make(sums, l.size)
	for _, t := range s.articles {
		total.add(t.entries, 1)
	}
	for _, f := range fs {
		r.Figures = append(r.Figures, f.figure(total))
	}
	intervals(r.Figures, fs, s.articles, total, s.options)
	fs = slices.DeleteFunc(fs, func(f formula) bool { return !isMain(f.Figure) })
	for _, t := range s.articles {
		r.ByArticle = append(r.ByArticle, t.report(fs, t.entries, total))
	}
	return r
}

// figure returns the figure of some sums.
func (f *formula) figure(v sums) Figure {
	g := f.Figure
	g.Value, g.From, g.To = Number(f.value(v)), Number(math.NaN()), Number(math.NaN())
	g.N, g.OfA, g.OfB = v.whole(f.n), NoMarks, NoMarks
	if len(f.a) > 0 && f.a[0] != noTerm {
		g.OfA, g.OfB = Marks(v.whole(f.a)), Marks(v.whole(f.b))
	}
	return g
}

// whole returns the sum of terms as a whole number.
func (v sums) whole(of []term) int {
	sum := 0.0
	for _, t := range of {
		sum += v.of(t)
	}
	return int(math.Round(sum))
}

// isMain reports whether a figure is given for each article.
func isMain(f Figure) bool {
	if f.A != "" || f.Type != "" && f.About != Clusters {
		return false
	}
	switch f.Measure {
	case Exact, KappaMarked, AlphaU, Gamma, SameSpeaker:
		return true
	case B3:
		return f.Type == OfBoth
	}
	return false
}

// report returns the figures of one article. v is a vector of sums, to be used.
func (t *Tally) report(fs []formula, of []entry, v sums) ArticleReport {
	for i := range v {
		v[i] = 0
	}
	v.add(of, 1)
	r := ArticleReport{ID: t.id, Title: t.title}
	for _, p := range t.people {
		r.Annotators = append(r.Annotators, p.who)
	}
	for i := range fs {
		r.Figures = append(r.Figures, fs[i].figure(v))
	}
	return r
}

func (s *Study) annotators() []Annotator {
	at := map[string]*Annotator{}
	for _, t := range s.articles {
		for _, p := range t.people {
			a := at[p.who]
			if a == nil {
				a = &Annotator{Name: p.who}
				at[p.who] = a
			}
			a.Articles++
			a.Names += p.names
			a.Quotes += p.quotes
			a.Decided += p.decided
			a.AsFound += p.left
		}
	}
	var all []Annotator
	for _, a := range at {
		all = append(all, *a)
	}
	slices.SortFunc(all, func(a, b Annotator) int { return cmp.Compare(a.Name, b.Name) })
	return all
}

// notes says what the figures do not.
func (s *Study) notes() []string {
	var out []string
	uncertain, crowded, greedy, tangled, marks := 0, 0, 0, 0, 0
	for _, t := range s.articles {
		tangled += t.tangled
		if t.uncertain {
			uncertain++
		}
		if t.crowded {
			crowded++
		}
		if t.greedy {
			greedy++
		}
		for _, p := range t.people {
			marks += p.names + p.quotes
		}
	}
	if uncertain > 0 {
		out = append(out, fmt.Sprintf("γ: in %s the search for the best alignment was cut short, so γ is approximate", countOfArticles(uncertain, len(s.articles))))
	}
	if crowded > 0 {
		out = append(out, fmt.Sprintf("overlap F1: in %s too many marks overlap to find the best pairing; they were paired from left to right", countOfArticles(crowded, len(s.articles))))
	}
	if greedy > 0 {
		out = append(out, fmt.Sprintf("CEAFe: in %s too many clusters hang together to find the best alignment; the most alike were aligned first", countOfArticles(greedy, len(s.articles))))
	}
	if tangled > 0 {
		out = append(out, fmt.Sprintf("α_U: %d of %d marks overlap another of the same person and type, and were left out; the first and longest counts", tangled, marks))
	}
	if s.options.Draws > 0 && len(s.articles) == 1 {
		out = append(out, "intervals: one article cannot be resampled")
	}
	return out
}

func countOfArticles(n, of int) string { return fmt.Sprintf("%d of %d articles", n, of) }
