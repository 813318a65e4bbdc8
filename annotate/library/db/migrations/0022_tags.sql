DROP INDEX verdicts_who; -- see the end

-- A tag is of whoever set it. Those of nobody, who = '', are everybody's: those of before, and those that files brought.
ALTER TABLE tags RENAME TO tags_before;
CREATE TABLE tags (
	article INTEGER NOT NULL REFERENCES articles (num),
	tag     TEXT NOT NULL,
	who     TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (article, tag, who)
) WITHOUT ROWID;
INSERT INTO tags (article, tag) SELECT article, tag FROM tags_before;
DROP TABLE tags_before;

-- Sets in which articles are sealed that are assigned to somebody who is not done, each with who = '', and who sees these nevertheless
-- unless they are assigned to them. It follows from the log of the team as assigned does; meta has under "seals" of how much, in place of
-- "roster", so that it is made with the rest when the log is read next.
CREATE TABLE blind (
	set_name TEXT NOT NULL,
	who      TEXT NOT NULL,
	PRIMARY KEY (set_name, who)
) WITHOUT ROWID;
DELETE FROM meta WHERE key = 'roster';

-- Indexes come last, as in migration 16; the one of migration 21 once more.
CREATE INDEX verdicts_who ON verdicts (who) WHERE verb <> 'confirm';
CREATE INDEX tags_who ON tags (who) WHERE who <> '';
