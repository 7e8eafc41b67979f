-- What a dream may take of a model, and what it has taken so far.
ALTER TABLE dreams ADD COLUMN max_tokens INTEGER;
ALTER TABLE dreams ADD COLUMN max_cost_micros INTEGER;
ALTER TABLE dreams ADD COLUMN input_tokens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE dreams ADD COLUMN output_tokens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE dreams ADD COLUMN cache_creation_input_tokens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE dreams ADD COLUMN cache_read_input_tokens INTEGER NOT NULL DEFAULT 0;

-- A request of a dream to a model by the hash of all that is sent, noted before it goes out, and its answer before it is
-- used. attempts counts the times it may have been paid for. The answer is a JSON string, gone once the dream has its plan.
CREATE TABLE dream_answers (
    workspace_id TEXT NOT NULL,
    dream_id TEXT NOT NULL,
    request_sha256 TEXT NOT NULL,
    model TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    request_bytes INTEGER NOT NULL,
    typical_bytes INTEGER NOT NULL,
    answer TEXT,
    is_cut INTEGER NOT NULL DEFAULT 0,
    input_tokens INTEGER,
    output_tokens INTEGER,
    cache_read_input_tokens INTEGER,
    cache_creation_5m_input_tokens INTEGER,
    cache_creation_1h_input_tokens INTEGER,
    duration_micros INTEGER,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, dream_id, request_sha256)
) STRICT;
CREATE INDEX dream_answers_by_model ON dream_answers (workspace_id, model, created_at);
