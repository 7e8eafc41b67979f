using System.Text.Json;
using Reverie.Inference;

namespace Reverie.Sessions.Turns;

/// <summary>The tokens of one model request as the wire carries them.</summary>
internal static class WireUsage
{
    public static ModelUsage Read(JsonElement usage, long cacheCreation1h) => new()
    {
        InputTokens = usage.GetProperty("input_tokens").GetInt64(),
        OutputTokens = usage.GetProperty("output_tokens").GetInt64(),
        CacheReadInputTokens = usage.GetProperty("cache_read_input_tokens").GetInt64(),
        CacheCreation5mInputTokens = usage.GetProperty("cache_creation_input_tokens").GetInt64() - cacheCreation1h,
        CacheCreation1hInputTokens = cacheCreation1h,
    };
}
