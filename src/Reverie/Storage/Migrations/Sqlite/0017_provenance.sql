-- Changes of dreams that the lines of imported stores rest on and that were not made here, as the archive tells them.
CREATE TABLE imported_changes (
    workspace_id TEXT NOT NULL,
    memory_store_id TEXT NOT NULL,
    dream_id TEXT NOT NULL,
    change_id TEXT NOT NULL,
    body TEXT NOT NULL,
    reviews TEXT NOT NULL,
    PRIMARY KEY (workspace_id, memory_store_id, dream_id, change_id)
) STRICT;

-- The sessions that bear them out, as source/external_id: they may never have been here.
CREATE TABLE imported_change_sources (
    workspace_id TEXT NOT NULL,
    memory_store_id TEXT NOT NULL,
    dream_id TEXT NOT NULL,
    change_id TEXT NOT NULL,
    session TEXT NOT NULL,
    principal TEXT NOT NULL,
    PRIMARY KEY (workspace_id, memory_store_id, dream_id, change_id, session)
) STRICT;
CREATE INDEX imported_change_sources_of_session ON imported_change_sources (workspace_id, session);

-- The share of sessions that one attacker may control, in millionths.
ALTER TABLE dreams ADD COLUMN attacker_share_ppm INTEGER NOT NULL DEFAULT 0;
