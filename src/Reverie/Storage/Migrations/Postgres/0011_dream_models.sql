-- What a dream may take of a model, and what it has taken so far.
ALTER TABLE dreams ADD COLUMN max_tokens BIGINT;
ALTER TABLE dreams ADD COLUMN max_cost_micros BIGINT;
ALTER TABLE dreams ADD COLUMN input_tokens BIGINT NOT NULL DEFAULT 0;
ALTER TABLE dreams ADD COLUMN output_tokens BIGINT NOT NULL DEFAULT 0;
ALTER TABLE dreams ADD COLUMN cache_creation_input_tokens BIGINT NOT NULL DEFAULT 0;
ALTER TABLE dreams ADD COLUMN cache_read_input_tokens BIGINT NOT NULL DEFAULT 0;

-- A request of a dream to a model by the hash of all that is sent, noted before it goes out, and its answer before it is
-- used. attempts counts the times it may have been paid for. The answer is a JSON string, gone once the dream has its plan.
CREATE TABLE dream_answers (
    workspace_id TEXT COLLATE "C" NOT NULL,
    dream_id TEXT COLLATE "C" NOT NULL,
    request_sha256 TEXT COLLATE "C" NOT NULL,
    model TEXT COLLATE "C" NOT NULL,
    attempts BIGINT NOT NULL,
    request_bytes BIGINT NOT NULL,
    typical_bytes BIGINT NOT NULL,
    answer TEXT,
    is_cut BIGINT NOT NULL DEFAULT 0,
    input_tokens BIGINT,
    output_tokens BIGINT,
    cache_read_input_tokens BIGINT,
    cache_creation_5m_input_tokens BIGINT,
    cache_creation_1h_input_tokens BIGINT,
    duration_micros BIGINT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, dream_id, request_sha256)
);
CREATE INDEX dream_answers_by_model ON dream_answers (workspace_id, model, created_at);
