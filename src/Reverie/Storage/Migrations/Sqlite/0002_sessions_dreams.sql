-- header is the session as it was received, without its events: what an export writes back.
CREATE TABLE sessions (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    agent_name TEXT NOT NULL,
    title TEXT,
    metadata TEXT NOT NULL,
    outcome TEXT,
    header TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('idle', 'running', 'rescheduling', 'terminated')),
    event_count INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    archived_at INTEGER,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, source, external_id)
) STRICT;
CREATE INDEX sessions_by_age ON sessions (workspace_id, created_at, id);

-- body is the event byte for byte; added holds the fields the wire requires and the source did not give.
CREATE TABLE session_events (
    workspace_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    type TEXT NOT NULL,
    processed_at INTEGER NOT NULL,
    added TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (workspace_id, session_id, seq)
) STRICT;

-- A running dream belongs to who claimed it last (fence) until lease_until; report holds its head once it was thought out.
CREATE TABLE dreams (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('pending', 'running', 'completed', 'failed', 'canceled')),
    mode TEXT NOT NULL CHECK (mode IN ('auto', 'review')),
    model TEXT NOT NULL,
    instructions TEXT,
    memory_store_id TEXT NOT NULL,
    session_ids TEXT NOT NULL,
    updates_existing INTEGER NOT NULL CHECK (updates_existing IN (0, 1)),
    output_store_id TEXT,
    session_id TEXT,
    report TEXT,
    error_type TEXT,
    error_message TEXT,
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    archived_at INTEGER,
    fence INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, id),
    CHECK ((ended_at IS NULL) = (status IN ('pending', 'running')))
) STRICT;
CREATE INDEX dreams_by_age ON dreams (workspace_id, created_at, id);
CREATE INDEX dreams_open ON dreams (created_at, id) WHERE ended_at IS NULL;

-- planned: will be applied by the running dream. note says why a change did not land.
CREATE TABLE dream_changes (
    workspace_id TEXT NOT NULL,
    dream_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    change_id TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('planned', 'applied', 'proposed', 'rejected', 'quarantined')),
    body TEXT NOT NULL,
    note TEXT,
    -- The order in which applied changes landed; what an undo goes back by.
    landed_seq INTEGER,
    memory_version_id TEXT,
    PRIMARY KEY (workspace_id, dream_id, seq),
    UNIQUE (workspace_id, dream_id, change_id)
) STRICT;

CREATE TABLE dream_verdicts (
    workspace_id TEXT NOT NULL,
    dream_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    change_id TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('approve', 'reject', 'undo')),
    result TEXT NOT NULL CHECK (result IN ('applied', 'rejected', 'undone', 'conflict')),
    note TEXT,
    comment TEXT,
    actor_type TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, dream_id, seq)
) STRICT;
