using Reverie.Memory.Credit;
using Reverie.Sessions.Archive;

namespace Reverie.Sessions.Turns;

/// <summary>
/// What a step is about to write. Each event is applied to the session's state at once, so that the next decision sees it.
/// Facts come before decisions: when others wrote first, facts are kept and decisions are made anew.
/// </summary>
/// <param name="session">As the log tells it; events are applied to it.</param>
/// <param name="log">Renders events.</param>
/// <param name="clock">Gives them their time.</param>
internal sealed class TurnDraft(SessionState session, SessionLog log, TimeProvider clock)
{
    private readonly List<LoggedEvent> _events = [];
    private readonly List<ThreadState> _changed = [];
    private readonly List<ShownMemories> _shown = [];
    private int _facts;

    /// <summary>In their order.</summary>
    public IReadOnlyList<LoggedEvent> Events => _events;

    /// <summary>Those of <see cref="Events"/> that happened, whatever is decided.</summary>
    public IReadOnlyList<LoggedEvent> Facts => [.. _events.Take(_facts)];

    /// <summary>There is more to write than facts.</summary>
    public bool HasDecisions => _events.Count > _facts;

    /// <summary>The threads besides the primary one that are told about.</summary>
    public IReadOnlyList<ThreadState> Changed => _changed;

    /// <summary>The memories that the noted answers show.</summary>
    public IReadOnlyList<ShownMemories> Shown => _shown;

    /// <summary>Memories that an answer shows, to be written with it.</summary>
    public void Note(IEnumerable<ShownMemories> shown) => _shown.AddRange(shown);

    /// <summary>Something that happened on a thread: it is written whatever came meanwhile.</summary>
    public void Note(ThreadState thread, NewEvent entry)
    {
        if (_facts != _events.Count) throw new InvalidOperationException("a fact follows a decision that was not written");
        Decide(thread, entry);
        _facts = _events.Count;
    }

    /// <summary>Something decided on what the log says now: written only while it still says so.</summary>
    public void Decide(ThreadState thread, NewEvent entry)
    {
        var now = Storage.DbTime.UtcNow(clock);
        var own = log.Render(entry with { ThreadId = entry.ThreadId ?? thread.Id }, now);
        Add(own);
        if (thread.Id is not { } id) return;
        if (!_changed.Contains(thread)) _changed.Add(thread);
        if (ThreadView.IsCopied(entry.Type)) Add(own with { ThreadId = null, IsCopy = true });
    }

    /// <summary>Like <see cref="Decide(ThreadState, NewEvent)"/>, and told on the session's list too: a client must see it to answer it.</summary>
    public void NoteOpenly(ThreadState thread, NewEvent entry)
    {
        Note(thread, entry);
        if (thread.Id is not { } id) return;
        Add(log.Render(TurnEvents.Copy(entry, id), Storage.DbTime.UtcNow(clock)));
        _facts = _events.Count;
    }

    /// <summary>Something about the session as a whole.</summary>
    public void Decide(NewEvent entry) => Add(log.Render(entry, Storage.DbTime.UtcNow(clock)));

    /// <summary>Takes up an event that waited.</summary>
    public void Decide(WaitingInput input) => Add(SessionLog.TakeUp(input.Entry, Storage.DbTime.UtcNow(clock)));

    public void Clear()
    {
        _events.Clear();
        _changed.Clear();
        _shown.Clear();
        _facts = 0;
    }

    private void Add(LoggedEvent rendered)
    {
        var entry = rendered with { Seq = session.NextSeq };
        _events.Add(entry);
        session.Apply(entry);
    }
}
