-- The lines of a memory that a change of a dream wrote or bore out; a line by a hash, so that no text lies here twice.
CREATE TABLE memory_passages (
    workspace_id TEXT COLLATE "C" NOT NULL,
    memory_store_id TEXT COLLATE "C" NOT NULL,
    memory_id TEXT COLLATE "C" NOT NULL,
    line_hash TEXT COLLATE "C" NOT NULL,
    dream_id TEXT COLLATE "C" NOT NULL,
    change_id TEXT COLLATE "C" NOT NULL,
    relation TEXT COLLATE "C" NOT NULL CHECK (relation IN ('wrote', 'replaced', 'merged', 'rewritten')),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, memory_store_id, memory_id, line_hash, dream_id, change_id)
);
CREATE INDEX memory_passages_of_dream ON memory_passages (workspace_id, dream_id, change_id);

-- Every session that bears out a change, quoted in it or not.
CREATE TABLE dream_change_sources (
    workspace_id TEXT COLLATE "C" NOT NULL,
    dream_id TEXT COLLATE "C" NOT NULL,
    change_id TEXT COLLATE "C" NOT NULL,
    session_id TEXT COLLATE "C" NOT NULL,
    principal TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace_id, dream_id, change_id, session_id)
);
CREATE INDEX dream_change_sources_of_session ON dream_change_sources (workspace_id, session_id);

-- What the deletion of a session took with it; without the texts.
CREATE TABLE session_withdrawals (
    workspace_id TEXT COLLATE "C" NOT NULL,
    session_id TEXT COLLATE "C" NOT NULL,
    seq BIGINT NOT NULL,
    action TEXT COLLATE "C" NOT NULL CHECK (action IN ('withdrawn', 'reworded', 'unquoted', 'versions_redacted')),
    dream_id TEXT COLLATE "C",
    change_id TEXT COLLATE "C",
    sessions_left BIGINT,
    principals_left BIGINT,
    memory_store_id TEXT COLLATE "C",
    memory_id TEXT COLLATE "C",
    memory_version_id TEXT COLLATE "C",
    version_count BIGINT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, session_id, seq)
);

-- The memories whose text a session was shown by its tools.
CREATE TABLE memory_reads (
    workspace_id TEXT COLLATE "C" NOT NULL,
    memory_store_id TEXT COLLATE "C" NOT NULL,
    memory_id TEXT COLLATE "C" NOT NULL,
    session_id TEXT COLLATE "C" NOT NULL,
    read_count BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, memory_store_id, memory_id, session_id)
);
CREATE INDEX memory_reads_of_session ON memory_reads (workspace_id, session_id);
