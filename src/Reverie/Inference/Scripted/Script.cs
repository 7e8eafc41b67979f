using System.Collections.Concurrent;

namespace Reverie.Inference.Scripted;

/// <summary>What a scripted agent answers, in the order in which it is asked.</summary>
internal sealed record Script(IReadOnlyList<ScriptAnswer> Answers, bool Repeats)
{
    private const int CachedMax = 256;

    private static readonly ConcurrentDictionary<string, Script> Cache = new(StringComparer.Ordinal);
    private static readonly ScriptCase Ended = new() { Say = "The script has no further answer." };

    /// <summary>What is wrong with a system prompt as a script; null when it is one.</summary>
    public static string? Problem(string? system)
    {
        try
        {
            Of(system);
            return null;
        }
        catch (ScriptException error)
        {
            return error.Message;
        }
    }

    /// <summary>The script a system prompt holds; remembered.</summary>
    /// <exception cref="ScriptException">It holds none.</exception>
    public static Script Of(string? system)
    {
        if (Cache.TryGetValue(system ?? "", out var known)) return known;
        var script = ScriptReader.Read(system ?? "");
        if (Cache.Count >= CachedMax) Cache.Clear();
        return Cache[system ?? ""] = script;
    }

    /// <summary>The answer to a request: as many went before as the conversation has messages of the model.</summary>
    public ScriptCase CaseFor(ModelRequest request)
    {
        var at = request.Messages.Count(static m => m.Role == ModelRole.Assistant);
        if (Repeats) at %= Answers.Count;
        return at < Answers.Count ? Answers[at].CaseFor(request) : Ended;
    }
}

/// <summary>One answer: the first of its cases that holds.</summary>
internal sealed record ScriptAnswer(IReadOnlyList<ScriptCase> Cases)
{
    public ScriptCase CaseFor(ModelRequest request) => Cases.First(c => c.Holds(request));
}

/// <summary>What to answer, if its conditions hold.</summary>
internal sealed record ScriptCase
{
    public string? IfUserSays { get; init; }

    public string? IfResultSays { get; init; }

    public string? Think { get; init; }

    public string? Say { get; init; }

    public IReadOnlyList<ScriptCall> Calls { get; init; } = [];

    /// <summary>Before anything is said.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>Between two pieces of what is said.</summary>
    public TimeSpan Pause { get; init; }

    public ScriptFailure? Fail { get; init; }

    public ModelRefusal? Refusal { get; init; }

    /// <summary>Null for what follows from the rest.</summary>
    public ModelStopReason? Stop { get; init; }

    public ModelUsage Usage { get; init; } = ModelUsage.None;

    public bool HasCondition => IfUserSays is not null || IfResultSays is not null;

    public bool Holds(ModelRequest request) =>
        (IfUserSays is null || Words.LastUserText(request).Contains(IfUserSays, StringComparison.OrdinalIgnoreCase))
        && (IfResultSays is null || Words.LastResultText(request).Contains(IfResultSays, StringComparison.OrdinalIgnoreCase));

    /// <summary>What is said, with the conversation's words in its places.</summary>
    public string? Said(ModelRequest request) => Say?
        .Replace("{{user}}", Words.LastUserText(request), StringComparison.Ordinal)
        .Replace("{{result}}", Words.LastResultText(request), StringComparison.Ordinal);

    private static class Words
    {
        public static string LastUserText(ModelRequest request) => Text(request.Messages.LastOrDefault(static m => m.Role == ModelRole.User && m.Blocks.Any(static b => b is TextBlock))?.Blocks ?? []);

        public static string LastResultText(ModelRequest request) =>
            Text([.. request.Messages.LastOrDefault(static m => m.Blocks.Any(static b => b is ToolResultBlock))?.Blocks.OfType<ToolResultBlock>().SelectMany(static r => r.Content) ?? []]);

        private static string Text(IReadOnlyList<ModelBlock> blocks) => string.Join('\n', blocks.OfType<TextBlock>().Select(static b => b.Text));
    }
}

/// <summary>A call to make.</summary>
/// <param name="Tool">Its name.</param>
/// <param name="Input">The JSON text of an object.</param>
internal sealed record ScriptCall(string Tool, string Input);

/// <summary>A failure in the place of the answer.</summary>
/// <param name="With">What goes wrong.</param>
/// <param name="Times">For how many attempts.</param>
/// <param name="RetryAfter">What the provider would ask for; null for nothing.</param>
internal sealed record ScriptFailure(ModelFailure With, int Times, TimeSpan? RetryAfter);

/// <summary>A text is no script. The message is a predicate for the field that holds it, and names the line.</summary>
internal sealed class ScriptException(long line, string problem) : Exception($"must hold a script for {ModelWords.ScriptedModel} (docs/reference/scripted-model.md); line {line}: {problem}");
