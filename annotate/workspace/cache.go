package workspace

import (
	"slices"
	"sync"
)

// mostCached is the most documents that are cached.
const mostCached = 4

// A cache holds the most recently used documents.
type cache struct {
	mu     sync.Mutex
	places []*cached // the one used last comes last
}

// A cached is one article in the cache, with its document.
type cached struct {
	id  string
	mu  sync.Mutex
	doc *Document // nil until read
}

// lock returns the entry of an article, locked. The least recently used one is dropped to
// make room for it.
func (c *cache) lock(id string) *cached {
	p := c.entry(id)
	p.mu.Lock()
	return p
}

func (c *cache) entry(id string) *cached {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.places, func(p *cached) bool { return p.id == id })
	p := &cached{id: id}
	if i >= 0 {
		p = c.places[i]
		c.places = slices.Delete(c.places, i, i+1)
	}
	c.places = append(c.places, p)
	if len(c.places) > mostCached {
		c.places = slices.Delete(c.places, 0, 1)
	}
	return p
}
