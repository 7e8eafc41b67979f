-- An update touches as few pages as it can: the versions of a memory are a chain from the newest down (before_seq), and ids, which sort by
-- time, come first in their index, so that new ones stand together.
CREATE TABLE memory_versions_chained (
    workspace_id TEXT NOT NULL,
    memory_store_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    before_seq INTEGER,
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
    UNIQUE (id, memory_store_id, workspace_id),
    CHECK (before_seq < seq),
    CHECK (redacted_at IS NULL OR (path IS NULL AND content IS NULL AND content_sha256 IS NULL AND content_size_bytes IS NULL))
) STRICT;

INSERT INTO memory_versions_chained
SELECT workspace_id, memory_store_id, seq,
    (SELECT max(b.seq) FROM memory_versions b WHERE b.workspace_id = v.workspace_id AND b.memory_store_id = v.memory_store_id AND b.memory_id = v.memory_id AND b.seq < v.seq),
    id, memory_id, operation, path, content, content_sha256, content_size_bytes, created_at, created_by_type, created_by_id, redacted_at, redacted_by_type, redacted_by_id
FROM memory_versions v ORDER BY rowid;

DROP TABLE memory_versions;
ALTER TABLE memory_versions_chained RENAME TO memory_versions;

-- Where the chain of a deleted memory ends, and where each began.
CREATE INDEX memory_versions_ends ON memory_versions (memory_id, seq) WHERE operation <> 'modified';
