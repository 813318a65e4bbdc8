-- What is exchanged with other libraries. Times are Unix milliseconds.

-- Since when the title, the date and so on are as they are, and the blocks of a version; 0 for since they were added.
ALTER TABLE articles ADD COLUMN told INTEGER NOT NULL DEFAULT 0;
ALTER TABLE versions ADD COLUMN told INTEGER NOT NULL DEFAULT 0;

-- When an article had which text, here or elsewhere. It only grows, and versions follow from it: in the order of time,
-- without a text that is that of the version before.
CREATE TABLE editions (
	article INTEGER NOT NULL REFERENCES articles (num) ON DELETE CASCADE,
	added   INTEGER NOT NULL,
	hash    TEXT NOT NULL,
	PRIMARY KEY (article, added, hash)
) WITHOUT ROWID;
-- Versions of one article are apart in time: where a clock went back, the later one is a millisecond after the earlier.
UPDATE versions SET added = v.apart FROM (
	SELECT article, version, version + max(added - version) OVER (PARTITION BY article ORDER BY version) AS apart FROM versions
) v WHERE v.article = versions.article AND v.version = versions.version AND v.apart <> versions.added;
INSERT INTO editions (article, added, hash) SELECT article, added, hash FROM versions;

-- The last change of an article but for its log, which has numbers of its own.
CREATE TABLE touched (
	seq     INTEGER PRIMARY KEY AUTOINCREMENT,
	article INTEGER NOT NULL UNIQUE REFERENCES articles (num) ON DELETE CASCADE
);
INSERT INTO touched (article) SELECT num FROM articles;

-- Articles that were deleted for good. They do not come back by themselves.
CREATE TABLE purged (
	id TEXT PRIMARY KEY,
	at INTEGER NOT NULL
) WITHOUT ROWID;

-- With what the library was brought together, up to which row of touched and log, and what was seen there.
CREATE TABLE places (
	name    TEXT PRIMARY KEY,
	touched INTEGER NOT NULL,
	log     INTEGER NOT NULL,
	seen    BLOB NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER told_article AFTER UPDATE OF title, author, site, format, date, authors, agencies, url, section, language, updated ON articles BEGIN
	UPDATE articles SET told = max(CAST(round(unixepoch('subsec') * 1000) AS INTEGER), coalesce(nullif(told, 0), added) + 1) WHERE num = new.num;
	DELETE FROM touched WHERE article = new.num;
	INSERT INTO touched (article) VALUES (new.num);
END;
CREATE TRIGGER told_blocks AFTER UPDATE OF marks ON versions BEGIN
	UPDATE versions SET told = max(CAST(round(unixepoch('subsec') * 1000) AS INTEGER), coalesce(nullif(told, 0), added) + 1) WHERE article = new.article AND version = new.version;
	DELETE FROM touched WHERE article = new.article;
	INSERT INTO touched (article) VALUES (new.article);
END;
CREATE TRIGGER told_version AFTER INSERT ON versions BEGIN
	INSERT OR IGNORE INTO editions (article, added, hash) VALUES (new.article, new.added, new.hash);
	DELETE FROM touched WHERE article = new.article;
	INSERT INTO touched (article) VALUES (new.article);
END;
CREATE TRIGGER added_again AFTER INSERT ON articles BEGIN
	DELETE FROM purged WHERE id = new.id;
END;
CREATE TRIGGER purged_article AFTER DELETE ON articles WHEN old.removed <> 0 BEGIN
	INSERT OR REPLACE INTO purged (id, at) VALUES (old.id, CAST(round(unixepoch('subsec') * 1000) AS INTEGER));
END;
