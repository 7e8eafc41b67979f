CREATE TABLE skills (
    workspace_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    display_name TEXT NOT NULL,
    latest_version_id TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, name)
);

CREATE INDEX skills_by_creation ON skills (workspace_id, created_at, id);

-- The files of a version are a blob, a zip archive.
CREATE TABLE skill_versions (
    workspace_id TEXT COLLATE "C" NOT NULL,
    skill_id TEXT COLLATE "C" NOT NULL,
    seq BIGINT NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    description TEXT NOT NULL,
    blob_id TEXT COLLATE "C" NOT NULL,
    archive_bytes BIGINT NOT NULL,
    size_bytes BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, skill_id, seq),
    UNIQUE (workspace_id, id)
);

CREATE INDEX skill_versions_by_blob ON skill_versions (blob_id);

-- A session's own hold on what its agents had when it began: deleting a version takes nothing from it.
CREATE TABLE session_skills (
    workspace_id TEXT COLLATE "C" NOT NULL,
    session_id TEXT COLLATE "C" NOT NULL,
    version_id TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    description TEXT NOT NULL,
    directory TEXT COLLATE "C" NOT NULL,
    blob_id TEXT COLLATE "C" NOT NULL,
    archive_bytes BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, session_id, version_id)
);

CREATE INDEX session_skills_by_blob ON session_skills (blob_id);
