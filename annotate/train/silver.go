package main

import (
	"fmt"
	"slices"

	"byline/annotate"
	"byline/annotate/names/model"
	"byline/annotate/segment"
	"byline/annotate/train/corpus"
	"byline/annotate/train/learn"
)

// A vein is a raw text from which documents are taken, one of every so many.
type vein struct {
	name  string
	every int
}

// veins are the raw texts that are most like news.
var veins = []vein{{"wikinews-ccby25", 1}, {"newsworthy-cc0", 12}, {"gov-blogs-pd", 8}, {"enwiki-sample-ccbysa", 30}, {"senate-pr-pd", 100}}

// silverScore is the least raw score of a name that is taken for right.
const silverScore = 0.7

// silver returns documents of the raw texts as two models label them. Where they are not
// of one mind, or one is not sure, the label is left open.
func silver(dir string, a, b *model.Model, weight float32, fold int) ([]weighed, error) {
	var out []weighed
	tokens, names, open := 0, 0, 0
	for _, v := range veins {
		n := 0
		err := corpus.Documents(dir, v.name, func(text string) {
			if n++; n%v.every != 0 || len(text) > 20_000 {
				return
			}
			d := segment.Split(text, nil)
			la, lb := labels(a, d), labels(b, d)
			for i := range la {
				if la[i] != lb[i] {
					la[i] = corpus.Any
					open++
				} else if la[i] > 0 && la[i]%2 == 1 {
					names++
				}
			}
			tokens += len(la)
			w := weighed{habits: home, weight: weight, fold: fold + len(out)}
			for _, s := range d.Sentences {
				var t corpus.Sentence
				for k := s.Tokens.First; k < s.Tokens.End; k++ {
					t.Words = append(t.Words, d.Word(k))
					t.Labels = append(t.Labels, la[k])
				}
				w.Sentences = append(w.Sentences, t)
			}
			out = append(out, w)
		})
		if err != nil {
			return nil, err
		}
	}
	fmt.Printf("silver: %d documents, %d tokens, %d names, %d tokens open\n", len(out), tokens, names, open)
	return out, nil
}

// labels returns the label of each token of d.
func labels(m *model.Model, d *annotate.Doc) []int8 {
	out := make([]int8, len(d.Tokens))
	for _, n := range m.Tag(d) {
		for k := n.First; k < n.End; k++ {
			out[k] = int8(n.Kind)*2 + 2
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

// noisy is the source whose labels are partly made by machine and have habits of their
// own.
const noisy = 1

// cleaned leaves open the labels of the noisy source on which a model that has not seen
// it does not agree; what is left has the habits of home.
func cleaned(t *tables, docs []weighed, o learn.Options, weight float32) ([]weighed, error) {
	var rest []weighed
	for _, d := range docs {
		if d.habits != noisy {
			rest = append(rest, d)
		}
	}
	data, err := export(fit(t, rest, o, 1), t, nil, nil)
	if err != nil {
		return nil, err
	}
	m, err := model.Open(data)
	if err != nil {
		return nil, err
	}
	names, left := 0, 0
	for _, d := range docs {
		if d.habits != noisy {
			continue
		}
		doc := segment.Tokens(split(&d.Doc))
		found := labels(m, doc)
		at := 0
		sentences := slices.Clone(d.Sentences)
		for i, s := range sentences {
			agreed := slices.Clone(s.Labels)
			for k, l := range agreed {
				names += int(l & 1)
				if l != found[at+k] {
					agreed[k] = corpus.Any
					left++
				}
			}
			at += len(agreed)
			sentences[i].Labels = agreed
		}
		d.Sentences, d.habits, d.weight = sentences, home, weight
		rest = append(rest, d)
	}
	fmt.Printf("cleaned: %d names, %d tokens left open\n", names, left)
	return rest, nil
}
