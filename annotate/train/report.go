package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"

	"byline/annotate/names/model"
	"byline/annotate/train/corpus"
)

// A report says what to measure a model on and what to print.
type report struct {
	dev      string
	altered  bool
	reliable bool
	confused bool
}

func (r *report) flags() {
	flag.StringVar(&r.dev, "dev", "worldwide4.dev,worldwide4.dev2,uner_ewt.test,gum_clean.dev,"+kept, "measure on `NAMES` of annotated texts, with commas between")
	flag.BoolVar(&r.altered, "altered", false, "measure on copies written in other ways, too")
	flag.BoolVar(&r.reliable, "reliability", false, "print how often names of a score are right")
	flag.BoolVar(&r.confused, "confusion", false, "print what is taken for what")
}

func (r *report) print(m *model.Model, dir string) error {
	sum, n := 0.0, 0
	for _, name := range strings.FieldsFunc(r.dev, func(r rune) bool { return r == ',' }) {
		docs, err := measured(dir, name)
		if err != nil {
			return fmt.Errorf("measure: %w", err)
		}
		counts, speed := measure(m, docs)
		_, _, f := counts.f(corpus.Per, corpus.Org)
		sum += f
		n++
		fmt.Printf("%-18s%v %.0f tokens/s\n", name, counts, speed)
		if r.altered {
			measureAltered(m, docs)
		}
		if r.reliable {
			var all []claim
			for i := range docs {
				all = append(all, claimsOf(m, &docs[i])...)
			}
			fmt.Print(reliability(all))
		}
		if r.confused {
			fmt.Print(confusion(m, docs))
		}
	}
	fmt.Printf("mean PER+ORG %.2f\n", sum/float64(max(1, n)))
	return nil
}

// kept is the name under which the parts of newsroom that were kept out are measured together.
const kept = "kept"

// measured reads a text to measure on: a file, or the parts of newsroom that were kept out.
func measured(dir, name string) (docs []corpus.Doc, err error) {
	if name != kept {
		return corpus.Read(dir, measuredSource(name), 0)
	}
	for _, s := range sources {
		if s.Newsroom && !s.Whole {
			s.Kept = true
			some, err := corpus.Read(dir, s, 0)
			if err != nil {
				return nil, err
			}
			docs = append(docs, some...)
		}
	}
	return docs, nil
}

// measuredSource returns the properties of a text to measure on.
func measuredSource(name string) corpus.Source {
	for _, s := range sources {
		if kind, _, _ := strings.Cut(s.Name, "."); strings.HasPrefix(name, kind) {
			s.Name = name
			s.Kept = s.Newsroom && !s.Whole
			return s
		}
	}
	return corpus.Source{Name: name}
}

// measureAltered measures on copies of docs in other ways of writing.
func measureAltered(m *model.Model, docs []corpus.Doc) {
	for _, w := range corpus.Variants {
		r := rand.New(rand.NewPCG(1, 1))
		var copies []corpus.Doc
		for _, d := range docs {
			copies = append(copies, w.Write(d, r))
		}
		counts, _ := measure(m, copies)
		fmt.Printf("  %-28s%v\n", w.Name, counts)
	}
}
