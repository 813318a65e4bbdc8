package main

import (
	"fmt"

	"byline/annotate"
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

// silverDocs returns documents of the raw texts as labelled by two models. Where they disagree, or
// one is not sure, the label is left open.
func silverDocs(dir string, a, b *model.Model, weight float32) ([]weightedDoc, error) {
	var out []weightedDoc
	tokens := 0
	for _, v := range rawSources {
		n := 0
		err := corpus.Documents(dir, v.name, func(text string) {
			if n++; n%v.every != 0 || len(text) > longestSilver {
				return
			}
			d := segment.Split(text, nil)
			doc := agreement(a, b, d)
			tokens += len(d.Tokens)
			out = append(out, weightedDoc{doc, home, weight, 0, unfolded})
		})
		if err != nil {
			return nil, err
		}
	}
	fmt.Printf("silver: %d documents, %d tokens\n", len(out), tokens)
	return out, nil
}

// agreement returns d with the labels on which a and b agree.
func agreement(a, b *model.Model, d *annotate.Doc) (out corpus.Doc) {
	la, lb := labels(a, d), labels(b, d)
	for i := range la {
		if la[i] != lb[i] {
			la[i] = corpus.Any
		}
	}
	for _, s := range d.Sentences {
		var t corpus.Sentence
		for k := s.Tokens.First; k < s.Tokens.End; k++ {
			t.Words = append(t.Words, d.Word(k))
			t.Labels = append(t.Labels, la[k])
		}
		out.Sentences = append(out.Sentences, t)
	}
	return out
}

// labels returns the label of each token of d.
func labels(m *model.Model, d *annotate.Doc) []int8 {
	out := make([]int8, len(d.Tokens))
	for _, n := range m.Tag(d) {
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
