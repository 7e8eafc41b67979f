-- The outcomes of a session as its evaluations show them; the log is the truth about each.
ALTER TABLE sessions ADD COLUMN evaluations TEXT;

CREATE TABLE workspace_settings (
    workspace_id TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    value TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, name)
);
