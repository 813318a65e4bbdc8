-- The other forms of a name in the article, each with how often it is there: form and number with
-- a unit separator between, forms with a record separator. And the words that lead in a quote.
-- The next annotation fills both, as for quotes in migration 3.
ALTER TABLE names ADD COLUMN forms TEXT NOT NULL DEFAULT '';
ALTER TABLE quotes ADD COLUMN verb TEXT NOT NULL DEFAULT '';
UPDATE layers SET seq = -1;

-- What people decided about names across articles: that two of them mean the same person, or that
-- one stands for itself again. It only grows; undone is when a row was taken back.
CREATE TABLE merges (
	seq       INTEGER PRIMARY KEY AUTOINCREMENT,
	at        INTEGER NOT NULL,
	who       TEXT NOT NULL,
	verb      TEXT NOT NULL,                -- merge or split
	key       TEXT NOT NULL,                -- as in names
	type      TEXT NOT NULL,
	name      TEXT NOT NULL,
	into_key  TEXT NOT NULL,                -- of merge
	into_type TEXT NOT NULL,
	into_name TEXT NOT NULL,
	undone    INTEGER NOT NULL DEFAULT 0
);

-- What follows from merges: every name of a group, the main one too. The row of alias_named is
-- that of alias.
CREATE TABLE alias (
	num       INTEGER PRIMARY KEY,
	key       TEXT NOT NULL,
	type      TEXT NOT NULL,
	name      TEXT NOT NULL,
	main_key  TEXT NOT NULL,
	main_type TEXT NOT NULL,
	UNIQUE (key, type)
);
CREATE INDEX alias_main ON alias (main_key, main_type);
CREATE VIRTUAL TABLE alias_named USING fts5 (
	name, content='', contentless_delete=1,
	tokenize='unicode61 remove_diacritics 2'
);

-- Who and what is named in the library, a row for each group of names. Rows whose key is in
-- people_stale have to be counted again.
CREATE TABLE people (
	key      TEXT NOT NULL,
	type     TEXT NOT NULL,
	name     TEXT NOT NULL,
	articles INTEGER NOT NULL,
	mentions INTEGER NOT NULL,
	quotes   INTEGER NOT NULL DEFAULT 0,
	last     INTEGER NOT NULL,              -- date of the latest article, 0 where unknown
	PRIMARY KEY (key, type)
) WITHOUT ROWID;
CREATE TABLE people_stale (key TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO people_stale SELECT DISTINCT key FROM names;
