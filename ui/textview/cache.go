package textview

import "container/list"

// cacheCells is how many cells of rendered groups a view keeps: some hundred
// screens, in about 10 MB.
const cacheCells = 1 << 18

// A cache holds the most recently used renderings. Its age counts how often it was cleared.
type cache struct {
	at    map[int]*list.Element
	order list.List // of entries, the most recently used first
	size  int
	age   int
}

type entry struct {
	group int
	*rendering
}

func (c *cache) clear() {
	c.at = map[int]*list.Element{}
	c.order.Init()
	c.size = 0
	c.age++
}

func (c *cache) find(g int) *rendering {
	e, ok := c.at[g]
	if !ok {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(entry).rendering
}

// add adds a rendering and drops the least recently used ones, but never the one added.
func (c *cache) add(g int, r *rendering) {
	if old, ok := c.at[g]; ok {
		c.drop(old)
	}
	c.at[g] = c.order.PushFront(entry{g, r})
	c.size += r.size
	for c.size > cacheCells && c.order.Len() > 1 {
		c.drop(c.order.Back())
	}
}

func (c *cache) drop(e *list.Element) {
	x := c.order.Remove(e).(entry)
	delete(c.at, x.group)
	c.size -= x.size
}
