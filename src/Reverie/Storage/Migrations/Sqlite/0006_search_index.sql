-- The search index lies in a file of its own (SqliteIndexFile), so that keeping it takes no turn of the writer.
DROP TABLE memory_search_words;
DROP TABLE memory_search_trigrams;
DROP TABLE memory_search_texts;
DROP TABLE memory_search_stores;
