-- What follows from the log of the team has the articles of its sets from now on, assigned or not: the log is read again.
DELETE FROM meta WHERE key = 'seals';
