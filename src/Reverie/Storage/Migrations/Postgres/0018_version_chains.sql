-- An update touches as few pages as it can: the versions of a memory are a chain from the newest down (before_seq), and ids, which sort by
-- time, come first in their index, so that new ones stand together.
ALTER TABLE memory_versions ADD COLUMN before_seq BIGINT;

UPDATE memory_versions v SET before_seq = b.seq
FROM (SELECT workspace_id, memory_store_id, seq AS after_seq, lag(seq) OVER (PARTITION BY workspace_id, memory_store_id, memory_id ORDER BY seq) AS seq FROM memory_versions) b
WHERE b.workspace_id = v.workspace_id AND b.memory_store_id = v.memory_store_id AND b.after_seq = v.seq AND b.seq IS NOT NULL;

ALTER TABLE memory_versions ADD CHECK (before_seq < seq);
ALTER TABLE memory_versions DROP CONSTRAINT memory_versions_workspace_id_memory_store_id_id_key;
ALTER TABLE memory_versions ADD UNIQUE (id, memory_store_id, workspace_id);
DROP INDEX memory_versions_of_memory;

-- Where the chain of a deleted memory ends, and where each began.
CREATE INDEX memory_versions_ends ON memory_versions (memory_id, seq) WHERE operation <> 'modified';
