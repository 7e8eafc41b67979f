using System.Text.Json.Nodes;
using Reverie.Cli.Terminal;
using Reverie.Sessions.Turns;

namespace Reverie.Cli.Running;

/// <summary>Asks a person about a call that waits.</summary>
internal static class CallQuestion
{
    /// <summary>The event that answers the call; null when the person leaves it open.</summary>
    /// <param name="reason">Why it asks; null where nobody said.</param>
    public static async Task<JsonObject?> AskAsync(CliStreams streams, SessionLine call, string? reason, CancellationToken cancellationToken)
    {
        if (CallText.Why(reason) is { Length: > 0 } why) await streams.Out.WriteLineAsync(why);
        var isTool = EventTypes.IsServerCall(call.Type);
        while (true)
        {
            await streams.Out.WriteAsync(isTool
                ? $"Allow {CallText.Whole(call)} ? [y]es, [n]o, or why not: "
                : $"The result of {CallText.Whole(call)} : ");
            await streams.Out.FlushAsync(cancellationToken);
            if (await streams.ReadLineAsync(cancellationToken) is not { } typed)
            {
                await streams.Out.WriteLineAsync();
                return null;
            }
            var answer = typed.Trim();
            if (answer.Length == 0) continue;
            if (!isTool) return Result(call.Id, answer);
            return answer.ToLowerInvariant() switch
            {
                "y" or "yes" => Allow(call.Id),
                "n" or "no" => Deny(call.Id, null),
                _ => Deny(call.Id, answer),
            };
        }
    }

    public static JsonObject Allow(string call) => new() { ["type"] = EventTypes.UserToolConfirmation, ["tool_use_id"] = call, ["result"] = "allow" };

    /// <param name="call">Its id.</param>
    /// <param name="why">What the model is told; null for nothing.</param>
    public static JsonObject Deny(string call, string? why)
    {
        var answer = new JsonObject { ["type"] = EventTypes.UserToolConfirmation, ["tool_use_id"] = call, ["result"] = "deny" };
        if (why is not null) answer["deny_message"] = why;
        return answer;
    }

    public static JsonObject Result(string call, string text) => new()
    {
        ["type"] = EventTypes.UserCustomToolResult,
        ["custom_tool_use_id"] = call,
        ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }),
    };
}
