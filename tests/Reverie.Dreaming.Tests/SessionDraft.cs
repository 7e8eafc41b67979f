using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Dreaming.Review;
using Reverie.Dreaming.Synthesis;
using Reverie.Dreaming.Text;
using Reverie.Protocol.Sessions;

namespace Reverie.Dreaming.Tests;

/// <summary>Writes one session event by event and reads it as the dreamer does.</summary>
internal sealed class SessionDraft(string id, bool? satisfied = null, string? task = null, string agent = "agent")
{
    private readonly JsonArray _events = [];

    public SessionDraft System(string text) => Add("system.message", text);

    public SessionDraft User(string text) => Add("user.message", text);

    public SessionDraft Call(string tool, object input, string answer = "ok", bool fails = false)
    {
        var use = "u" + _events.Count.ToString(CultureInfo.InvariantCulture);
        _events.Add(new JsonObject { ["type"] = "agent.tool_use", ["id"] = use, ["name"] = tool, ["input"] = JsonSerializer.SerializeToNode(input) });
        _events.Add(new JsonObject { ["type"] = "agent.tool_result", ["tool_use_id"] = use, ["content"] = Blocks(answer), ["is_error"] = fails });
        return this;
    }

    public SessionReview Review() => Review(satisfied);

    /// <summary>The session under a verdict that was not known when it began.</summary>
    public SessionReview Review(bool? well)
    {
        using var transcript = Transcript(well);
        return SessionReviewer.Review(transcript, new TextPool());
    }

    public SessionTranscript Transcript() => Transcript(satisfied);

    private SessionTranscript Transcript(bool? judged)
    {
        var session = new JsonObject
        {
            ["external_id"] = id,
            ["source"] = "test",
            ["agent"] = agent,
            ["created_at"] = "2026-01-01T00:00:00Z",
            ["metadata"] = task is null ? [] : new JsonObject { ["task_id"] = task },
            ["events"] = _events.DeepClone(),
        };
        if (judged is { } well) session["outcome"] = new JsonObject { ["result"] = well ? "satisfied" : "failed" };
        return SessionTranscript.Parse(JsonSerializer.SerializeToUtf8Bytes(session));
    }

    /// <summary>The sessions as one toolbox with its errors assigned.</summary>
    public static Toolbox Toolbox(IEnumerable<SessionReview> sessions)
    {
        var toolbox = new Toolbox { Name = "work", Sessions = [.. sessions], PersonKey = null, PrincipalsMin = 2 };
        ErrorClusters.Assign(toolbox);
        return toolbox;
    }

    private SessionDraft Add(string type, string text)
    {
        _events.Add(new JsonObject { ["type"] = type, ["content"] = Blocks(text) });
        return this;
    }

    private static JsonArray Blocks(string text) => [new JsonObject { ["type"] = "text", ["text"] = text }];
}
