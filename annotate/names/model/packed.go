package model

import (
	"strings"
	"sync"
	"sync/atomic"

	"byline/annotate/names/model/rows"
)

// weights are the rows of features.
type weights struct{ linear, deep rows.Sparse }

// masks returns what of a hash is the number of a row: the numbers of rows are powers of two.
func (w *weights) masks() (linear, deep uint32) {
	return uint32(w.linear.Len() - 1), uint32(w.deep.Len() - 1)
}

// fast holds the weights once they are unpacked: looking up packed rows makes the stage take longer, but unpacking all takes as long
// as tagging some ten thousand tokens.
type fast struct {
	tagged atomic.Int64
	rows   atomic.Pointer[weights]
	kept   sync.Pool // from text to text: scorers with their rows and, once the weights are unpacked, recentWords
}

// fastFrom is the number of tokens after which the weights are unpacked: more than an article.
const fastFrom = 8_000

// weightsNow returns the weights, unpacked if they are.
func (m *Model) weightsNow() *weights {
	if m.fast != nil {
		if w := m.fast.rows.Load(); w != nil {
			return w
		}
	}
	return &m.weights
}

// count counts tokens that are tagged, and unpacks the weights where there are many.
func (m *Model) count(tokens int) {
	if m.fast == nil {
		return
	}
	if now := m.fast.tagged.Add(int64(tokens)); now >= fastFrom && now-int64(tokens) < fastFrom {
		m.fast.rows.Store(&weights{linear: m.weights.linear.Unpacked(), deep: m.weights.deep.Unpacked()})
	}
}

// repack frees the unpacked weights and the rows of vectors that were read.
func (m *Model) repack() {
	if m.fast != nil {
		m.center.Forget()
		m.near.Forget()
		m.fast.tagged.Store(0)
		m.fast.rows.Store(nil)
	}
}

// recentWords are words that were looked up last, in any text, each at a place that its hash gives: most words of a text were in
// one before it. They are known by their letters: a text may be made to have words with the hashes of others, and then what is found
// in one text must not depend on those before it.
type recentWords [1 << 11]struct {
	text string
	word
}

// recentWords returns what keeps words, nil until the weights are unpacked. It may be given back by m.fast.kept.Put.
func (m *Model) recentWords() *recentWords {
	if m.fast == nil || m.fast.rows.Load() == nil {
		return nil
	}
	if r, ok := m.fast.kept.Get().(*recentWords); ok {
		return r
	}
	return new(recentWords)
}

// find sets w to the word s with hash h, if it is kept.
func (r *recentWords) find(w *word, s string, h uint64) bool {
	if r == nil || s == "" {
		return false
	}
	kept := &r[h%uint64(len(r))]
	if kept.text != s {
		return false
	}
	*w = kept.word
	return true
}

// keep keeps w, the word s.
func (r *recentWords) keep(w *word, s string) {
	if r != nil {
		kept := &r[w.exact%uint64(len(r))]
		kept.text, kept.word = strings.Clone(s), *w // without the rest of the article
	}
}
