-- What is in the articles, to be asked for: who is named, by every form of the name, and
-- who said what. All of it can be made anew from the layers and the log.
CREATE TABLE quotes (
	num     INTEGER PRIMARY KEY,          -- also the row of said
	article INTEGER NOT NULL REFERENCES articles (num),
	start   INTEGER NOT NULL,             -- bytes of the text
	end     INTEGER NOT NULL,
	type    TEXT NOT NULL,                -- direct, mixed or indirect
	key     TEXT NOT NULL,                -- of the speaker, as in names; empty for nobody known
	speaker TEXT NOT NULL,
	kind    TEXT NOT NULL,                -- the speaker's type
	decided INTEGER NOT NULL,             -- by a person
	text    TEXT NOT NULL
);
CREATE INDEX quotes_article ON quotes (article, start);
CREATE INDEX quotes_key ON quotes (key);

-- The row of named is the article.
CREATE VIRTUAL TABLE named USING fts5 (
	person, organization, place, other, content='', contentless_delete=1,
	tokenize='unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE said USING fts5 (
	text, speaker, content='', contentless_delete=1,
	tokenize='unicode61 remove_diacritics 2'
);

-- The row of the log up to which counts, names and quotes of an article hold; −1 where they
-- were made before there was a place for quotes.
ALTER TABLE layers ADD COLUMN seq INTEGER NOT NULL DEFAULT -1;

-- Queries that somebody gave a name.
CREATE TABLE searches (
	name  TEXT PRIMARY KEY,
	query TEXT NOT NULL,
	saved INTEGER NOT NULL
) WITHOUT ROWID;
