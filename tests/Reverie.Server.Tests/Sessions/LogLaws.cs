using System.Text.Json;
using static Reverie.Server.Tests.Sessions.LiveSession;

namespace Reverie.Server.Tests.Sessions;

/// <summary>What holds of the log of every session that rests.</summary>
internal static class LogLaws
{
    /// <summary>Each request has one end, each call one result before the next request, and nothing stands twice or still waits.</summary>
    public static void Check(IReadOnlyList<JsonElement> log)
    {
        var open = new HashSet<string>(StringComparer.Ordinal);
        var closed = new HashSet<string>(StringComparer.Ordinal);
        string? request = null;
        Assert.Equal(log.Count, log.Select(IdOf).Distinct(StringComparer.Ordinal).Count());
        foreach (var (index, entry) in log.Index())
        {
            Assert.Equal(JsonValueKind.String, entry.GetProperty("processed_at").ValueKind);
            switch (TypeOf(entry))
            {
                case "span.model_request_start":
                    Assert.Null(request);
                    Assert.Empty(open);
                    request = IdOf(entry);
                    break;
                case "span.model_request_end":
                    Assert.Equal(request, entry.GetProperty("model_request_start_id").GetString());
                    request = null;
                    break;
                case "agent.tool_use" or "agent.custom_tool_use":
                    Assert.NotNull(request);
                    open.Add(IdOf(entry));
                    break;
                case "agent.tool_result":
                    Close(entry.GetProperty("tool_use_id").GetString()!);
                    break;
                case "user.custom_tool_result":
                    Close(entry.GetProperty("custom_tool_use_id").GetString()!);
                    break;
                case "session.status_idle":
                    Assert.Equal("session.usage", TypeOf(log[index - 1]));
                    break;
            }
        }
        Assert.Null(request);
        Assert.Empty(open);

        void Close(string call)
        {
            Assert.True(open.Remove(call), $"{call} has a second result, or one before it was made");
            Assert.True(closed.Add(call));
        }
    }
}
