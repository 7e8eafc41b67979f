-- How far the search index has followed the history of a store. Texts whose key is no longer here are swept away.
CREATE TABLE memory_search_stores (
    store_key INTEGER PRIMARY KEY AUTOINCREMENT,
    workspace_id TEXT NOT NULL,
    memory_store_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    UNIQUE (workspace_id, memory_store_id)
) STRICT;

-- The memories as they are indexed: taking a text out of the index needs the text that was put in.
CREATE TABLE memory_search_texts (
    id INTEGER PRIMARY KEY,
    store_key INTEGER NOT NULL,
    memory_id TEXT NOT NULL,
    memory_version_id TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    path TEXT NOT NULL,
    content TEXT NOT NULL,
    UNIQUE (store_key, memory_id)
) STRICT;
CREATE INDEX memory_search_texts_by_path ON memory_search_texts (store_key, path);

-- Both are given words and codes that the program has cut and folded; the tokenizer only splits them at blanks.
CREATE VIRTUAL TABLE memory_search_words USING fts5(store, path, content, content='', tokenize="ascii tokenchars '#'");
CREATE VIRTUAL TABLE memory_search_trigrams USING fts5(codes, content='', columnsize=0, detail=none, tokenize="ascii tokenchars '#'");
