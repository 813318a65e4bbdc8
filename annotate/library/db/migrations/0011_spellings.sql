-- How the files that labels were imported from spell them: "GPE" for places, "GeoPolitical" for the label
-- geopolitical. Exports spell them so.
CREATE TABLE spellings (
	type  TEXT PRIMARY KEY,
	label TEXT NOT NULL
) WITHOUT ROWID;
