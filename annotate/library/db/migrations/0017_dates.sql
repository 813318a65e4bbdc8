-- Dates say how precise they are and in which zone: the last three digits of date, updated and last are a form, as in articles.Date. The
-- milliseconds that some had there go away. The dates are those of before, so nobody is told.
DROP TRIGGER told_article;
UPDATE articles SET date = date - (date % 1000 + 1000) % 1000, updated = updated - (updated % 1000 + 1000) % 1000 WHERE date % 1000 <> 0 OR updated % 1000 <> 0;
UPDATE people SET last = last - (last % 1000 + 1000) % 1000 WHERE last % 1000 <> 0;
CREATE TRIGGER told_article AFTER UPDATE OF title, author, site, format, date, authors, agencies, url, section, language, updated ON articles BEGIN
	UPDATE articles SET told = max(CAST(round(unixepoch('subsec') * 1000) AS INTEGER), coalesce(nullif(told, 0), added) + 1) WHERE num = new.num;
	DELETE FROM touched WHERE article = new.num;
	INSERT INTO touched (article) VALUES (new.num);
END;
