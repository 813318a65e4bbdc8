-- Who reads which articles, when several people do: a log of events, which only grows. The bodies belong to package team.
CREATE TABLE team (
	seq  INTEGER PRIMARY KEY,
	id   TEXT NOT NULL,
	at   INTEGER NOT NULL,                -- milliseconds; 0 where nobody knows
	who  TEXT NOT NULL,
	body BLOB NOT NULL
);
CREATE UNIQUE INDEX team_id ON team (id);
