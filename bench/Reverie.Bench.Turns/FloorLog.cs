using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Reverie.Storage;

namespace Reverie.Bench.Turns;

/// <summary>The least that appends events to logs durably, many at a time.</summary>
internal sealed class FloorLog : IDisposable
{
    private const int BatchMax = 256;

    private readonly Channel<FloorAppend> _queue = Channel.CreateUnbounded<FloorAppend>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin, _insert, _commit;
    private readonly Thread _writer;

    public FloorLog(string file)
    {
        SqliteLibrary.Require();
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        using var schema = Command("""
            PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;
            CREATE TABLE events (session TEXT NOT NULL, seq INTEGER NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (session, seq));
            """);
        schema.ExecuteNonQuery();
        _begin = Command("BEGIN IMMEDIATE");
        _insert = Command("INSERT INTO events VALUES (@session, @seq, @type, @body)", "@session", "@seq", "@type", "@body");
        _commit = Command("COMMIT");
        _writer = new Thread(WriteUntilClosed) { IsBackground = true };
        _writer.Start();
    }

    public Task AppendAsync(FloorSession session, IReadOnlyList<FloorEvent> events)
    {
        var append = new FloorAppend(session, events);
        _queue.Writer.TryWrite(append);
        return append.Done.Task;
    }

    public void Dispose()
    {
        _queue.Writer.Complete();
        _writer.Join();
        _connection.Dispose();
    }

    private void WriteUntilClosed()
    {
        var batch = new List<FloorAppend>(BatchMax);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (batch.Count < BatchMax && _queue.Reader.TryRead(out var append)) batch.Add(append);
            _begin.ExecuteNonQuery();
            foreach (var append in batch) Write(append);
            _commit.ExecuteNonQuery();
            foreach (var append in batch)
            {
                append.Session.Tell(append.Events);
                append.Done.SetResult();
            }
            batch.Clear();
        }
    }

    private void Write(FloorAppend append)
    {
        foreach (var entry in append.Events)
        {
            _insert.Parameters[0].Value = append.Session.Id;
            _insert.Parameters[1].Value = append.Session.NextSeq++;
            _insert.Parameters[2].Value = entry.Type;
            _insert.Parameters[3].Value = entry.Json;
            _insert.ExecuteNonQuery();
        }
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

    private sealed record FloorAppend(FloorSession Session, IReadOnlyList<FloorEvent> Events)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
