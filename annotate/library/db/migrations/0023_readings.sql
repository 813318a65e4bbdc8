-- Lists in which the counts are those of one person's reading, or of the curated one. They follow from the logs.

-- Whoever decided has counts, in tally. Only members have something of their own besides.
ALTER TABLE persons ADD COLUMN member INTEGER NOT NULL DEFAULT 1;

-- The counts of readings that are nobody's, of articles on which somebody decided: 'suggested', with no decision at all, which is the
-- reading of whoever has no tally, and 'curated', where somebody is done or a curator decided.
CREATE TABLE readings (
	article       INTEGER NOT NULL REFERENCES articles (num) ON DELETE CASCADE,
	reading       TEXT NOT NULL,
	people        INTEGER NOT NULL,
	organizations INTEGER NOT NULL,
	quotes        INTEGER NOT NULL,
	claims        INTEGER NOT NULL,
	reviewed      INTEGER NOT NULL,
	PRIMARY KEY (article, reading)
) WITHOUT ROWID;

-- What was decided on is counted again when the library is annotated next.
UPDATE counts SET seq = 0 WHERE seq > 0 AND article IN (SELECT article FROM log);
