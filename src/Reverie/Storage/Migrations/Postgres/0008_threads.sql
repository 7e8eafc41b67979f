-- Events with a thread_id stand on the list of that thread; an empty one is for what is shown nowhere. A copy tells on the
-- session's list what stands on a thread's.
ALTER TABLE session_events ADD COLUMN is_copy BIGINT NOT NULL DEFAULT 0 CHECK (is_copy IN (0, 1));
CREATE INDEX session_events_of_thread ON session_events (workspace_id, session_id, thread_id, seq) WHERE thread_id IS NOT NULL;

-- The threads of a session besides its primary one; agent is a snapshot.
CREATE TABLE session_threads (
    workspace_id TEXT COLLATE "C" NOT NULL,
    session_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    agent TEXT NOT NULL,
    status TEXT NOT NULL,
    usage TEXT,
    active_micros BIGINT NOT NULL DEFAULT 0,
    running_since BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    archived_at BIGINT,
    PRIMARY KEY (workspace_id, session_id, id)
);
