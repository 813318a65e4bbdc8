package workspace

import (
	"slices"
	"sync"
)

// mostCached is the most documents that are cached.
const mostCached = 4

// A cache holds the most recently used documents.
type cache struct {
	mu      sync.Mutex
	entries []*cached // the one used last comes last
}

// A cached is one article in the cache, with its document.
type cached struct {
	id  string
	mu  sync.Mutex
	doc *Document // nil until read

	// Of the cache:
	users int  // who hold it or wait for it
	lent  bool // it leaves the cache with the last of them
}

// lock returns the entry of an article, locked; unlock gives it back. The least recently used one
// that nobody uses is dropped to make room for it: two holders of one article would not see what
// the other did.
func (c *cache) lock(id string) *cached {
	p := c.entry(id)
	p.mu.Lock()
	return p
}

func (c *cache) unlock(p *cached) {
	p.mu.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	p.users--
}

func (c *cache) entry(id string) *cached {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.entries, func(p *cached) bool { return p.id == id })
	p := &cached{id: id}
	if i >= 0 {
		p = c.entries[i]
		c.entries = slices.Delete(c.entries, i, i+1)
	}
	p.lent = false
	p.users++
	c.entries = append(c.entries, p)
	for i := 0; i < len(c.entries) && len(c.entries) > mostCached; {
		if c.entries[i].users > 0 {
			i++
			continue
		}
		c.entries = slices.Delete(c.entries, i, i+1)
	}
	return p
}

// borrow is lock for whoever needs an article once: it makes no room for it. Unlock it, and give it back in the end.
func (c *cache) borrow(id string) *cached {
	c.mu.Lock()
	i := slices.IndexFunc(c.entries, func(p *cached) bool { return p.id == id })
	if i < 0 {
		i, c.entries = 0, slices.Insert(c.entries, 0, &cached{id: id, lent: true})
	}
	p := c.entries[i]
	p.users++
	c.mu.Unlock()
	p.mu.Lock()
	return p
}

// giveBack gives back what borrow returned. It leaves the cache unless it was there before, or somebody locked it meanwhile.
func (c *cache) giveBack(p *cached) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p.users--; p.users == 0 && p.lent {
		c.entries = slices.DeleteFunc(c.entries, func(o *cached) bool { return o == p })
	}
}
