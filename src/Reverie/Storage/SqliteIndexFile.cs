using Microsoft.Data.Sqlite;

namespace Reverie.Storage;

/// <summary>
/// The search index of the embedded database: a file of its own beside it, with a writer of its own. It holds nothing that
/// cannot be read from the database again, so it is neither backed up nor migrated: another <see cref="Version"/> is made anew.
/// </summary>
internal static class SqliteIndexFile
{
    /// <summary>What the tables hold and how texts are cut. A change of either counts it up.</summary>
    private const long Version = 1;

    private const string Schema = """
        DROP TABLE IF EXISTS memory_search_words;
        DROP TABLE IF EXISTS memory_search_trigrams;
        DROP TABLE IF EXISTS memory_search_texts;
        DROP TABLE IF EXISTS memory_search_places;
        DROP TABLE IF EXISTS memory_search_stores;

        -- How far the index has followed the history of a store: number and id of a version. Texts whose key is no longer here are swept away.
        CREATE TABLE memory_search_stores (
            store_key INTEGER PRIMARY KEY AUTOINCREMENT,
            workspace_id TEXT NOT NULL,
            memory_store_id TEXT NOT NULL,
            seq INTEGER NOT NULL,
            memory_version_id TEXT,
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

        -- Where each text lies, apart from it: a search for what stands everywhere looks at the place of every text and reads the few it shows.
        CREATE TABLE memory_search_places (
            id INTEGER PRIMARY KEY,
            store_key INTEGER NOT NULL,
            path TEXT NOT NULL
        ) STRICT;

        -- Both are given words and codes that the program has cut and folded; the tokenizer only splits them at blanks.
        CREATE VIRTUAL TABLE memory_search_words USING fts5(store, path, content, content='', tokenize="ascii tokenchars '#'");
        CREATE VIRTUAL TABLE memory_search_trigrams USING fts5(codes, content='', columnsize=0, detail=none, tokenize="ascii tokenchars '#'");
        """;

    /// <summary>Where the index of a database lies.</summary>
    public static string Beside(string database) => Path.ChangeExtension(database, ".search.db");

    /// <summary>Makes the tables when they are not there or of another version. Safe when several do at once.</summary>
    public static void Prepare(SqliteConnection index)
    {
        Execute(index, "BEGIN IMMEDIATE");
        if (Execute(index, "PRAGMA user_version") is not Version) Execute(index, $"{Schema} PRAGMA user_version = {Version};");
        Execute(index, "COMMIT");
    }

    private static object? Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
