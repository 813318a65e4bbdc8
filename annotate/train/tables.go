package main

import (
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"math"
	"os"
	"strings"
	"sync"

	"byline/annotate/names/model"
	"byline/annotate/segment"
	"byline/annotate/train/corpus"
	"byline/annotate/train/mine"
	"byline/annotate/train/vectors"
)

// Tables are the tables behind the features of a model.
type tables struct {
	words, class, names, topics []byte
	vectors                     []float32 // by number of a word; number 0 is none
}

func (t *tables) model() *model.Model { return model.NewModel(t.words, t.class, t.names, t.topics) }

// Learned are words with vectors and classes, as they are stored between runs.
type learned struct {
	Words []string
	V     []float32
	C     [3][]uint16
}

// classes is the number of word classes, from coarse to fine.
var classes = [3]int{64, 256, model.FineClasses}

// learnWords learns vectors and classes from the raw texts in dir.
func learnWords(dir string) (*learned, error) {
	c := vectors.NewCounter()
	for _, n := range corpus.Texts {
		if err := corpus.Documents(dir, n, c.Add); err != nil {
			return nil, err
		}
	}
	k := c.Corpus(10)
	o := vectors.Options{Window: 3, Negatives: 5, Epochs: 3, Rate: 0.025, Sample: 1e-4, Seed: 1}
	last := -1
	v := o.Learn(k, func(done float64) {
		if p := int(done * 10); p != last {
			last = p
			fmt.Printf("vectors %d0%%\n", p)
		}
	})
	w := &learned{Words: k.Words, V: v}
	for i, n := range classes {
		w.C[i] = vectors.Classes(v, n, 8, 1)
	}
	return w, nil
}

// loadOrMake returns what is stored in the file at path, or makes and stores it. An empty path
// stores nothing.
func loadOrMake[T any](path string, make func() (*T, error)) (*T, error) {
	if path == "" {
		return make()
	}
	v := new(T)
	if f, err := os.Open(path); err == nil {
		defer f.Close()
		if err := gob.NewDecoder(f).Decode(v); err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		return v, nil
	}
	v, err := make()
	if err != nil {
		return nil, err
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, fmt.Errorf("keep: %w", err)
	}
	if err := gob.NewEncoder(f).Encode(v); err != nil {
		return nil, fmt.Errorf("keep %s: %w", path, err)
	}
	return v, f.Close()
}

// tablesOf encodes the learned words as tables.
func tablesOf(w *learned) (t *tables, err error) {
	const dim = vectors.Dim
	entries := make([]model.Entry, len(w.Words))
	t = &tables{class: make([]byte, (len(w.Words)+1)*6), vectors: make([]float32, dim+len(w.V))}
	for i, word := range w.Words {
		entries[i] = model.Entry{Hash: model.WordHash(word), Value: uint32(i + 1)}
		for k := range classes {
			binary.LittleEndian.PutUint16(t.class[(i+1)*6+k*2:], w.C[k][i])
		}
		v := t.vectors[dim+i*dim:][:dim]
		copy(v, w.V[i*dim:])
		resize(v, 2)
	}
	t.words, err = model.Table(entries)
	return t, err
}

// resize gives v the length n.
func resize(v []float32, n float64) {
	sum := 1e-12
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	f := n / math.Sqrt(sum)
	for i := range v {
		v[i] = float32(float64(v[i]) * f)
	}
}

// mineNames makes a table of the names that m finds in the raw texts.
func mineNames(dir string, m *model.Model, workers int) ([]byte, error) {
	counts, errs := make([]*mine.Counts, len(corpus.Texts)), make([]error, len(corpus.Texts))
	var wg sync.WaitGroup
	slots := make(chan bool, workers)
	for i, name := range corpus.Texts {
		wg.Go(func() {
			slots <- true
			defer func() { <-slots }()
			c := mine.New()
			errs[i] = corpus.Documents(dir, name, func(text string) {
				c.Add(m, text)
				if strings.HasPrefix(name, "enwiki") {
					c.Define(text)
				}
			})
			counts[i] = c
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	for _, c := range counts[1:] { // in order, since sums of floats depend on it
		counts[0].Merge(c)
	}
	e := counts[0].Table(3)
	fmt.Println("mined names:", len(e))
	return model.Table(e)
}

// topicSources are the raw texts whose documents are divided by topic, and about how many of each are.
var topicSources = []struct {
	name string
	docs int
}{
	{"newsworthy-cc0", 6000}, {"enwiki-sample-ccbysa", 8000}, {"gov-blogs-pd", 1500}, {"senate-pr-pd", 2500},
	{"pm-transcripts-ccby", 1000}, {"wikinews-ccby25", 300},
}

// The sizes of raw documents that are divided by topic, in bytes, and of annotated ones, in sentences.
const (
	shortestTopical, longestTopical = 600, 20_000
	fewestTopical                   = 5
)

// learnTopics fills the table of topics from documents of the raw texts in dir and from annotated ones.
func (t *tables) learnTopics(dir string, annotated []weightedDoc) error {
	m := t.model()
	var docs []vectors.Histogram
	for _, s := range topicSources {
		var all []string
		if err := corpus.Documents(dir, s.name, func(text string) {
			if len(text) > shortestTopical && len(text) < longestTopical {
				all = append(all, text)
			}
		}); err != nil {
			return err
		}
		for i := 0; i < len(all); i += max(1, len(all)/s.docs) {
			docs = append(docs, m.ClassCounts(segment.Split(all[i], nil)))
		}
	}
	for i := range annotated {
		if d := &annotated[i]; d.fold == i && len(d.Sentences) >= fewestTopical {
			docs = append(docs, m.ClassCounts(segment.Tokens(split(&d.Doc))))
		}
	}
	t.topics = vectors.Topics(docs, model.FineClasses, model.Topics)
	fmt.Println("documents divided by topic:", len(docs))
	return nil
}
