using Reverie.Mcp;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;

namespace Reverie.Sessions.Turns;

/// <summary>What the threads of one session run with. One process uses it at a time.</summary>
/// <param name="services">Where setups come from.</param>
/// <param name="session">What the session was started with.</param>
/// <param name="rows">Its threads besides the primary one, in the order they were made.</param>
public sealed class SessionThreads(TurnServices services, SessionSetup session, IEnumerable<ThreadRow> rows)
{
    private readonly List<ThreadRow> _rows = [.. rows];
    private readonly Dictionary<string, ThreadSetup> _setups = [];
    private readonly Dictionary<string, McpTools> _mcp = [];

    /// <summary>The threads besides the primary one, in the order they were made.</summary>
    public IReadOnlyList<ThreadRow> Rows => _rows;

    /// <summary>What a thread runs with.</summary>
    public ThreadSetup SetupOf(ThreadState thread)
    {
        var id = IdOf(thread);
        if (_setups.TryGetValue(id, out var known)) return known;
        var mcp = _mcp.GetValueOrDefault(id, McpTools.None);
        return _setups[id] = thread.Id is null ? services.SetUp(session, mcp) : services.SetUp(session, RowOf(thread), mcp);
    }

    /// <summary>Its agent has MCP servers that were not asked yet which tools they have.</summary>
    public bool AreToolsUnknown(ThreadState thread) => !_mcp.ContainsKey(IdOf(thread)) && SetupOf(thread).Agent.McpServers.Count > 0;

    /// <summary>Gives a thread the tools of its MCP servers.</summary>
    public void Learn(string threadId, McpTools tools)
    {
        _mcp[threadId] = tools;
        _setups.Remove(threadId);
    }

    /// <summary>Has servers that failed asked again.</summary>
    public void RetryTools(ThreadState thread)
    {
        if (_mcp.TryGetValue(IdOf(thread), out var known) && known.Failures.Count > 0) _mcp.Remove(IdOf(thread));
    }

    /// <summary>How events name a thread.</summary>
    public ThreadName NameOf(ThreadState thread) => thread.Id is null ? new ThreadName(session.PrimaryThreadId.Value, session.Agent.Name) : new ThreadName(thread.Id, RowOf(thread).Agent.Name);

    public ThreadRow RowOf(ThreadState thread) => _rows.Find(r => r.Id.Value == thread.Id)!;

    /// <summary>Adds a thread that begins now; at least a microsecond behind the one before, so that lists keep their order.</summary>
    public void Add(Id<SessionThread> id, SessionSubagent agent, DateTimeOffset at)
    {
        if (_rows.Count > 0 && _rows[^1].CreatedAt >= at) at = _rows[^1].CreatedAt.AddMicroseconds(1);
        _rows.Add(new ThreadRow { Id = id, Agent = agent, Progress = ThreadProgress.None, CreatedAt = at, UpdatedAt = at });
    }

    /// <summary>Forgets threads whose beginning was not written.</summary>
    public void Forget(SessionState state) => _rows.RemoveAll(r => state.Find(r.Id.Value) is null);

    /// <summary>The row of a thread as its state says; a thread that is over stays as it was when it ended.</summary>
    public ThreadRow Refresh(ThreadState thread, DateTimeOffset at)
    {
        var index = _rows.FindIndex(r => r.Id.Value == thread.Id);
        return _rows[index] = _rows[index] with
        {
            Progress = ThreadProgress.Of(thread),
            UpdatedAt = at,
            ArchivedAt = thread.IsTerminated ? _rows[index].ArchivedAt ?? at : null,
        };
    }

    private string IdOf(ThreadState thread) => thread.Id ?? session.PrimaryThreadId.Value;
}
