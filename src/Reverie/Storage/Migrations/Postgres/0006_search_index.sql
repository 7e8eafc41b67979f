-- The version at seq: a store that was taken out and put back with another history is indexed anew.
DELETE FROM memory_search_texts;
DELETE FROM memory_search_stores;
ALTER TABLE memory_search_stores ADD COLUMN memory_version_id TEXT COLLATE "C";
