-- Claims since the dream last got on: of claims alone one cannot tell a dream that ends its process from one that is long.
ALTER TABLE dreams ADD COLUMN idle_claims BIGINT NOT NULL DEFAULT 0;

-- What has ended since somebody looked; a session at work is not in it, so its steps cost it nothing.
CREATE INDEX sessions_at_rest ON sessions (workspace_id, updated_at) WHERE status IN ('idle', 'terminated');

-- What was asked for, whether it was asked for once more, and whether the answer could be read at all: what forecasts learn from.
ALTER TABLE dream_answers ADD COLUMN step TEXT COLLATE "C";
ALTER TABLE dream_answers ADD COLUMN is_repair BIGINT NOT NULL DEFAULT 0;
ALTER TABLE dream_answers ADD COLUMN is_readable BIGINT NOT NULL DEFAULT 1;
