-- Feeds that somebody follows. Times are Unix milliseconds, 0 for never.
CREATE TABLE feeds (
	num      INTEGER PRIMARY KEY,
	url      TEXT NOT NULL UNIQUE,
	title    TEXT NOT NULL,
	site     TEXT NOT NULL,               -- the address of its page
	typed    INTEGER NOT NULL,            -- by a person: it may lead into a private network
	added    INTEGER NOT NULL,
	synced   INTEGER NOT NULL DEFAULT 0,  -- when it was last had
	etag     TEXT NOT NULL DEFAULT '',
	modified TEXT NOT NULL DEFAULT '',
	error    TEXT NOT NULL DEFAULT '',    -- why it could not be had the last time
	failing  INTEGER NOT NULL DEFAULT 0   -- since when
);
-- What was seen of a feed, so that an item comes once.
CREATE TABLE items (
	feed INTEGER NOT NULL REFERENCES feeds (num) ON DELETE CASCADE,
	guid TEXT NOT NULL,
	hash TEXT NOT NULL,                   -- of the text that the feed had
	PRIMARY KEY (feed, guid)
) WITHOUT ROWID;
-- Articles of which there is a summary only; the whole is at an address of a feed's.
CREATE TABLE pending (
	article INTEGER PRIMARY KEY REFERENCES articles (num),
	url     TEXT NOT NULL
);
