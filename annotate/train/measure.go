package main

import (
	"byline/annotate/segment"
	"fmt"
	"strings"
	"time"

	"byline/annotate/names/model"
	"byline/annotate/train/corpus"
)

// A tally counts names by kind.
type tally struct{ right, found, gold [9]int }

func (t *tally) f(kinds ...int) (p, r, f float64) {
	a, b, c := 0, 0, 0
	for _, k := range kinds {
		a += t.right[k]
		b += t.found[k]
		c += t.gold[k]
	}
	p, r = float64(a)/float64(max(1, b))*100, float64(a)/float64(max(1, c))*100
	return p, r, 2 * p * r / max(p+r, 1e-9)
}

func (t *tally) String() string {
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

func (t *tally) add(gold, found []int8) {
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

// measure tags docs with a finished model and counts.
func measure(m *model.Model, docs []corpus.Doc) string {
	t := &tally{}
	tokens := 0
	start := time.Now()
	for i := range docs {
		d := &docs[i]
		var words [][]string
		for _, s := range d.Sentences {
			words = append(words, s.Words)
		}
		doc := segment.Tokens(words)
		tokens += len(doc.Tokens)
		flat := make([]int8, len(doc.Tokens))
		for _, n := range m.Tag(doc) {
			for k := n.First; k < n.End; k++ {
				flat[k] = int8(model.Kind(n.Type))*2 + 2
			}
			flat[n.First]--
		}
		for k, s := range d.Sentences {
			r := doc.Sentences[k].Tokens
			t.add(s.Labels, flat[r.First:r.End])
		}
	}
	return fmt.Sprintf("%v %.0f tokens/s", t, float64(tokens)/time.Since(start).Seconds())
}

// confusion counts what happened to gold and found names: by kind, what stands there.
func confusion(m *model.Model, docs []corpus.Doc) string {
	type cell struct{ what, a, b string }
	count := map[cell]int{}
	kind := []string{"O", "PER", "", "ORG", "", "LOC", "", "MISC", ""}
	look := func(what string, s span, in []int8) {
		others := spans(in)
		if others[s] {
			count[cell{what, kind[s.kind], "right"}]++
			return
		}
		best := "O"
		for o := range others {
			if o.from < s.end && s.from < o.end {
				switch {
				case o.from == s.from && o.end == s.end:
					best = kind[o.kind]
				default:
					best = kind[o.kind] + " other span"
				}
			}
		}
		count[cell{what, kind[s.kind], best}]++
	}
	for i := range docs {
		d := &docs[i]
		var words [][]string
		for _, s := range d.Sentences {
			words = append(words, s.Words)
		}
		doc := segment.Tokens(words)
		flat := make([]int8, len(doc.Tokens))
		for _, n := range m.Tag(doc) {
			for k := n.First; k < n.End; k++ {
				flat[k] = int8(model.Kind(n.Type))*2 + 2
			}
			flat[n.First]--
		}
		for k, s := range d.Sentences {
			r := doc.Sentences[k].Tokens
			f := flat[r.First:r.End]
			for x := range spans(s.Labels) {
				look("gold", x, f)
			}
			for x := range spans(f) {
				look("found", x, s.Labels)
			}
		}
	}
	var b strings.Builder
	for _, what := range []string{"gold", "found"} {
		for _, k := range []string{"PER", "ORG", "LOC", "MISC"} {
			fmt.Fprintf(&b, "%s %s:", what, k)
			for _, x := range []string{"right", "O", "PER", "ORG", "LOC", "MISC", "PER other span", "ORG other span", "LOC other span", "MISC other span"} {
				fmt.Fprintf(&b, " %s=%d", x, count[cell{what, k, x}])
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}
