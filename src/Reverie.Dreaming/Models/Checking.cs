using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reverie.Dreaming.Models;

/// <summary>A claim to be checked.</summary>
/// <param name="Key">Its name in the request.</param>
/// <param name="Text">What is claimed.</param>
/// <param name="Basis">What was counted over all sessions; null where the cited events alone must bear it.</param>
/// <param name="Cited">The events it cites.</param>
internal sealed record Claim(string Key, string Text, string? Basis, IReadOnlyList<CitableEvent> Cited);

/// <summary>The request that checks claims in a context of its own, and its answer.</summary>
internal static class Checking
{
    /// <summary>Claims of one request.</summary>
    public const int ClaimsMax = 8;

    public static DreamRequest Request(IReadOnlyList<Claim> claims) => new()
    {
        Step = DreamStep.Check,
        System = Prompts.Of("system"),
        Task = Prompts.Fill("check", ("claims", QuotedData.Block(claims.Select(Line)))),
        OutputTokensMax = 300 + 60 * claims.Count,
        OutputTokensMin = 40 * claims.Count,
        Typical = new JsonObject { ["items"] = new JsonArray([.. claims.Select(static c => (JsonNode)new JsonObject { ["key"] = c.Key, ["entailed"] = true })]) }.ToJsonString(),
    };

    /// <summary>Per claim whether it is entailed.</summary>
    public static AnswerReading<bool> Read(DreamAnswer answer, IReadOnlyList<Claim> claims)
    {
        var read = new Dictionary<string, bool>(StringComparer.Ordinal);
        var (items, shape) = AnswerJson.Items(answer, "key", "entailed");
        if (shape is not null) return new AnswerReading<bool>(read, [shape]);
        var problems = new List<string>();
        foreach (var item in items)
        {
            if (AnswerJson.Text(item, "key") is not { } key || !claims.Any(c => c.Key == key)) problems.Add("an item has a key that was not given");
            else if (!item.TryGetProperty("entailed", out var entailed) || entailed.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) problems.Add($"{key}: entailed is neither true nor false");
            // Said twice, once each way, is no.
            else read[key] = entailed.ValueKind == JsonValueKind.True && read.GetValueOrDefault(key, true);
        }
        problems.AddRange(claims.Where(c => !read.ContainsKey(c.Key)).Select(static c => $"{c.Key}: it is missing"));
        return new AnswerReading<bool>(read, problems);
    }

    private static JsonObject Line(Claim claim)
    {
        var line = new JsonObject { ["key"] = claim.Key, ["claim"] = claim.Text };
        if (claim.Basis is not null) line["basis"] = claim.Basis;
        line["events"] = new JsonArray([.. claim.Cited.Select(static (c, i) => (JsonNode)c.Line($"e{i + 1}"))]);
        return line;
    }
}
