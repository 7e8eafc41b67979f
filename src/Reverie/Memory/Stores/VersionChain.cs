namespace Reverie.Memory.Stores;

/// <summary>
/// The versions of one memory, <c>@memory</c> in <c>@store</c> of <c>@workspace</c>. Each names the one before it, so they are read from the newest
/// down. An index of them all would cost each update a page of its own: memories that change together lie apart in it.
/// </summary>
internal static class VersionChain
{
    private const string InStore = "v.workspace_id = @workspace AND v.memory_store_id = @store";

    /// <summary>Number of the newest version; null when the store never had the memory.</summary>
    public const string Newest = $"""
        coalesce(
            (SELECT v.seq FROM memories m JOIN memory_versions v ON {InStore} AND v.id = m.memory_version_id WHERE m.workspace_id = @workspace AND m.memory_store_id = @store AND m.id = @memory),
            (SELECT max(v.seq) FROM memory_versions v WHERE {InStore} AND v.memory_id = @memory AND v.operation <> 'modified'))
        """;

    /// <summary>A SELECT of when the memory was made first.</summary>
    public const string MadeAt = $"SELECT v.created_at FROM memory_versions v WHERE {InStore} AND v.memory_id = @memory AND v.operation <> 'modified' ORDER BY v.seq LIMIT 1";

    /// <summary>A SELECT of the newest <c>@limit</c> versions that match, newest first.</summary>
    /// <param name="columns">Of <c>v</c>.</param>
    /// <param name="match">Which versions <c>v</c> count.</param>
    /// <param name="from">Number of the newest that may come.</param>
    public static string Select(string columns, string match, string from = Newest) => $"""
        WITH RECURSIVE chain (seq, before_seq, found) AS (
            SELECT v.seq, v.before_seq, CASE WHEN {match} THEN 1 ELSE 0 END FROM memory_versions v WHERE {InStore} AND v.seq = {from}
            UNION ALL
            SELECT v.seq, v.before_seq, c.found + CASE WHEN {match} THEN 1 ELSE 0 END FROM chain c JOIN memory_versions v ON {InStore} AND v.seq = c.before_seq WHERE c.found < @limit)
        SELECT {columns} FROM chain c JOIN memory_versions v ON {InStore} AND v.seq = c.seq WHERE {match} ORDER BY v.seq DESC LIMIT @limit
        """;
}
