-- How far the search index has followed the history of a store. Texts whose key is no longer here are swept away.
CREATE TABLE memory_search_stores (
    store_key BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id TEXT COLLATE "C" NOT NULL,
    memory_store_id TEXT COLLATE "C" NOT NULL,
    seq BIGINT NOT NULL,
    UNIQUE (workspace_id, memory_store_id)
);

-- The memories as they are indexed. Words and codes are cut and folded by the program, so no language setting matters.
CREATE TABLE memory_search_texts (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    store_key BIGINT NOT NULL,
    memory_id TEXT COLLATE "C" NOT NULL,
    memory_version_id TEXT COLLATE "C" NOT NULL,
    content_sha256 TEXT COLLATE "C" NOT NULL,
    path TEXT COLLATE "C" NOT NULL,
    content TEXT NOT NULL,
    words TSVECTOR NOT NULL,
    trigrams TSVECTOR NOT NULL,
    UNIQUE (store_key, memory_id)
);
CREATE INDEX memory_search_texts_by_path ON memory_search_texts (store_key, path);
CREATE INDEX memory_search_words ON memory_search_texts USING GIN (words);
CREATE INDEX memory_search_trigrams ON memory_search_texts USING GIN (trigrams);
