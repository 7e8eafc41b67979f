-- Which sessions a dream reads, and how many events each had when it was asked for.
CREATE TABLE dream_sessions (
    workspace_id TEXT COLLATE "C" NOT NULL,
    dream_id TEXT COLLATE "C" NOT NULL,
    session_id TEXT COLLATE "C" NOT NULL,
    events BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, dream_id, session_id)
);
CREATE INDEX dream_sessions_by_session ON dream_sessions (workspace_id, session_id);
INSERT INTO dream_sessions (workspace_id, dream_id, session_id, events)
SELECT d.workspace_id, d.id, s.id, s.event_count FROM dreams d CROSS JOIN LATERAL jsonb_array_elements_text(CAST(d.session_ids AS jsonb)) AS j(value) JOIN sessions s ON s.workspace_id = d.workspace_id AND s.id = j.value;

-- The filter that chose them; body is the wire's.
CREATE TABLE dream_filters (
    workspace_id TEXT COLLATE "C" NOT NULL,
    dream_id TEXT COLLATE "C" NOT NULL,
    body TEXT NOT NULL,
    matched BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, dream_id)
);
CREATE INDEX dreams_by_session ON dreams (workspace_id, session_id) WHERE session_id IS NOT NULL;
CREATE INDEX dreams_by_store ON dreams (workspace_id, memory_store_id);

-- What a review finds in a session read alone, as of next_seq of its log.
CREATE TABLE session_signs (
    workspace_id TEXT COLLATE "C" NOT NULL,
    session_id TEXT COLLATE "C" NOT NULL,
    next_seq BIGINT NOT NULL,
    errors BIGINT NOT NULL,
    suspect_lines BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, session_id)
);

-- body is the wire's, of what people set. next_at: when to look at it next, null for never. seen_at: as of when its last run
-- looked for sessions. memories, bytes: the store as its last run left it. streak: dreams in a row that changed nothing.
CREATE TABLE dream_schedules (
    workspace_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    memory_store_id TEXT COLLATE "C" NOT NULL,
    body TEXT NOT NULL,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('active', 'paused')),
    paused_reason TEXT,
    next_at BIGINT,
    seen_at BIGINT NOT NULL,
    memories BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    streak BIGINT NOT NULL DEFAULT 0,
    streak_since BIGINT,
    alarm_id TEXT COLLATE "C",
    last_run_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    archived_at BIGINT,
    PRIMARY KEY (workspace_id, id),
    CHECK ((status = 'paused') = (paused_reason IS NOT NULL)),
    CHECK (next_at IS NULL OR (status = 'active' AND archived_at IS NULL))
);
CREATE INDEX dream_schedules_by_age ON dream_schedules (workspace_id, created_at, id);
CREATE INDEX dream_schedules_due ON dream_schedules (next_at) WHERE next_at IS NOT NULL;

-- One moment of a schedule is run once: scheduled_at is null where nobody scheduled it.
CREATE TABLE dream_schedule_runs (
    workspace_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    schedule_id TEXT COLLATE "C" NOT NULL,
    trigger_type TEXT COLLATE "C" NOT NULL,
    scheduled_at BIGINT,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('pending', 'dreaming', 'completed', 'skipped', 'failed', 'canceled')),
    dream_id TEXT COLLATE "C",
    sessions BIGINT,
    new_sessions BIGINT,
    reason TEXT,
    error_type TEXT,
    error_message TEXT,
    changes TEXT,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    ended_at BIGINT,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, schedule_id, scheduled_at),
    CHECK ((ended_at IS NULL) = (status IN ('pending', 'dreaming'))),
    CHECK (status NOT IN ('dreaming', 'completed') OR dream_id IS NOT NULL),
    CHECK ((status = 'skipped') = (reason IS NOT NULL)),
    CHECK ((status = 'failed') = (error_type IS NOT NULL))
);
CREATE INDEX dream_schedule_runs_by_age ON dream_schedule_runs (workspace_id, schedule_id, created_at, id);
CREATE INDEX dream_schedule_runs_open ON dream_schedule_runs (status, created_at) WHERE ended_at IS NULL;

CREATE TABLE alarms (
    workspace_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    type TEXT COLLATE "C" NOT NULL,
    data TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    cleared_at BIGINT,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX alarms_by_age ON alarms (workspace_id, created_at, id);
