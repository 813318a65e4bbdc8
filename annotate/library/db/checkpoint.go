package db

import "time"

// foldAfter is how long after the last write the write-ahead log is folded into the library, so that the
// file alone is a copy of nearly all while somebody reads. Sooner would do it between two keys.
const foldAfter = 3 * time.Second

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
