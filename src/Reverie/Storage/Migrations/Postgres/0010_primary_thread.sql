-- How far a session's own thread is, once other threads or outcomes make that another thing than how far the session is.
ALTER TABLE sessions ADD COLUMN primary_thread TEXT;
