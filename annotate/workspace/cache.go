package workspace

import (
	"slices"
	"sync"
)

// mostCached is how many documents are cached.
const mostCached = 4

// A cache holds the documents that were used last.
type cache struct {
	mu     sync.Mutex
	places []*place // the one that was used last is the last
}

// A place is that of one article in the cache.
type place struct {
	id  string
	mu  sync.Mutex
	doc *Document // nil until read
}

// lock returns the place of an article, locked. The one that was not used for longest makes
// room for it.
func (c *cache) lock(id string) *place {
	p := c.place(id)
	p.mu.Lock()
	return p
}

func (c *cache) place(id string) *place {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.places, func(p *place) bool { return p.id == id })
	p := &place{id: id}
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
