namespace Reverie.Server.Tests.Memory;

/// <summary>One thing a client asks of a store. Memories and versions are named by their number in order of creation.</summary>
public abstract record Step
{
    private Step() { }

    public sealed record Create(SomePath Path, string Content) : Step;

    public sealed record Update(int Memory, SomePath? Path, string? Content, Guard Guard) : Step;

    public sealed record Delete(int Memory, Guard Guard) : Step;

    public sealed record Redact(int Version) : Step;
}

/// <summary>A path that keeps the rules, or one that does not.</summary>
public sealed record SomePath(string Text, bool IsValid);

/// <summary>Which hash the client names.</summary>
public enum Guard
{
    None,
    Current,
    Stale,
}

/// <summary>How a step must end.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ErrorType">Null for success.</param>
/// <param name="InTheWay">Paths of which a path conflict names one.</param>
public sealed record Verdict(int Status, string? ErrorType, IReadOnlyList<string> InTheWay)
{
    public static Verdict Done { get; } = new(200, null, []);

    public static Verdict Invalid { get; } = new(400, "invalid_request_error", []);

    public static Verdict NotFound { get; } = new(404, "not_found_error", []);

    public static Verdict Stale { get; } = new(409, "memory_precondition_failed_error", []);

    public static Verdict Taken(IReadOnlyList<string> inTheWay) => new(409, "memory_path_conflict_error", inTheWay);
}

/// <summary>What the contract says of a store, in memory: the server must do the same.</summary>
public sealed class StoreModel
{
    /// <summary>Live memories by number; null once deleted.</summary>
    public List<Document?> Memories { get; } = [];

    public List<Edition> Versions { get; } = [];

    public Verdict Apply(Step step) => step switch
    {
        Step.Create create => Create(create),
        Step.Update update => Update(update),
        Step.Delete delete => Delete(delete),
        Step.Redact redact => Redact(redact.Version),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Verdict Create(Step.Create step)
    {
        if (!step.Path.IsValid) return Verdict.Invalid;
        if (InTheWay(step.Path.Text, except: null) is { Count: > 0 } taken) return Verdict.Taken(taken);
        Memories.Add(null);
        Append(Memories.Count - 1, "created", step.Path.Text, step.Content);
        return Verdict.Done;
    }

    private Verdict Update(Step.Update step)
    {
        if (step.Path?.IsValid == false) return Verdict.Invalid;
        if (Memories[step.Memory] is not { } before) return Verdict.NotFound;
        var (path, content) = (step.Path?.Text ?? before.Path, step.Content ?? before.Content);
        if ((path, content) == (before.Path, before.Content)) return Verdict.Done;
        if (step.Guard == Guard.Stale) return Verdict.Stale;
        if (path != before.Path && InTheWay(path, before) is { Count: > 0 } taken) return Verdict.Taken(taken);
        Append(step.Memory, "modified", path, content);
        return Verdict.Done;
    }

    private Verdict Delete(Step.Delete step)
    {
        if (Memories[step.Memory] is not { } before) return Verdict.NotFound;
        if (step.Guard == Guard.Stale) return Verdict.Stale;
        Versions.Add(new Edition(step.Memory, "deleted", before.Path, null, false));
        Memories[step.Memory] = null;
        return Verdict.Done;
    }

    private Verdict Redact(int version)
    {
        if (Memories.Exists(m => m?.Head == version)) return Verdict.Invalid;
        Versions[version] = Versions[version] with { Path = null, Content = null, IsRedacted = true };
        return Verdict.Done;
    }

    private void Append(int memory, string operation, string path, string content)
    {
        Memories[memory] = new Document(path, content, Versions.Count);
        Versions.Add(new Edition(memory, operation, path, content, false));
    }

    private List<string> InTheWay(string path, Document? except) =>
        [.. Memories.Where(m => m is not null && m != except && (m.Path == path || m.Path.StartsWith(path + "/", StringComparison.Ordinal) || path.StartsWith(m.Path + "/", StringComparison.Ordinal))).Select(m => m!.Path)];

    public sealed record Document(string Path, string Content, int Head);

    public sealed record Edition(int Memory, string Operation, string? Path, string? Content, bool IsRedacted);
}
