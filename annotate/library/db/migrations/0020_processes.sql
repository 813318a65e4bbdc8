-- Which process annotates an article, so that one that is annotated now is told from one whose process was killed; see package
-- process. It is empty where nobody is at it, and in what an older byline began.
ALTER TABLE tries ADD COLUMN process TEXT NOT NULL DEFAULT '';
