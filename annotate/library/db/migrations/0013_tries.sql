-- Articles whose annotation was begun, until it ends: what is left here was killed. Count is how often.
CREATE TABLE tries (
	article INTEGER PRIMARY KEY REFERENCES articles (num) ON DELETE CASCADE,
	version INTEGER NOT NULL,             -- of the article
	engine  TEXT NOT NULL,
	count   INTEGER NOT NULL
);
