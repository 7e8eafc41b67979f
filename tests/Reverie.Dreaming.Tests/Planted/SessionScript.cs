using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Protocol.Sessions;

namespace Reverie.Dreaming.Tests.Planted;

/// <summary>
/// A transcript told line by line, in the words of the interchange format. A clock of its own moves two seconds with
/// each event; <see cref="Waits"/> moves it on.
/// </summary>
internal sealed class SessionScript
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonArray _events = [];
    private readonly JsonObject _metadata = [];
    private DateTimeOffset _start;
    private DateTimeOffset _now;
    private string _agent = "helper";
    private string _id;
    private string? _outcome;
    private string _source = "test";

    /// <summary>Sessions start six hours apart, the first on 2024-05-01.</summary>
    public SessionScript(int number, string? user = null)
    {
        _id = $"s-{number.ToString("000", CultureInfo.InvariantCulture)}";
        _start = new DateTimeOffset(2024, 5, 1, 9, 0, 0, TimeSpan.Zero).AddHours(6 * number);
        _now = _start;
        if (user is not null) _metadata["user"] = user;
    }

    public string Key => $"{_source}/{_id}";

    public string Day => _start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Events get ids of their own, or are known by their place.</summary>
    public bool Ids { get; init; }

    public SessionScript Of(string agent, string source = "test")
    {
        (_agent, _source) = (agent, source);
        return this;
    }

    public SessionScript Named(string id)
    {
        _id = id;
        return this;
    }

    /// <summary>Begins at another time than its number says.</summary>
    public SessionScript Begins(DateTimeOffset start)
    {
        (_start, _now) = (start, start);
        return this;
    }

    public SessionScript About(string key, string value)
    {
        _metadata[key] = value;
        return this;
    }

    public SessionScript Judged(bool satisfied)
    {
        _outcome = satisfied ? "satisfied" : "failed";
        return this;
    }

    public SessionScript Asks(params string[] blocks) => Say("user.message", blocks);

    public SessionScript Answers(string text) => Say("agent.message", text);

    public SessionScript Policy(string text) => Say("system.message", text);

    public SessionScript Waits(double seconds)
    {
        _now = _now.AddSeconds(seconds);
        return this;
    }

    /// <summary>A call that works.</summary>
    public SessionScript Calls(string tool, string input, string answer) => Call(tool, input, answer, isError: false);

    /// <summary>A call the source says failed.</summary>
    public SessionScript Fails(string tool, string input, string error) => Call(tool, input, error, isError: true);

    /// <summary>An event as it is.</summary>
    public SessionScript Raw(JsonObject @event)
    {
        Add(@event);
        return this;
    }

    public string ToJson()
    {
        var session = new JsonObject
        {
            ["external_id"] = _id,
            ["source"] = _source,
            ["agent"] = _agent,
            ["created_at"] = _start.ToString("O", CultureInfo.InvariantCulture),
            ["metadata"] = _metadata.DeepClone(),
            ["events"] = _events.DeepClone(),
        };
        if (_outcome is not null) session["outcome"] = new JsonObject { ["result"] = _outcome };
        return session.ToJsonString(Relaxed);
    }

    public SessionTranscript ToTranscript() => SessionTranscript.Parse(Encoding.UTF8.GetBytes(ToJson()));

    /// <summary>Input is JSON; single quotes stand for double ones.</summary>
    private SessionScript Call(string tool, string input, string answer, bool isError)
    {
        var use = $"use-{_events.Count.ToString(CultureInfo.InvariantCulture)}";
        Add(new JsonObject { ["type"] = "agent.tool_use", ["id"] = use, ["name"] = tool, ["input"] = JsonNode.Parse(input.Replace('\'', '"')) });
        Add(new JsonObject { ["type"] = "agent.tool_result", ["tool_use_id"] = use, ["content"] = Blocks(answer), ["is_error"] = isError });
        return this;
    }

    private SessionScript Say(string type, params string[] blocks)
    {
        Add(new JsonObject { ["type"] = type, ["content"] = Blocks(blocks) });
        return this;
    }

    private void Add(JsonObject @event)
    {
        if (Ids && !@event.ContainsKey("id")) @event["id"] = $"ev-{_events.Count.ToString(CultureInfo.InvariantCulture)}";
        _now = _now.AddSeconds(2);
        @event.TryAdd("processed_at", _now.ToString("O", CultureInfo.InvariantCulture));
        _events.Add(@event);
    }

    private static JsonArray Blocks(params string[] texts) => new(texts.Select(static t => (JsonNode)new JsonObject { ["type"] = "text", ["text"] = t }).ToArray());
}
