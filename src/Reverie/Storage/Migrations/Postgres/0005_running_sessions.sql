-- next_seq numbers the next event of the log; a waiting event that is taken up moves to the end, so numbers have gaps.
-- A session that has something to do is awake. It belongs to who claimed it last (fence) until lease_until.
-- waiting holds the ids of calls that a client has still to answer.
ALTER TABLE sessions ADD COLUMN next_seq BIGINT NOT NULL DEFAULT 0;
UPDATE sessions SET next_seq = event_count;
ALTER TABLE sessions ADD COLUMN is_awake BIGINT NOT NULL DEFAULT 0 CHECK (is_awake IN (0, 1));
ALTER TABLE sessions ADD COLUMN fence BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN lease_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN waiting TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN setup_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN usage TEXT;
ALTER TABLE sessions ADD COLUMN active_micros BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN running_since BIGINT;
CREATE INDEX sessions_awake ON sessions (lease_until) WHERE is_awake = 1;

-- kept is what the model must see again and the wire does not carry; thread_id is null for the primary thread.
ALTER TABLE session_events ADD COLUMN thread_id TEXT;
ALTER TABLE session_events ADD COLUMN kept TEXT;

-- What a session that runs here was started with; agent is its snapshot.
CREATE TABLE session_setups (
    workspace_id TEXT COLLATE "C" NOT NULL,
    session_id TEXT COLLATE "C" NOT NULL,
    agent_id TEXT COLLATE "C" NOT NULL,
    agent_version BIGINT NOT NULL,
    environment_id TEXT COLLATE "C" NOT NULL,
    agent TEXT NOT NULL,
    environment TEXT NOT NULL,
    vault_ids TEXT NOT NULL,
    budget_cents BIGINT,
    had_budget BIGINT NOT NULL CHECK (had_budget IN (0, 1)),
    primary_thread_id TEXT NOT NULL,
    PRIMARY KEY (workspace_id, session_id)
);
CREATE INDEX session_setups_by_agent ON session_setups (workspace_id, agent_id);
CREATE INDEX session_setups_by_environment ON session_setups (workspace_id, environment_id);

CREATE TABLE session_resources (
    workspace_id TEXT COLLATE "C" NOT NULL,
    session_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    memory_store_id TEXT COLLATE "C",
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, session_id, id)
);
CREATE INDEX session_resources_by_store ON session_resources (workspace_id, memory_store_id) WHERE memory_store_id IS NOT NULL;
