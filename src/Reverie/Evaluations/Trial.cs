using System.Text.Json.Serialization;

namespace Reverie.Evaluations;

/// <summary>One run of one task on one side, or one recorded session.</summary>
public sealed record Trial
{
    /// <summary>The task's name; trials of both sides with the same name are compared.</summary>
    public required string Task { get; init; }

    public required Arm Arm { get; init; }

    /// <summary>Counted from 1 within its task and side.</summary>
    public required int Number { get; init; }

    /// <summary>The session's id, or its key where it was recorded.</summary>
    public required string Session { get; init; }

    /// <summary>It did what was asked.</summary>
    public required bool Success { get; init; }

    /// <summary>Why the session stopped: a stop reason of the contract, <c>terminated</c> or <c>timed_out</c>; null where it was recorded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Ended { get; init; }

    /// <summary>How its outcome was judged; null where none was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Outcome { get; init; }

    /// <summary>What was checked; empty where nothing was.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    public Measures Measures { get; init; } = new();
}

/// <summary>Whether one check holds.</summary>
/// <param name="Check">What was asked, in words.</param>
/// <param name="Holds">The answer.</param>
/// <param name="Why">What stood there instead; null when it holds.</param>
public sealed record CheckResult(string Check, bool Holds, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Why);
