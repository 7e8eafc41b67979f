CREATE TABLE api_keys (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    workspace_id TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    secret_sha256 TEXT COLLATE "C" NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);

CREATE TABLE memory_stores (
    workspace_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    metadata TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    archived_at BIGINT,
    memory_count BIGINT NOT NULL DEFAULT 0 CHECK (memory_count >= 0),
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX memory_stores_by_age ON memory_stores (workspace_id, created_at, id);

-- The text lies with the version; a memory only points at its newest one.
CREATE TABLE memories (
    workspace_id TEXT COLLATE "C" NOT NULL,
    memory_store_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    path TEXT COLLATE "C" NOT NULL,
    memory_version_id TEXT COLLATE "C" NOT NULL,
    content_sha256 TEXT COLLATE "C" NOT NULL,
    content_size_bytes BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, memory_store_id, id),
    UNIQUE (workspace_id, memory_store_id, path)
);

-- seq numbers the changes of a store, 1 and up, without gaps: the order of its history and of its change feed.
CREATE TABLE memory_versions (
    workspace_id TEXT COLLATE "C" NOT NULL,
    memory_store_id TEXT COLLATE "C" NOT NULL,
    seq BIGINT NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    memory_id TEXT COLLATE "C" NOT NULL,
    operation TEXT COLLATE "C" NOT NULL CHECK (operation IN ('created', 'modified', 'deleted')),
    path TEXT COLLATE "C",
    content TEXT,
    content_sha256 TEXT COLLATE "C",
    content_size_bytes BIGINT,
    created_at BIGINT NOT NULL,
    created_by_type TEXT COLLATE "C",
    created_by_id TEXT COLLATE "C",
    redacted_at BIGINT,
    redacted_by_type TEXT COLLATE "C",
    redacted_by_id TEXT COLLATE "C",
    PRIMARY KEY (workspace_id, memory_store_id, seq),
    UNIQUE (workspace_id, memory_store_id, id),
    CHECK (redacted_at IS NULL OR (path IS NULL AND content IS NULL AND content_sha256 IS NULL AND content_size_bytes IS NULL))
);
CREATE INDEX memory_versions_of_memory ON memory_versions (workspace_id, memory_store_id, memory_id, seq);
