-- Of a repository; encrypted with a key that is not in the database. Null for none.
ALTER TABLE session_resources ADD COLUMN sealed_token TEXT COLLATE "C";
