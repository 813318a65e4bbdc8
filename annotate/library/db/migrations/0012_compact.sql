-- What is found in articles, in half the bytes. Names and quotes are made anew by the next annotation, of the layers that
-- are there, as in migrations 3 and 7.
DROP TABLE further;
DROP TABLE further_named;
DROP TABLE said;
DROP TABLE quotes;
DROP TABLE names;
DROP TABLE people;

-- Who and what is named in the library. Rows stay, so that a number means the same name for good; who is in no article any
-- more has none. Of names that were merged the main one has the counts. Rows whose key is in people_stale have to be
-- counted again.
CREATE TABLE people (
	num      INTEGER PRIMARY KEY,
	key      TEXT NOT NULL,
	type     TEXT NOT NULL,
	spelled  TEXT NOT NULL,                -- the name as it was first seen
	name     TEXT,                         -- as it is shown, where that is another
	articles INTEGER NOT NULL DEFAULT 0,
	mentions INTEGER NOT NULL DEFAULT 0,
	quotes   INTEGER NOT NULL DEFAULT 0,
	last     INTEGER NOT NULL DEFAULT 0,   -- date of the latest article, 0 where unknown
	UNIQUE (key, type)
);

-- Who is named in an article.
CREATE TABLE naming (
	who     INTEGER NOT NULL,              -- of people
	article INTEGER NOT NULL,
	count   INTEGER NOT NULL,
	first   INTEGER NOT NULL,
	name    TEXT,                          -- where it is not as it was first seen
	forms   TEXT,                          -- as in migration 7; an empty form is the name, NULL the name alone, count times
	PRIMARY KEY (who, article)
) WITHOUT ROWID;
CREATE INDEX naming_article ON naming (article);
CREATE VIEW names AS SELECT p.key, n.article, p.type, coalesce(n.name, p.spelled) AS name, n.count, n.first, coalesce(n.forms, '') AS forms
	FROM naming n JOIN people p ON p.num = n.who;

-- Quotes. Those of an article follow each other; counts says which. Their words are in its text.
CREATE TABLE quoted (
	num     INTEGER PRIMARY KEY,           -- also the row of said
	article INTEGER NOT NULL,
	start   INTEGER NOT NULL,              -- bytes of the text
	length  INTEGER NOT NULL,
	type    NOT NULL,                      -- 0 direct, 1 mixed, 2 indirect
	who     INTEGER,                       -- of people; NULL for nobody known
	name    TEXT,                          -- as in naming
	decided INTEGER NOT NULL,              -- by a person
	verb    TEXT NOT NULL
);
CREATE INDEX quoted_who ON quoted (who) WHERE who IS NOT NULL;
CREATE VIEW quotes AS SELECT q.num, q.article, q.start, q.start + q.length AS end, q.type, q.who, coalesce(p.key, '') AS key,
	coalesce(q.name, p.spelled, '') AS speaker, coalesce(p.type, '') AS kind, q.decided, q.verb
	FROM quoted q LEFT JOIN people p ON p.num = q.who;
CREATE VIRTUAL TABLE said USING fts5 (
	text, speaker, content='', contentless_delete=1,
	tokenize='unicode61 remove_diacritics 2'
);
CREATE TABLE further (
	num     INTEGER PRIMARY KEY,
	quote   INTEGER NOT NULL,              -- of quoted
	key     TEXT NOT NULL,
	speaker TEXT NOT NULL,
	kind    TEXT NOT NULL
);
CREATE INDEX further_quote ON further (quote);
CREATE INDEX further_key ON further (key);
CREATE VIRTUAL TABLE further_named USING fts5 (
	speaker, content='', contentless_delete=1,
	tokenize='unicode61 remove_diacritics 2'
);

-- Of a layer, what is asked of many: whether it is the engine's, of the text and the log as they are. In layers these
-- columns are empty from here on.
CREATE TABLE engines (num INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
ALTER TABLE counts ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE counts ADD COLUMN engine INTEGER NOT NULL DEFAULT 0;
ALTER TABLE counts ADD COLUMN seq INTEGER NOT NULL DEFAULT -1;
ALTER TABLE counts ADD COLUMN least REAL;                       -- the lowest score of what nobody looked at; NULL where not known
ALTER TABLE counts ADD COLUMN quote INTEGER NOT NULL DEFAULT 0; -- the first row of quoted
ALTER TABLE counts ADD COLUMN quoted INTEGER NOT NULL DEFAULT 0; -- how many rows

-- Most texts are those that their articles began with.
DROP INDEX articles_hash;
CREATE INDEX articles_hash ON articles (hash) WHERE hash <> id;

-- How many articles there are outside the trash, by status: counted once, and kept by triggers.
CREATE TABLE shelved (status TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO shelved (status, n) SELECT status, count(*) FROM articles WHERE removed = 0 GROUP BY status;
CREATE TRIGGER shelved_in AFTER INSERT ON articles WHEN new.removed = 0 BEGIN
	INSERT INTO shelved (status, n) VALUES (new.status, 1) ON CONFLICT (status) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER shelved_out AFTER DELETE ON articles WHEN old.removed = 0 BEGIN
	UPDATE shelved SET n = n - 1 WHERE status = old.status;
END;
CREATE TRIGGER shelved_moved AFTER UPDATE OF status, removed ON articles WHEN old.status <> new.status OR (old.removed = 0) <> (new.removed = 0) BEGIN
	UPDATE shelved SET n = n - 1 WHERE status = old.status AND old.removed = 0;
	INSERT INTO shelved (status, n) SELECT new.status, 1 WHERE new.removed = 0 ON CONFLICT (status) DO UPDATE SET n = n + 1;
END;
