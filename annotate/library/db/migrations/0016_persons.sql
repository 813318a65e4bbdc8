-- People who have something of their own in the library: those who annotate it together.
CREATE TABLE persons (num INTEGER PRIMARY KEY, who TEXT NOT NULL);
CREATE UNIQUE INDEX persons_who ON persons (who);

-- How far each of them has come, in place of the columns of articles. Nobody else's business: it does not travel.
CREATE TABLE own (
	person   INTEGER NOT NULL REFERENCES persons (num),
	article  INTEGER NOT NULL REFERENCES articles (num) ON DELETE CASCADE,
	status   TEXT NOT NULL DEFAULT 'unread',
	progress REAL NOT NULL DEFAULT 0,
	opened   INTEGER NOT NULL DEFAULT 0,
	top      INTEGER NOT NULL DEFAULT 0,
	cursor   INTEGER NOT NULL DEFAULT -1,
	PRIMARY KEY (person, article)
) WITHOUT ROWID;

-- The counts of the reading of each of them, of articles on which they decided something. It follows from the log.
CREATE TABLE tally (
	person        INTEGER NOT NULL REFERENCES persons (num),
	article       INTEGER NOT NULL REFERENCES articles (num) ON DELETE CASCADE,
	people        INTEGER NOT NULL,
	organizations INTEGER NOT NULL,
	quotes        INTEGER NOT NULL,
	claims        INTEGER NOT NULL,
	reviewed      INTEGER NOT NULL,
	decided       INTEGER NOT NULL,       -- decisions made
	at            INTEGER NOT NULL,       -- of the last
	PRIMARY KEY (person, article)
) WITHOUT ROWID;

-- Who is done with an article, in which set. It follows from the log.
CREATE TABLE finished (
	person   INTEGER NOT NULL REFERENCES persons (num),
	article  INTEGER NOT NULL REFERENCES articles (num) ON DELETE CASCADE,
	set_name TEXT NOT NULL,
	at       INTEGER NOT NULL,
	PRIMARY KEY (person, article, set_name)
) WITHOUT ROWID;

-- What is assigned to whom, and how far they are with it. It follows from the log of the team, from tally and from finished;
-- meta has under "roster" of how much of that log.
CREATE TABLE assigned (
	num      INTEGER PRIMARY KEY,
	set_name TEXT NOT NULL,
	person   INTEGER NOT NULL REFERENCES persons (num),
	article  INTEGER,                     -- NULL while it is not in the library
	id       TEXT,                        -- of the article, while it is not
	place    INTEGER NOT NULL,            -- in the order of the deal
	done     INTEGER NOT NULL DEFAULT 0,  -- 1 if they are
	claims   INTEGER NOT NULL DEFAULT 0,  -- these as in tally or, where that has nothing, in counts
	reviewed INTEGER NOT NULL DEFAULT 0,
	decided  INTEGER NOT NULL DEFAULT 0,
	at       INTEGER NOT NULL DEFAULT 0
);
CREATE TRIGGER assigned_in AFTER INSERT ON articles WHEN EXISTS (SELECT 1 FROM assigned WHERE id = new.id) BEGIN
	UPDATE assigned SET article = new.num, id = NULL WHERE id = new.id;
END;
CREATE TRIGGER assigned_out AFTER DELETE ON articles WHEN EXISTS (SELECT 1 FROM assigned WHERE article = old.num) BEGIN
	UPDATE assigned SET article = NULL, id = old.id, done = 0, claims = 0, reviewed = 0, decided = 0, at = 0 WHERE article = old.num;
END;

-- The sums of assigned by set and person, kept by triggers: to add up 50,000 rows takes a second on a busy computer.
CREATE TABLE advance (
	set_name TEXT NOT NULL,
	person   INTEGER NOT NULL,
	assigned INTEGER NOT NULL,
	done     INTEGER NOT NULL,
	begun    INTEGER NOT NULL,            -- not done, with decisions
	absent   INTEGER NOT NULL,
	claims   INTEGER NOT NULL,
	reviewed INTEGER NOT NULL,
	decided  INTEGER NOT NULL,
	at       INTEGER NOT NULL,
	PRIMARY KEY (set_name, person)
) WITHOUT ROWID;
CREATE TRIGGER advance_in AFTER INSERT ON assigned BEGIN
	INSERT INTO advance (set_name, person, assigned, done, begun, absent, claims, reviewed, decided, at)
		VALUES (new.set_name, new.person, 1, new.done, new.done = 0 AND new.decided > 0, new.article IS NULL, new.claims, new.reviewed, new.decided, new.at)
		ON CONFLICT DO UPDATE SET assigned = assigned + 1, done = done + excluded.done, begun = begun + excluded.begun, absent = absent + excluded.absent,
			claims = claims + excluded.claims, reviewed = reviewed + excluded.reviewed, decided = decided + excluded.decided, at = max(at, excluded.at);
END;
CREATE TRIGGER advance_changed AFTER UPDATE OF article, done, claims, reviewed, decided, at ON assigned BEGIN
	UPDATE advance SET done = done + new.done - old.done, begun = begun + (new.done = 0 AND new.decided > 0) - (old.done = 0 AND old.decided > 0),
		absent = absent + (new.article IS NULL) - (old.article IS NULL), claims = claims + new.claims - old.claims,
		reviewed = reviewed + new.reviewed - old.reviewed, decided = decided + new.decided - old.decided, at = max(at, new.at)
		WHERE set_name = new.set_name AND person = new.person;
END;

-- Indexes come last: of a file that is cut short they are what can be lost.
CREATE INDEX own_article ON own (article);
CREATE INDEX tally_article ON tally (article);
CREATE INDEX finished_article ON finished (article);
CREATE INDEX assigned_person ON assigned (person, article);
CREATE INDEX assigned_article ON assigned (article);
CREATE INDEX assigned_id ON assigned (id) WHERE id IS NOT NULL;
