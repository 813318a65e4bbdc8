-- The names in an article under each label of the user's own. Those of the types that the
-- engine knows are in named.
CREATE TABLE labels (
	num     INTEGER PRIMARY KEY,          -- also the row of labelled
	article INTEGER NOT NULL REFERENCES articles (num),
	label   TEXT NOT NULL,                -- as it was given
	key     TEXT NOT NULL                 -- as labels compare: without case and accents
);
CREATE INDEX labels_key ON labels (key, article);
CREATE INDEX labels_article ON labels (article);
CREATE VIRTUAL TABLE labelled USING fts5 (
	name, content='', contentless_delete=1,
	tokenize='unicode61 remove_diacritics 2'
);

-- names has the names of entities but not their other forms: those come with the next
-- annotation, as where there was no place for quotes.
UPDATE layers SET seq = -1 WHERE article IN (
	SELECT article FROM names WHERE type NOT IN ('', 'person', 'organization', 'place', 'other')
);
