package db

import (
	"sync"
	"time"
)

// foldAfter is how long after the last write the write-ahead log is folded into the library, so that the
// file alone is a copy of nearly all while somebody reads. Sooner would do it between two keys.
const foldAfter = 3 * time.Second

// folding folds the write-ahead log into the library once nothing was written for a while.
type folding struct {
	mu     sync.Mutex // of timer and closed
	timer  *time.Timer
	closed bool
	busy   sync.Mutex // held while it folds
}

// foldLater has the log folded in after a while, counted from the last call.
func (c *conn) foldLater() {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.closed:
	case c.timer == nil:
		c.timer = time.AfterFunc(foldAfter, c.foldIdle)
	default:
		c.timer.Reset(foldAfter)
	}
}

// foldIdle folds the log in, and tries again later if somebody was in the way.
func (c *conn) foldIdle() {
	c.busy.Lock()
	defer c.busy.Unlock()
	if !c.stopped() && !c.fold() {
		c.foldLater()
	}
}

func (c *conn) stopped() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closed
}

// stopFolding returns once nothing is folded any more.
func (c *conn) stopFolding() {
	c.mu.Lock()
	c.closed = true
	if c.timer != nil {
		c.timer.Stop()
	}
	c.mu.Unlock()
	c.busy.Lock()
	defer c.busy.Unlock()
}

// fold writes the log into the library and empties it, unless somebody is in the way. [PASSIVE] does the
// work and keeps nobody waiting; TRUNCATE then has nothing left to copy. It is done by the writer's own
// connection, to which it must not look like a change by another process; see [DB.DataVersion].
//
// [PASSIVE]: https://www.sqlite.org/pragma.html#pragma_wal_checkpoint
func (c *conn) fold() bool {
	var busy, logged, done int
	err := c.reads.QueryRow("PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &logged, &done)
	if err != nil || busy != 0 || done < logged {
		return false
	}
	err = c.writes.QueryRow("PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &logged, &done)
	return err == nil && busy == 0
}
