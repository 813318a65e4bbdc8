-- Who decided at all, and whose decisions on names may count in other articles: both are asked of the whole library, whenever somebody
-- is named and whenever an article is opened.
CREATE INDEX log_who ON log (who);
CREATE INDEX verdicts_who ON verdicts (who) WHERE verb <> 'confirm';
