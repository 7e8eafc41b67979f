-- The outcomes of a session as its evaluations show them; the log is the truth about each.
ALTER TABLE sessions ADD COLUMN evaluations TEXT;

CREATE TABLE workspace_settings (
    workspace_id TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, name)
) STRICT;
