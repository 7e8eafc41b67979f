-- The lines of a memory that a change of a dream wrote or bore out; a line by a hash, so that no text lies here twice.
CREATE TABLE memory_passages (
    workspace_id TEXT NOT NULL,
    memory_store_id TEXT NOT NULL,
    memory_id TEXT NOT NULL,
    line_hash TEXT NOT NULL,
    dream_id TEXT NOT NULL,
    change_id TEXT NOT NULL,
    relation TEXT NOT NULL CHECK (relation IN ('wrote', 'replaced', 'merged', 'rewritten')),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, memory_store_id, memory_id, line_hash, dream_id, change_id)
) STRICT;
CREATE INDEX memory_passages_of_dream ON memory_passages (workspace_id, dream_id, change_id);

-- Every session that bears out a change, quoted in it or not.
CREATE TABLE dream_change_sources (
    workspace_id TEXT NOT NULL,
    dream_id TEXT NOT NULL,
    change_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    principal TEXT NOT NULL,
    PRIMARY KEY (workspace_id, dream_id, change_id, session_id)
) STRICT;
CREATE INDEX dream_change_sources_of_session ON dream_change_sources (workspace_id, session_id);

-- What the deletion of a session took with it; without the texts.
CREATE TABLE session_withdrawals (
    workspace_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('withdrawn', 'reworded', 'unquoted', 'versions_redacted')),
    dream_id TEXT,
    change_id TEXT,
    sessions_left INTEGER,
    principals_left INTEGER,
    memory_store_id TEXT,
    memory_id TEXT,
    memory_version_id TEXT,
    version_count INTEGER,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, session_id, seq)
) STRICT;

-- The memories whose text a session was shown by its tools.
CREATE TABLE memory_reads (
    workspace_id TEXT NOT NULL,
    memory_store_id TEXT NOT NULL,
    memory_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    read_count INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, memory_store_id, memory_id, session_id)
) STRICT;
CREATE INDEX memory_reads_of_session ON memory_reads (workspace_id, session_id);
