using System.Text.Json;
using Reverie.Dreams.Models;
using Reverie.Server.Http;

namespace Reverie.Server.Dreams;

/// <summary>Reads the budget of a dream, and how many attackers it reckons with.</summary>
internal static class DreamCapsBody
{
    private const decimal CostMax = 1_000_000;
    private const int CostDecimals = 6;
    private const decimal AttackerShareMax = 0.5m;
    private const int ShareDecimals = 6;

    public static DreamCaps Read(JsonBody body)
    {
        long? tokens = null;
        decimal? cost = null;
        if (body.Has("max_tokens"))
        {
            if (body.Root.GetProperty("max_tokens") is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var read) && read >= 1) tokens = read;
            else body.Problem("max_tokens", $"must be a whole number of at least 1 and at most {long.MaxValue}");
        }
        if (body.Has("max_cost"))
        {
            if (body.Root.GetProperty("max_cost") is { ValueKind: JsonValueKind.Number } value && value.TryGetDecimal(out var read) && read is >= 0 and <= CostMax && decimal.Round(read, CostDecimals) == read) cost = read;
            else body.Problem("max_cost", $"must be a number of US dollars from 0 to {CostMax} with at most {CostDecimals} decimals");
        }
        return new DreamCaps(tokens, cost);
    }

    /// <summary>Null when the body does not say.</summary>
    public static decimal? ReadAttackerShare(JsonBody body)
    {
        if (!body.Has("attacker_share")) return null;
        if (body.Root.GetProperty("attacker_share") is { ValueKind: JsonValueKind.Number } value && value.TryGetDecimal(out var share) && share is >= 0 and <= AttackerShareMax && decimal.Round(share, ShareDecimals) == share) return share;
        body.Problem("attacker_share", $"must be a number from 0 to {AttackerShareMax} with at most {ShareDecimals} decimals: the share of the sessions that one attacker may control");
        return null;
    }
}
