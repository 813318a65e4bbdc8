package reader

import (
	"cmp"
	"container/heap"
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// A frontier gives the claims to review of many articles one after the other: the least certain of all first, or
// article by article. It opens an article only when the least certain of its claims is the next of all, so that a
// review of a hundred thousand articles begins at once. Commands use it while the screen asks how much is left.
type frontier struct {
	mu     sync.Mutex
	heads  heads
	opened int // articles
	total  int // claims of all articles, as far as they are known before they are opened
}

// A head is an article with claims to come.
type head struct {
	id     string
	least  float64 // the lowest score among what is to come; for an article that is not opened, as the library has it
	rank   int     // in the list of articles
	claims int     // how many are to come
	opened bool
	items  []item // of an opened one
}

// heads are a heap, the next article first.
type heads []*head

func (hs heads) Len() int { return len(hs) }
func (hs heads) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(hs[i].least, hs[j].least), cmp.Compare(hs[i].rank, hs[j].rank)) < 0
}
func (hs heads) Swap(i, j int) { hs[i], hs[j] = hs[j], hs[i] }
func (hs *heads) Push(x any)   { *hs = append(*hs, x.(*head)) }
func (hs *heads) Pop() any {
	last := len(*hs) - 1
	x := (*hs)[last]
	(*hs)[last] = nil
	*hs = (*hs)[:last]
	return x
}

// load fills the frontier with the articles of ids that have something to review. What the library does not know of has to
// be opened before anything is certain.
func (f *frontier) load(ctx context.Context, svc *QueueServices, ids []string) error {
	known := make([]head, 0, len(ids))
	if svc.Unreviewed == nil {
		for i, id := range ids {
			known = append(known, head{id: id, rank: i})
		}
	} else {
		ranks := make(map[string]int, len(ids))
		for i, id := range ids {
			ranks[id] = i
		}
		err := svc.Unreviewed(ctx, func(id string, claims int, least float64) {
			if rank, ok := ranks[id]; ok {
				known = append(known, head{id: ids[rank], rank: rank, claims: claims, least: least})
			}
		})
		if err != nil {
			return err
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.heads = make(heads, len(known))
	for i := range known {
		if svc.Text {
			known[i].least = 0
		}
		f.heads[i] = &known[i]
		f.total += known[i].claims
	}
	heap.Init(&f.heads)
	return nil
}

// take returns the next n claims, or fewer if opening articles takes longer than a moment. The error joins those of
// articles that could not be opened, which are left out.
func (f *frontier) take(ctx context.Context, svc *QueueServices, n int) (out []item, err error) {
	var errs []error
	for start := time.Now(); len(out) < n && time.Since(start) < aMoment && ctx.Err() == nil; {
		f.mu.Lock()
		if len(f.heads) == 0 {
			f.mu.Unlock()
			break
		}
		h := f.heads[0]
		if h.opened {
			out = append(out, f.pop(svc.Text))
			f.mu.Unlock()
			continue
		}
		heap.Pop(&f.heads)
		f.mu.Unlock()
		errs = append(errs, f.open(ctx, svc, h))
	}
	return out, errors.Join(errs...)
}

// aMoment is how long take opens articles before it says how far it is.
const aMoment = 200 * time.Millisecond

// pop takes the next claim off the first head.
func (f *frontier) pop(inOrder bool) item {
	h := f.heads[0]
	it := h.items[0]
	h.items = h.items[1:]
	h.claims--
	switch {
	case len(h.items) == 0:
		heap.Pop(&f.heads)
	case !inOrder:
		h.least = h.items[0].Score
		heap.Fix(&f.heads, 0)
	}
	return it
}

// open opens the article of a head that is in no heap, and puts it back if there is something to review.
func (f *frontier) open(ctx context.Context, svc *QueueServices, h *head) error {
	a, l, err := svc.Open(ctx, h.id)
	var items []item
	if err == nil {
		items = unreviewedOf(a, l)
	}
	if !svc.Text {
		slices.SortStableFunc(items, func(a, b item) int { return cmp.Compare(a.Score, b.Score) })
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.opened++
	f.total += len(items) - h.claims
	if len(items) == 0 {
		return err
	}
	h.opened, h.items, h.claims = true, items, len(items)
	if !svc.Text {
		h.least = items[0].Score
	}
	heap.Push(&f.heads, h)
	return err
}

// drop takes an article out, and returns what was to come of it.
func (f *frontier) drop(id string) []item {
	f.mu.Lock()
	defer f.mu.Unlock()
	i := slices.IndexFunc(f.heads, func(h *head) bool { return h.id == id })
	if i < 0 {
		return nil
	}
	return heap.Remove(&f.heads, i).(*head).items
}

// left returns how many articles have claims to come, those of ids included.
func (f *frontier) left(ids map[string]bool) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := len(ids) + len(f.heads)
	for _, h := range f.heads {
		if h.opened && ids[h.id] {
			n--
		}
	}
	return n
}

// sizes returns how many claims there are, articles have been opened, and articles are still to come.
func (f *frontier) sizes() (total, opened, left int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.total, f.opened, len(f.heads)
}
