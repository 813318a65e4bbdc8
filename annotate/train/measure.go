package main

import (
	"fmt"
	"strings"
	"time"

	"byline/annotate/segment"

	"byline/annotate/names/model"
	"byline/annotate/train/corpus"
)

// labelCounts counts names by kind.
type labelCounts struct{ right, found, gold [9]int }

func (t *labelCounts) f(kinds ...int) (p, r, f float64) {
	a, b, c := 0, 0, 0
	for _, k := range kinds {
		a += t.right[k]
		b += t.found[k]
		c += t.gold[k]
	}
	p, r = float64(a)/float64(max(1, b))*100, float64(a)/float64(max(1, c))*100
	return p, r, 2 * p * r / max(p+r, 1e-9)
}

func (t *labelCounts) String() string {
	var b strings.Builder
	for _, x := range []struct {
		name  string
		kinds []int
	}{{"PER", []int{1}}, {"ORG", []int{3}}, {"LOC", []int{5}}, {"MISC", []int{7}}, {"PER+ORG", []int{1, 3}}, {"P+O+L", []int{1, 3, 5}}} {
		p, r, f := t.f(x.kinds...)
		fmt.Fprintf(&b, " %s %.1f/%.1f/%.1f", x.name, p, r, f)
	}
	return b.String()
}

type span struct{ from, end, kind int }

func spans(labels []int8) map[span]bool {
	out := map[span]bool{}
	for i := 0; i < len(labels); i++ {
		if k := labels[i]; k > 0 && k%2 == 1 {
			j := i + 1
			for j < len(labels) && labels[j] == k+1 {
				j++
			}
			out[span{i, j, int(k)}] = true
		}
	}
	return out
}

func (t *labelCounts) add(gold, found []int8) {
	g, f := spans(gold), spans(found)
	for s := range g {
		t.gold[s.kind]++
	}
	for s := range f {
		t.found[s.kind]++
		if g[s] {
			t.right[s.kind]++
		}
	}
}

// measure tags docs with a finished model and returns the counts, and how many tokens it tagged a
// second.
func measure(m *model.Model, docs []corpus.Doc) (*labelCounts, float64) {
	t := &labelCounts{}
	tokens := 0
	start := time.Now()
	for i := range docs {
		tagged := tag(m, &docs[i])
		for k, s := range docs[i].Sentences {
			tokens += len(tagged[k])
			t.add(s.Labels, tagged[k])
		}
	}
	return t, float64(tokens) / time.Since(start).Seconds()
}

// tag returns m's labels for the tokens of d, by sentence.
func tag(m *model.Model, d *corpus.Doc) [][]int8 {
	doc := segment.Tokens(split(d))
	flat := make([]int8, len(doc.Tokens))
	for _, n := range m.Tag(doc) {
		for k := n.First; k < n.End; k++ {
			flat[k] = int8(model.Kind(n.Type))*2 + 2
		}
		flat[n.First]--
	}
	labels := make([][]int8, len(d.Sentences))
	for k := range labels {
		r := doc.Sentences[k].Tokens
		labels[k] = flat[r.First:r.End]
	}
	return labels
}

// kinds are the kinds of names by the label that starts them.
var kinds = [...]string{"O", "PER", "", "ORG", "", "LOC", "", "MISC", ""}

// A cell is a cell of the confusion table: a name of the gold or a found one, its kind, and the
// label on the other side.
type cell struct{ of, kind, there string }

// confusion returns a table of gold and found names by kind, with the labels on the other side.
func confusion(m *model.Model, docs []corpus.Doc) string {
	count := map[cell]int{}
	for i := range docs {
		tagged := tag(m, &docs[i])
		for k, s := range docs[i].Sentences {
			gold, found := spans(s.Labels), spans(tagged[k])
			for x := range gold {
				count[cell{"gold", kinds[x.kind], labelAt(x, found)}]++
			}
			for x := range found {
				count[cell{"found", kinds[x.kind], labelAt(x, gold)}]++
			}
		}
	}
	var b strings.Builder
	for _, of := range []string{"gold", "found"} {
		for _, k := range []string{"PER", "ORG", "LOC", "MISC"} {
			fmt.Fprintf(&b, "%s %s:", of, k)
			for _, x := range []string{"right", "O", "PER", "ORG", "LOC", "MISC", "PER other span", "ORG other span", "LOC other span", "MISC other span"} {
				fmt.Fprintf(&b, " %s=%d", x, count[cell{of, k, x}])
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// labelAt returns the label in others at s.
func labelAt(s span, others map[span]bool) string {
	if others[s] {
		return "right"
	}
	there := "O"
	for o := range others {
		if o.from >= s.end || s.from >= o.end {
			continue
		}
		if there = kinds[o.kind]; o.from != s.from || o.end != s.end {
			there += " other span"
		}
	}
	return there
}
