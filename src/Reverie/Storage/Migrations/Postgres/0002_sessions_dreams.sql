-- header is the session as it was received, without its events: what an export writes back.
CREATE TABLE sessions (
    workspace_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    external_id TEXT COLLATE "C" NOT NULL,
    agent_name TEXT COLLATE "C" NOT NULL,
    title TEXT,
    metadata TEXT NOT NULL,
    outcome TEXT,
    header TEXT NOT NULL,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('idle', 'running', 'rescheduling', 'terminated')),
    event_count BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    archived_at BIGINT,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, source, external_id)
);
CREATE INDEX sessions_by_age ON sessions (workspace_id, created_at, id);

-- body is the event byte for byte; added holds the fields the wire requires and the source did not give.
CREATE TABLE session_events (
    workspace_id TEXT COLLATE "C" NOT NULL,
    session_id TEXT COLLATE "C" NOT NULL,
    seq BIGINT NOT NULL,
    type TEXT COLLATE "C" NOT NULL,
    processed_at BIGINT NOT NULL,
    added TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (workspace_id, session_id, seq)
);

-- A running dream belongs to who claimed it last (fence) until lease_until; report holds its head once it was thought out.
CREATE TABLE dreams (
    workspace_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('pending', 'running', 'completed', 'failed', 'canceled')),
    mode TEXT COLLATE "C" NOT NULL CHECK (mode IN ('auto', 'review')),
    model TEXT COLLATE "C" NOT NULL,
    instructions TEXT,
    memory_store_id TEXT COLLATE "C" NOT NULL,
    session_ids TEXT COLLATE "C" NOT NULL,
    updates_existing BIGINT NOT NULL CHECK (updates_existing IN (0, 1)),
    output_store_id TEXT COLLATE "C",
    session_id TEXT COLLATE "C",
    report TEXT,
    error_type TEXT COLLATE "C",
    error_message TEXT,
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    archived_at BIGINT,
    fence BIGINT NOT NULL DEFAULT 0,
    lease_until BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, id),
    CHECK ((ended_at IS NULL) = (status IN ('pending', 'running')))
);
CREATE INDEX dreams_by_age ON dreams (workspace_id, created_at, id);
CREATE INDEX dreams_open ON dreams (created_at, id) WHERE ended_at IS NULL;

-- planned: will be applied by the running dream. note says why a change did not land.
CREATE TABLE dream_changes (
    workspace_id TEXT COLLATE "C" NOT NULL,
    dream_id TEXT COLLATE "C" NOT NULL,
    seq BIGINT NOT NULL,
    change_id TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('planned', 'applied', 'proposed', 'rejected', 'quarantined')),
    body TEXT NOT NULL,
    note TEXT,
    -- The order in which applied changes landed; what an undo goes back by.
    landed_seq BIGINT,
    memory_version_id TEXT COLLATE "C",
    PRIMARY KEY (workspace_id, dream_id, seq),
    UNIQUE (workspace_id, dream_id, change_id)
);

CREATE TABLE dream_verdicts (
    workspace_id TEXT COLLATE "C" NOT NULL,
    dream_id TEXT COLLATE "C" NOT NULL,
    seq BIGINT NOT NULL,
    change_id TEXT COLLATE "C" NOT NULL,
    verdict TEXT COLLATE "C" NOT NULL CHECK (verdict IN ('approve', 'reject', 'undo')),
    result TEXT COLLATE "C" NOT NULL CHECK (result IN ('applied', 'rejected', 'undone', 'conflict')),
    note TEXT,
    comment TEXT,
    actor_type TEXT COLLATE "C" NOT NULL,
    actor_id TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, dream_id, seq)
);
