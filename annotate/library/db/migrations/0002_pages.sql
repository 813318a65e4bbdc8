-- Pages as they were fetched, compressed, beside the version of the article that was made of each.
CREATE TABLE pages (
	article  INTEGER NOT NULL REFERENCES articles (num),
	version  INTEGER NOT NULL,
	url      TEXT NOT NULL,                -- as it was asked for; redirects are in final
	final    TEXT NOT NULL,
	fetched  INTEGER NOT NULL,
	type     TEXT NOT NULL,
	charset  TEXT NOT NULL,
	etag     TEXT NOT NULL,
	modified TEXT NOT NULL,
	body     BLOB NOT NULL,                -- zstd
	PRIMARY KEY (article, version)
);
CREATE INDEX pages_url ON pages (url, fetched);
