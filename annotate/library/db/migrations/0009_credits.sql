-- What a publication says of an article beyond its author, for those who cite it.
ALTER TABLE articles ADD COLUMN authors  TEXT NOT NULL DEFAULT '';    -- people, one a line; empty where only author is known
ALTER TABLE articles ADD COLUMN agencies TEXT NOT NULL DEFAULT '';    -- one a line
ALTER TABLE articles ADD COLUMN url      TEXT NOT NULL DEFAULT '';    -- the address that the article gives as its own
ALTER TABLE articles ADD COLUMN section  TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN language TEXT NOT NULL DEFAULT '';    -- a BCP 47 tag
ALTER TABLE articles ADD COLUMN updated  INTEGER NOT NULL DEFAULT 0;  -- like date
