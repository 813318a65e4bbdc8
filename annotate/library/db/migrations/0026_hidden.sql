-- What is assigned in a blind set, and is blind no more: it was reopened. It follows from the log of the team, which is read again.
ALTER TABLE assigned ADD COLUMN bare INTEGER NOT NULL DEFAULT 0;
DELETE FROM meta WHERE key = 'seals';

-- Whoever is not shown all suggestions (team assign --hide) has counts of their own also of what they have not decided on. What is assigned is
-- counted again when the library is annotated or listed next.
UPDATE counts SET seq = iif(EXISTS (SELECT 1 FROM log l WHERE l.article = counts.article), -1, -2)
	WHERE seq >= 0 AND article IN (SELECT article FROM assigned WHERE article IS NOT NULL);
