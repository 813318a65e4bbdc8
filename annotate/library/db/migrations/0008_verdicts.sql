-- What people decided about names, by article, for the other articles that have them. It follows
-- from the log and is written with the names of an article, which the next annotation does for
-- those that have a log.
CREATE TABLE verdicts (
	key     TEXT NOT NULL,                -- as in names
	who     TEXT NOT NULL,
	article INTEGER NOT NULL REFERENCES articles (num),
	verb    TEXT NOT NULL,                -- relabel: it is of the type; confirm: it stays so; reject: it is not
	type    TEXT NOT NULL,
	at      INTEGER NOT NULL,             -- of the decision
	PRIMARY KEY (key, who, article, verb, type)
) WITHOUT ROWID;
CREATE INDEX verdicts_article ON verdicts (article);
UPDATE layers SET seq = -1 WHERE article IN (SELECT article FROM log);
