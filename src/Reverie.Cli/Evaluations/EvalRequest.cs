using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Reverie.Cli.Evaluations;

/// <summary>What is to be run.</summary>
internal sealed record EvalRequest
{
    public required IReadOnlyList<EvalTask> Tasks { get; init; }

    /// <summary>What the agent file holds.</summary>
    public required JsonObject Agent { get; init; }

    public required string AgentPath { get; init; }

    public required MemorySpec Before { get; init; }

    public required MemorySpec After { get; init; }

    /// <summary>Trials of each task on each side.</summary>
    public required int Rounds { get; init; }

    public required int Seed { get; init; }

    /// <summary>Sessions at a time.</summary>
    public required int Parallel { get; init; }

    public required TimeSpan TimeLimit { get; init; }

    /// <summary>Null for the environment of <c>reverie run</c>.</summary>
    public required string? Environment { get; init; }

    public required string Data { get; init; }

    /// <summary>Null for no report file.</summary>
    public required string? ReportPath { get; init; }

    public required bool IsResumed { get; init; }

    public required bool IsJson { get; init; }

    /// <summary>The memory whose name both sides use.</summary>
    public MemorySpec Naming => Before is MemorySpec.None ? After : Before;

    /// <summary>One hash over all that a trial's result depends on. More trials are the same evaluation.</summary>
    public string InputsSha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in Parts()) hash.AppendData(Encoding.UTF8.GetBytes(part + "\0"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Every file of every task once.</summary>
    public IReadOnlyList<string> Files() => [.. Tasks.SelectMany(static t => t.Files).Distinct(StringComparer.Ordinal)];

    private IEnumerable<string> Parts()
    {
        yield return Agent.ToJsonString();
        yield return Before.Fingerprint;
        yield return After.Fingerprint;
        yield return $"{Seed} {TimeLimit} {Environment}";
        foreach (var task in Tasks) yield return $"{task.Name}\0{task.Text}\0{task.Outcome}\0{string.Join('\0', task.Checks.Select(static c => c.Words))}";
        foreach (var file in Files()) yield return Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
    }
}
