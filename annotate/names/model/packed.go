package model

import (
	"sync"
	"sync/atomic"

	"byline/annotate/names/model/rows"
)

// weights are the rows of features.
type weights struct{ linear, deep rows.Rows }

// masks returns what of a hash is the number of a row: the numbers of rows are powers of two.
func (w *weights) masks() (linear, deep uint32) {
	return uint32(w.linear.Len() - 1), uint32(w.deep.Len() - 1)
}

// fast holds the weights once they are unpacked: looking up a packed row takes a load more, so the
// stage takes a fifth longer, but unpacking all takes as long as tagging some ten thousand tokens.
type fast struct {
	tagged atomic.Int64
	rows   atomic.Pointer[weights]
	unpack sync.Mutex
}

// fastFrom is the number of tokens after which the weights are unpacked: more than an article.
const fastFrom = 20_000

// rowsNow returns the weights, unpacked if they are.
func (m *Model) rowsNow() *weights {
	if m.fast != nil {
		if w := m.fast.rows.Load(); w != nil {
			return w
		}
	}
	return &m.weights
}

// count counts tokens that are tagged, and unpacks the weights where there are many.
func (m *Model) count(tokens int) {
	f := m.fast
	if f == nil || f.tagged.Add(int64(tokens)) < fastFrom || f.rows.Load() != nil || !f.unpack.TryLock() {
		return
	}
	defer f.unpack.Unlock()
	if f.rows.Load() == nil {
		f.rows.Store(&weights{
			linear: rows.Of(m.weights.linear.All(Scored), Scored),
			deep:   rows.Of(m.weights.deep.All(Units), Units),
		})
	}
}

// repack frees the unpacked weights.
func (m *Model) repack() {
	if m.fast != nil {
		m.fast.tagged.Store(0)
		m.fast.rows.Store(nil)
	}
}
