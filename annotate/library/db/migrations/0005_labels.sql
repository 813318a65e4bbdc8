-- The names in an article by the label that the user gave them. Names of the types that the
-- engine knows are in named.
CREATE TABLE labels (
	num     INTEGER PRIMARY KEY,          -- also the row of labelled
	article INTEGER NOT NULL REFERENCES articles (num),
	label   TEXT NOT NULL,                -- as the user wrote it
	key     TEXT NOT NULL                 -- without case and accents
);
CREATE INDEX labels_key ON labels (key, article);
CREATE INDEX labels_article ON labels (article);
CREATE VIRTUAL TABLE labelled USING fts5 (
	name, content='', contentless_delete=1,
	tokenize='unicode61 remove_diacritics 2'
);

-- The table names has one name of each entity. Its other forms are added by the next
-- annotation, as for quotes in migration 3.
UPDATE layers SET seq = -1 WHERE article IN (
	SELECT article FROM names WHERE type NOT IN ('', 'person', 'organization', 'place', 'other')
);
