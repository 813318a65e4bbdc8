package main

import (
	"cmp"
	"fmt"
	"slices"

	"byline/annotate"
	"byline/annotate/engine"
	"byline/annotate/evidence"
	"byline/annotate/names"
	"byline/annotate/names/model"
	"byline/annotate/segment"
	"byline/annotate/train/corpus"
)

// A rawSource is a raw text and the interval at which documents are taken from it.
type rawSource struct {
	name  string
	every int
}

// rawSources are the raw texts most similar to news.
var rawSources = []rawSource{{"newsworthy-cc0", 9}, {"gov-blogs-pd", 8}, {"enwiki-sample-ccbysa", 25}, {"senate-pr-pd", 80}}

// silverScore is the least raw score of a name that counts as right.
const silverScore = 0.7

// longestSilver is the largest document that is used, in bytes.
const longestSilver = 20_000

// A labeller returns the label of each token of a document.
type labeller func(*annotate.Doc) []int8

// moreRaw is how many times as many raw texts the engine labels as the first two models.
const moreRaw = 3

// A silverMaker makes documents of raw texts, labelled by two labellers that have each seen other texts.
type silverMaker struct {
	a, b   labeller
	weight float32
	times  int // as many raw texts as rawSources says
}

// docs returns documents of the raw texts in dir. Where the labellers disagree, or one is not sure, the
// label is left open.
func (s *silverMaker) docs(dir string) ([]weightedDoc, error) {
	var out []weightedDoc
	tokens := 0
	for _, v := range rawSources {
		n := 0
		err := corpus.Documents(dir, v.name, func(text string) {
			if n++; n*s.times%v.every >= s.times || len(text) > longestSilver {
				return
			}
			d := segment.Split(text, nil)
			doc := s.agreement(d)
			tokens += len(d.Tokens)
			out = append(out, weightedDoc{doc, home, s.weight, 0, unfolded})
		})
		if err != nil {
			return nil, err
		}
	}
	fmt.Printf("silver: %d documents, %d tokens\n", len(out), tokens)
	return out, nil
}

// agreement returns d with the labels on which both labellers agree.
func (s *silverMaker) agreement(d *annotate.Doc) (out corpus.Doc) {
	la, lb := s.a(d), s.b(d)
	for i := range la {
		if la[i] != lb[i] {
			la[i] = corpus.Any
		}
	}
	for _, x := range d.Sentences {
		var t corpus.Sentence
		for k := x.Tokens.First; k < x.Tokens.End; k++ {
			t.Words = append(t.Words, d.Word(k))
			t.Labels = append(t.Labels, la[k])
		}
		out.Sentences = append(out.Sentences, t)
	}
	return out
}

// byTagger labels what m finds.
func byTagger(m *model.Model) labeller {
	return func(d *annotate.Doc) []int8 { return labels(d, m.Tag(d)) }
}

// byEngine labels what the engine finds with m and types.
func byEngine(m *model.Model, types *evidence.Model) labeller {
	e := engine.New(m, types)
	return func(d *annotate.Doc) []int8 { return labels(d, namesIn(d, e.Annotate(d.Text, nil))) }
}

// namesIn returns the names of a layer of d as runs of tokens, in order.
func namesIn(d *annotate.Doc, l *annotate.Layer) (all []names.Name) {
	var found []annotate.Mention
	for _, e := range l.Entities {
		for _, m := range e.Mentions {
			if m.Form == annotate.Name {
				found = append(found, m)
			}
		}
	}
	slices.SortFunc(found, func(a, b annotate.Mention) int { return cmp.Compare(a.Start, b.Start) })
	t := 0
	for _, m := range found {
		for t < len(d.Tokens) && d.Tokens[t].Start < m.Start {
			t++
		}
		first := t
		for t < len(d.Tokens) && d.Tokens[t].End <= m.End {
			t++
		}
		if t > first {
			all = append(all, names.Name{Range: annotate.Range{First: first, End: t}, Type: m.Type, Score: m.Origin.Score})
		}
	}
	return all
}

// labels returns the label of each token of d, whose names are ns; of those that are not sure it is open.
func labels(d *annotate.Doc, ns []names.Name) []int8 {
	out := make([]int8, len(d.Tokens))
	for _, n := range ns {
		for k := n.First; k < n.End; k++ {
			out[k] = int8(model.Kind(n.Type))*2 + 2
		}
		out[n.First]--
		if n.Score < silverScore {
			for k := n.First; k < n.End; k++ {
				out[k] = corpus.Any
			}
		}
	}
	return out
}
