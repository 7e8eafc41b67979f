using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Reverie.Storage;

namespace Reverie.Bench.Server;

/// <summary>The least that sets a text if its hash is the expected one and keeps it as a version, durably, many at a time.</summary>
internal sealed class FloorDatabase : IDisposable
{
    private const int BatchMax = 256;

    private readonly Channel<FloorWrite> _queue = Channel.CreateUnbounded<FloorWrite>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin, _set, _keep, _commit;
    private readonly Thread _writer;

    public FloorDatabase(string file)
    {
        SqliteLibrary.Require();
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        using var schema = Command("""
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;
            CREATE TABLE memories (id TEXT NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL, version INTEGER NOT NULL);
            CREATE TABLE versions (version INTEGER PRIMARY KEY, memory_id TEXT NOT NULL, content TEXT NOT NULL, sha256 TEXT NOT NULL);
            """);
        schema.ExecuteNonQuery();
        using var fill = Command("INSERT INTO memories VALUES (@id, '', 0)", "@id");
        using (var transaction = _connection.BeginTransaction())
        {
            fill.Transaction = transaction;
            for (var i = 0; i < Workload.MemoriesMax; i++)
            {
                fill.Parameters[0].Value = Workload.FloorId(i);
                fill.ExecuteNonQuery();
            }
            transaction.Commit();
        }
        _begin = Command("BEGIN IMMEDIATE");
        _set = Command("UPDATE memories SET sha256 = @sha256, version = version + 1 WHERE id = @id AND sha256 = coalesce(@expected, sha256)", "@sha256", "@id", "@expected");
        _keep = Command("INSERT INTO versions (memory_id, content, sha256) VALUES (@id, @content, @sha256)", "@id", "@content", "@sha256");
        _commit = Command("COMMIT");
        _writer = new Thread(WriteUntilClosed) { IsBackground = true };
        _writer.Start();
    }

    /// <summary>False when the hash is not the expected one.</summary>
    public Task<bool> WriteAsync(FloorWrite write)
    {
        _queue.Writer.TryWrite(write);
        return write.Done.Task;
    }

    public void Dispose()
    {
        _queue.Writer.Complete();
        _writer.Join();
        _connection.Dispose();
    }

    private void WriteUntilClosed()
    {
        var batch = new List<FloorWrite>(BatchMax);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (batch.Count < BatchMax && _queue.Reader.TryRead(out var write)) batch.Add(write);
            _begin.ExecuteNonQuery();
            foreach (var write in batch) Apply(write);
            _commit.ExecuteNonQuery();
            foreach (var write in batch) write.Done.SetResult(write.IsSet);
            batch.Clear();
        }
    }

    private void Apply(FloorWrite write)
    {
        _set.Parameters[0].Value = write.Sha256;
        _set.Parameters[1].Value = write.Id;
        _set.Parameters[2].Value = (object?)write.Expected ?? DBNull.Value;
        write.IsSet = _set.ExecuteNonQuery() == 1;
        if (!write.IsSet) return;
        _keep.Parameters[0].Value = write.Id;
        _keep.Parameters[1].Value = write.Content;
        _keep.Parameters[2].Value = write.Sha256;
        _keep.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params string[] names)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var name in names) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }
}

/// <summary>One write on its way.</summary>
internal sealed class FloorWrite(string id, string content, string? expected)
{
    public string Id => id;

    public string Content => content;

    public string? Expected => expected;

    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    public bool IsSet { get; set; }

    public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
