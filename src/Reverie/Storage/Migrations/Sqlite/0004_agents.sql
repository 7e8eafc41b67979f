-- version is the newest one. body is the agent at a version as it goes over the wire.
CREATE TABLE agents (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    archived_at INTEGER,
    PRIMARY KEY (workspace_id, id)
) STRICT;
CREATE INDEX agents_by_age ON agents (workspace_id, created_at, id);

CREATE TABLE agent_versions (
    workspace_id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    body TEXT NOT NULL,
    PRIMARY KEY (workspace_id, agent_id, version)
) STRICT;

CREATE TABLE environments (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    config TEXT NOT NULL,
    metadata TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    archived_at INTEGER,
    PRIMARY KEY (workspace_id, id)
) STRICT;
CREATE INDEX environments_by_age ON environments (workspace_id, created_at, id);

-- Bytes that several files may share, in chunks. size_bytes is null until all of them are there, and again, with created_at 0,
-- once no file names them: then they are collected.
CREATE TABLE file_blobs (
    id TEXT NOT NULL PRIMARY KEY,
    size_bytes INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX file_blobs_open ON file_blobs (created_at) WHERE size_bytes IS NULL;

CREATE TABLE file_chunks (
    blob_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (blob_id, seq)
) STRICT;

-- blob_id is null once the bytes have expired.
CREATE TABLE files (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    blob_id TEXT,
    filename TEXT NOT NULL,
    mime_type TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    downloadable INTEGER NOT NULL CHECK (downloadable IN (0, 1)),
    session_id TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    PRIMARY KEY (workspace_id, id)
) STRICT;
CREATE INDEX files_by_age ON files (workspace_id, created_at, id);
CREATE INDEX files_of_session ON files (workspace_id, session_id, created_at, id) WHERE session_id IS NOT NULL;
CREATE INDEX files_of_blob ON files (blob_id) WHERE blob_id IS NOT NULL;
CREATE INDEX files_expiring ON files (expires_at) WHERE expires_at IS NOT NULL;
