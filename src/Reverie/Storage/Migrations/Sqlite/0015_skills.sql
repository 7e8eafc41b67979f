CREATE TABLE skills (
    workspace_id TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    display_name TEXT NOT NULL,
    latest_version_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, name)
) STRICT;

CREATE INDEX skills_by_creation ON skills (workspace_id, created_at, id);

-- The files of a version are a blob, a zip archive.
CREATE TABLE skill_versions (
    workspace_id TEXT NOT NULL,
    skill_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    description TEXT NOT NULL,
    blob_id TEXT NOT NULL,
    archive_bytes INTEGER NOT NULL,
    size_bytes INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, skill_id, seq),
    UNIQUE (workspace_id, id)
) STRICT;

CREATE INDEX skill_versions_by_blob ON skill_versions (blob_id);

-- A session's own hold on what its agents had when it began: deleting a version takes nothing from it.
CREATE TABLE session_skills (
    workspace_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    version_id TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    directory TEXT NOT NULL,
    blob_id TEXT NOT NULL,
    archive_bytes INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, session_id, version_id)
) STRICT;

CREATE INDEX session_skills_by_blob ON session_skills (blob_id);
