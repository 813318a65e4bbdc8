-- What other programs found in an article, to be corrected beside what the engine found. It is no decision, and
-- made of a file that somebody has: like the engine's layers it may be lost without loss.
CREATE TABLE suggestions (
	article INTEGER NOT NULL REFERENCES articles (num),
	name    TEXT NOT NULL,                -- of what made them
	version INTEGER NOT NULL,             -- of the article
	data    BLOB NOT NULL,                -- a layer, encoded as those of the engine
	PRIMARY KEY (article, name)
) WITHOUT ROWID;
