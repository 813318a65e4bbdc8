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
	flag.StringVar(&r.dev, "dev", "", "measure on `NAMES` of annotated texts, with commas between")
	flag.BoolVar(&r.altered, "altered", false, "measure on copies written in other ways, too")
	flag.BoolVar(&r.reliable, "reliability", false, "print how often names of a score are right")
	flag.BoolVar(&r.confused, "confusion", false, "print what is taken for what")
}

func (r *report) print(m *model.Model, dir string) error {
	for _, name := range strings.FieldsFunc(r.dev, func(r rune) bool { return r == ',' }) {
		docs, err := corpus.Read(dir, measuredSource(name), 0)
		if err != nil {
			return fmt.Errorf("measure: %w", err)
		}
		fmt.Printf("%-30s%s\n", name, measure(m, docs))
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
	return nil
}

// measuredSource returns the properties of a text to measure on.
func measuredSource(name string) corpus.Source {
	for _, s := range sources {
		if kind, _, _ := strings.Cut(s.Name, "."); strings.HasPrefix(name, kind) {
			s.Name = name
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
		fmt.Printf("  %-28s%s\n", w.Name, measure(m, copies))
	}
}
