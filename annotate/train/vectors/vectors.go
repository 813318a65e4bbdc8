// Package vectors learns word vectors from raw text, classes of words from the vectors, and
// topics of documents from the classes.
//
// The vectors are those of the skip-gram model with negative sampling (Mikolov et al.
// 2013): a word is near the words that have the same neighbours. The classes come
// from spherical k-means. Both run in one goroutine with a generator of their own, so
// that the same text gives the same numbers.
package vectors

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"byline/annotate/segment"
)

// Dim is the length of a vector.
const Dim = 64

// A Corpus is text as numbers of words; −1 ends a sentence.
type Corpus struct {
	Words  []string // by number, the most frequent first
	Counts []int    // by number
	Text   []int32
}

// normalize returns word in the spelling of the vectors: digits are 0, apostrophes straight.
func normalize(word string) string {
	plain := true
	for i := 0; i < len(word) && plain; i++ {
		plain = word[i] < 0x80 && (word[i] < '0' || word[i] > '9')
	}
	if plain {
		return word
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '’':
			return '\''
		case unicode.IsDigit(r):
			return '0'
		}
		return r
	}, word)
}

// A Counter collects text for a corpus.
type Counter struct {
	id    map[string]int32
	words []string
	count []int
	text  []int32
}

// NewCounter returns an empty counter.
func NewCounter() *Counter { return &Counter{id: map[string]int32{}} }

// Add adds a document with one paragraph per line.
func (c *Counter) Add(doc string) {
	d := segment.Split(doc, nil)
	for _, s := range d.Sentences {
		for i := s.Tokens.First; i < s.Tokens.End; i++ {
			w := normalize(d.Word(i))
			n, ok := c.id[w]
			if !ok {
				w = strings.Clone(w)
				n = int32(len(c.words))
				c.id[w] = n
				c.words = append(c.words, w)
				c.count = append(c.count, 0)
			}
			c.count[n]++
			c.text = append(c.text, n)
		}
		c.text = append(c.text, -1)
	}
}

// Corpus returns the text added so far, without words that occur fewer than least times.
func (c *Counter) Corpus(least int) *Corpus {
	order := make([]int, 0, len(c.words))
	for i, n := range c.count {
		if n >= least {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		if c.count[a] != c.count[b] {
			return c.count[b] - c.count[a]
		}
		return strings.Compare(c.words[a], c.words[b])
	})
	now := make([]int32, len(c.words))
	for i := range now {
		now[i] = -2
	}
	out := &Corpus{}
	for n, i := range order {
		now[i] = int32(n)
		out.Words = append(out.Words, c.words[i])
		out.Counts = append(out.Counts, c.count[i])
	}
	out.Text = c.text[:0]
	for _, t := range c.text {
		if t >= 0 {
			t = now[t]
		}
		if t != -2 {
			out.Text = append(out.Text, t)
		}
	}
	return out
}

// Options configure the learning of vectors; see [Options.Learn].
type Options struct {
	Window, Negatives, Epochs int
	Rate                      float32
	Sample                    float64 // share of text above which frequent words are dropped
	Seed                      uint64
}

// Learn returns a vector for each word of c, Dim numbers each, one after the other.
func (o Options) Learn(c *Corpus, progress func(done float64)) []float32 {
	l := &learner{Options: o, c: c, rng: rng(o.Seed*2 + 1)}
	l.in = make([]float32, len(c.Words)*Dim)
	l.out = make([]float32, len(c.Words)*Dim)
	for i := range l.in {
		l.in[i] = (float32(l.rng.next()>>40)/(1<<24) - 0.5) / Dim
	}
	l.prepare()
	total := float32(len(c.Text) * o.Epochs)
	done := 0
	var sentence []int32
	for range o.Epochs {
		for _, t := range c.Text {
			done++
			if t >= 0 {
				if l.keep[t] >= uint32(l.rng.next()>>32) {
					sentence = append(sentence, t)
				}
				continue
			}
			l.rate = o.Rate * max(1-float32(done)/total, 0.001)
			l.sentence(sentence)
			sentence = sentence[:0]
			if done>>22 != (done-len(sentence)-64)>>22 && progress != nil {
				progress(float64(done) / float64(total))
			}
		}
	}
	return l.in
}

// A rng is xorshift64* (Vigna 2016).
type rng uint64

func (r *rng) next() uint64 {
	x := uint64(*r)
	x ^= x >> 12
	x ^= x << 25
	x ^= x >> 27
	*r = rng(x)
	return x * 2685821657736338717
}

type learner struct {
	Options
	c       *Corpus
	rng     rng
	in, out []float32
	keep    []uint32 // by word: its probability of being kept, times 2³²
	unigram []int32  // words in proportion to their counts to the power of 0.75
	sigmoid [1024]float32
	rate    float32
}

func (l *learner) prepare() {
	all, weight := 0.0, 0.0
	for _, n := range l.c.Counts {
		all += float64(n)
		weight += math.Pow(float64(n), 0.75)
	}
	l.keep = make([]uint32, len(l.c.Counts))
	const size = 1 << 23
	l.unigram = make([]int32, 0, size+len(l.c.Counts))
	for i, n := range l.c.Counts {
		f := float64(n) / all
		p := math.Min(1, math.Sqrt(l.Sample/f)+l.Sample/f)
		l.keep[i] = uint32(p * math.MaxUint32)
		for range int(math.Pow(float64(n), 0.75)/weight*size + 1) {
			l.unigram = append(l.unigram, int32(i))
		}
	}
	for i := range l.sigmoid {
		x := (float64(i)/float64(len(l.sigmoid))*2 - 1) * 6
		l.sigmoid[i] = float32(1 / (1 + math.Exp(-x)))
	}
}

func (l *learner) sentence(s []int32) {
	var grad [Dim]float32
	for i, center := range s {
		window := 1 + int(l.rng.next()>>33)%l.Window
		for j := max(0, i-window); j < min(len(s), i+window+1); j++ {
			if j == i {
				continue
			}
			in := (*[Dim]float32)(l.in[int(s[j])*Dim:])
			grad = [Dim]float32{}
			l.step(in, &grad, center, 1)
			for range l.Negatives {
				if n := l.unigram[(l.rng.next()>>32)*uint64(len(l.unigram))>>32]; n != center {
					l.step(in, &grad, n, 0)
				}
			}
			for d := range in {
				in[d] += grad[d]
			}
		}
	}
}

func (l *learner) step(in, grad *[Dim]float32, target int32, label float32) {
	out := (*[Dim]float32)(l.out[int(target)*Dim:])
	var s0, s1, s2, s3 float32
	for d := 0; d < Dim; d += 4 {
		s0 += in[d] * out[d]
		s1 += in[d+1] * out[d+1]
		s2 += in[d+2] * out[d+2]
		s3 += in[d+3] * out[d+3]
	}
	x := s0 + s1 + s2 + s3
	y := float32(0)
	switch {
	case x >= 6:
		y = 1
	case x > -6:
		y = l.sigmoid[min(int((x+6)*(1024.0/12)), len(l.sigmoid)-1)] // x+6 may round up to 12
	}
	g := (label - y) * l.rate
	for d := 0; d < Dim; d += 4 {
		o0, o1, o2, o3 := out[d], out[d+1], out[d+2], out[d+3]
		grad[d] += g * o0
		grad[d+1] += g * o1
		grad[d+2] += g * o2
		grad[d+3] += g * o3
		out[d] = o0 + g*in[d]
		out[d+1] = o1 + g*in[d+1]
		out[d+2] = o2 + g*in[d+2]
		out[d+3] = o3 + g*in[d+3]
	}
}
