package main

import (
	"strconv"
	"strings"

	"byline/annotate/train/corpus"
)

// sources are the texts to train on. Weights were chosen on held-out parts: gmbfix has
// the most tokens and habits of its own.
var sources = []corpus.Source{
	{Name: "gmbfix.train", Habits: 1, Weight: 0.15, Cut: true},
	{Name: "docred.extra", Habits: 2, Weight: 1},
	{Name: "redocred.dev", Habits: 2, Weight: 1},
	{Name: "redocred.test", Habits: 2, Weight: 1},
	{Name: "gum_clean.train", Habits: 3, Weight: 1, NoMisc: true},
	{Name: "wikigold.all", Habits: 4, Weight: 1},
	{Name: "crossner_politics.train", Habits: 5, Weight: 1, Cut: true},
	{Name: "crossner_politics.dev", Habits: 5, Weight: 1, Cut: true},
	{Name: "crossner_politics.test", Habits: 5, Weight: 1, Cut: true},
	{Name: "uner_ewt.dev", Habits: 6, Weight: 1, NoMisc: true},
	{Name: "btc.train", Habits: 7, Weight: 1, NoMisc: true, Single: true},
	{Name: "btc.dev", Habits: 7, Weight: 1, NoMisc: true, Single: true},
	{Name: "btc.test", Habits: 7, Weight: 1, NoMisc: true, Single: true},
	{Name: "wnut17.train", Habits: 8, Weight: 1, NoMisc: true, Single: true},
	{Name: "wnut17.dev", Habits: 8, Weight: 0, NoMisc: true, Single: true},
	{Name: "wnut17.test", Habits: 8, Weight: 0, NoMisc: true, Single: true},
	{Name: "re3d.train", Habits: 9, Weight: 0, NoMisc: true, Cut: true},
	{Name: "litbank.all", Habits: 10, Weight: 0, NoMisc: true},
}

// home is the source whose habits silver has: its guidelines are those of CoNLL.
const home = 4

// homes are the sources whose habits the model has, the mean of them: those that are
// annotated by hand and are no tweets.
var homes = [4]int32{3, home, 5, 6}

// A weighed document is one to train on.
type weighed struct {
	corpus.Doc
	habits int
	weight float32
	fold   int // number of the document, or of that of which it is a copy
}

// load reads the documents to train on, and copies of a share of them as news is also
// written.
func load(dir, weights string, vary float64) ([]weighed, error) {
	var all []weighed
	for i, s := range sources {
		if s.Weight = weightOf(s, weights); s.Weight == 0 {
			continue
		}
		docs, err := corpus.Read(dir, s, s.Habits)
		if err != nil {
			return nil, err
		}
		first := len(all)
		for k := range docs {
			all = append(all, weighed{docs[k], s.Habits, s.Weight, first + k})
		}
		copies, of := corpus.Vary(docs, vary, uint64(i))
		for k := range copies {
			all = append(all, weighed{copies[k], s.Habits, s.Weight, first + of[k]})
		}
	}
	return all, nil
}

// weightOf returns the weight of s, which weights may change: "gmbfix=0.4,btc=0".
func weightOf(s corpus.Source, weights string) float32 {
	for _, x := range strings.Split(weights, ",") {
		if n, w, ok := strings.Cut(x, "="); ok && strings.HasPrefix(s.Name, n) {
			f, _ := strconv.ParseFloat(w, 32)
			return float32(f)
		}
	}
	return s.Weight
}
