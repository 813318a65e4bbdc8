package workspace

import (
	"slices"
	"testing"
)

// An article that somebody works on stays in the cache however many others come: two holders
// would not see what the other did.
func TestCacheKeepsWhatIsUsed(t *testing.T) {
	t.Parallel()
	var c cache
	held := c.lock("held")
	for _, id := range []string{"a", "b", "c", "d", "e", "f"} {
		c.unlock(c.lock(id))
	}
	if again := c.entry("held"); again != held {
		t.Error("an article that is in use has two entries")
	} else {
		again.users--
	}
	c.unlock(held)
	for _, id := range []string{"a", "b", "c", "d"} {
		c.unlock(c.lock(id))
	}
	if len(c.entries) != mostCached {
		t.Errorf("%d articles are cached", len(c.entries))
	}
	if c.entry("held") == held {
		t.Error("an article that nobody uses is cached for ever")
	}
}

// What is borrowed pushes out no article, and stays in the cache if somebody else came for it.
func TestCacheLends(t *testing.T) {
	t.Parallel()
	var c cache
	for _, id := range []string{"a", "b", "c", "d"} {
		c.unlock(c.lock(id))
	}
	has := func(id string) bool {
		return slices.ContainsFunc(c.entries, func(p *cached) bool { return p.id == id })
	}
	once := c.borrow("once")
	once.mu.Unlock()
	if c.giveBack(once); has("once") || !has("a") || len(c.entries) != mostCached {
		t.Errorf("%d articles are cached, with a %v, with what was borrowed %v", len(c.entries), has("a"), has("once"))
	}
	old := c.borrow("b")
	old.mu.Unlock()
	if c.giveBack(old); !has("b") {
		t.Error("an article that was cached is not after it was lent")
	}
	shared := c.borrow("shared")
	shared.mu.Unlock()
	other := c.lock("shared")
	c.giveBack(shared)
	if c.unlock(other); other != shared || !has("shared") {
		t.Error("an article that somebody opened while it was lent is not cached")
	}
}
