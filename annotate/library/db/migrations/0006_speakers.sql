-- Who says a quote besides its speaker. The rows of further_named are those of further.
CREATE TABLE further (
	num     INTEGER PRIMARY KEY,
	quote   INTEGER NOT NULL REFERENCES quotes (num),
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
