-- Who saved a search, and may change it; empty for those of before, which anybody may.
ALTER TABLE searches ADD COLUMN who TEXT NOT NULL DEFAULT '';
