-- Times are Unix milliseconds, 0 where unknown; offsets are bytes of the canonical text.
CREATE TABLE articles (
	num       INTEGER PRIMARY KEY,          -- also the row of words
	id        TEXT NOT NULL UNIQUE,
	title     TEXT NOT NULL,
	author    TEXT NOT NULL,
	site      TEXT NOT NULL,
	source    TEXT NOT NULL,
	format    TEXT NOT NULL,
	date      INTEGER NOT NULL,
	added     INTEGER NOT NULL,
	opened    INTEGER NOT NULL DEFAULT 0,
	length    INTEGER NOT NULL,             -- in words
	version   INTEGER NOT NULL DEFAULT 1,
	hash      TEXT NOT NULL,                -- TextID of the current version
	status    TEXT NOT NULL DEFAULT 'unread',
	top       INTEGER NOT NULL DEFAULT 0,
	cursor    INTEGER NOT NULL DEFAULT -1,
	progress  REAL NOT NULL DEFAULT 0,
	removed   INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX articles_source ON articles (source);
CREATE INDEX articles_hash ON articles (hash);

-- Every version of an article's text, with its blocks and inlines encoded.
CREATE TABLE versions (
	article INTEGER NOT NULL REFERENCES articles (num),
	version INTEGER NOT NULL,
	hash    TEXT NOT NULL,
	added   INTEGER NOT NULL,
	marks   BLOB NOT NULL,
	text    TEXT NOT NULL,
	PRIMARY KEY (article, version)
);

CREATE TABLE tags (
	article INTEGER NOT NULL REFERENCES articles (num),
	tag     TEXT NOT NULL,
	PRIMARY KEY (article, tag)
) WITHOUT ROWID;

-- What a machine made of an article; a list needs the counts without the layer.
CREATE TABLE counts (
	article       INTEGER PRIMARY KEY REFERENCES articles (num),
	people        INTEGER NOT NULL,
	organizations INTEGER NOT NULL,
	quotes        INTEGER NOT NULL,
	claims        INTEGER NOT NULL,
	reviewed      INTEGER NOT NULL
);
CREATE TABLE layers (
	article INTEGER PRIMARY KEY REFERENCES articles (num),
	version INTEGER NOT NULL,
	engine  TEXT NOT NULL,
	data    BLOB NOT NULL
);
CREATE TABLE names (
	key     TEXT NOT NULL,
	article INTEGER NOT NULL REFERENCES articles (num),
	type    TEXT NOT NULL,
	name    TEXT NOT NULL,
	count   INTEGER NOT NULL,
	first   INTEGER NOT NULL,
	PRIMARY KEY (key, article, type)
) WITHOUT ROWID;
CREATE INDEX names_article ON names (article);

-- The log of decisions. It only grows.
CREATE TABLE log (
	seq     INTEGER PRIMARY KEY AUTOINCREMENT,
	id      TEXT NOT NULL UNIQUE,
	article INTEGER NOT NULL REFERENCES articles (num),
	version INTEGER NOT NULL,
	at      INTEGER NOT NULL,
	who     TEXT NOT NULL,
	body    BLOB NOT NULL
);
CREATE INDEX log_article ON log (article, seq);

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE VIRTUAL TABLE words USING fts5 (
	title, text, content='', contentless_delete=1,
	tokenize='unicode61 remove_diacritics 2', prefix='1 2 3'
);
