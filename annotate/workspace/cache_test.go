package workspace

import "testing"

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
