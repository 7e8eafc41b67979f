CREATE TABLE api_keys (
    id TEXT NOT NULL PRIMARY KEY,
    workspace_id TEXT NOT NULL,
    name TEXT NOT NULL,
    secret_sha256 TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;

CREATE TABLE memory_stores (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    metadata TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    archived_at INTEGER,
    memory_count INTEGER NOT NULL DEFAULT 0 CHECK (memory_count >= 0),
    PRIMARY KEY (workspace_id, id)
) STRICT;
CREATE INDEX memory_stores_by_age ON memory_stores (workspace_id, created_at, id);

-- The text lies with the version; a memory only points at its newest one.
CREATE TABLE memories (
    workspace_id TEXT NOT NULL,
    memory_store_id TEXT NOT NULL,
    id TEXT NOT NULL,
    path TEXT NOT NULL,
    memory_version_id TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    content_size_bytes INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, memory_store_id, id),
    UNIQUE (workspace_id, memory_store_id, path)
) STRICT;

-- seq numbers the changes of a store, 1 and up, without gaps: the order of its history and of its change feed.
CREATE TABLE memory_versions (
    workspace_id TEXT NOT NULL,
    memory_store_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    memory_id TEXT NOT NULL,
    operation TEXT NOT NULL CHECK (operation IN ('created', 'modified', 'deleted')),
    path TEXT,
    content TEXT,
    content_sha256 TEXT,
    content_size_bytes INTEGER,
    created_at INTEGER NOT NULL,
    created_by_type TEXT,
    created_by_id TEXT,
    redacted_at INTEGER,
    redacted_by_type TEXT,
    redacted_by_id TEXT,
    PRIMARY KEY (workspace_id, memory_store_id, seq),
    UNIQUE (workspace_id, memory_store_id, id),
    CHECK (redacted_at IS NULL OR (path IS NULL AND content IS NULL AND content_sha256 IS NULL AND content_size_bytes IS NULL))
) STRICT;
CREATE INDEX memory_versions_of_memory ON memory_versions (workspace_id, memory_store_id, memory_id, seq);
