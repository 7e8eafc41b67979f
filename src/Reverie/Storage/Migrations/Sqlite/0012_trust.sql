-- Who decides on the changes of a store and which of them wait for a person. The body is what the wire shows; the days stand
-- beside it for the sweep. A store without a row has the policy that applies everything.
CREATE TABLE review_policies (
    workspace_id TEXT NOT NULL,
    memory_store_id TEXT NOT NULL,
    body TEXT NOT NULL,
    expires_after_days INTEGER,
    PRIMARY KEY (workspace_id, memory_store_id),
    FOREIGN KEY (workspace_id, memory_store_id) REFERENCES memory_stores (workspace_id, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX dreams_by_output ON dreams (workspace_id, output_store_id, ended_at, id);
CREATE INDEX dream_changes_open ON dream_changes (workspace_id, dream_id, seq) WHERE status IN ('proposed', 'quarantined');

-- One chain for each workspace: a record's hash covers the record and the hash before it.
CREATE TABLE audit_records (
    workspace_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    actor_type TEXT,
    actor_id TEXT,
    action TEXT NOT NULL,
    subject_type TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    details TEXT NOT NULL,
    PRIMARY KEY (workspace_id, seq)
) STRICT;
CREATE INDEX audit_records_by_subject ON audit_records (workspace_id, subject_id, seq);
CREATE INDEX audit_records_by_actor ON audit_records (workspace_id, actor_id, seq);

-- The newest record of each chain: held by whoever appends.
CREATE TABLE audit_heads (
    workspace_id TEXT NOT NULL PRIMARY KEY,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;
