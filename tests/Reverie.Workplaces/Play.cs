using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Reverie.Workplaces;

/// <summary>An event of a session, as the truth file points at it.</summary>
internal sealed record Spot(string Session, int Index, string? Id, string Quote)
{
    public JsonObject Node() => new()
    {
        ["session"] = Session,
        ["event"] = new JsonArray(Id is null ? [Index.ToString()] : [Index.ToString(), Id]),
    };
}

/// <summary>The variables of one episode: a name keeps its value until the episode ends.</summary>
internal sealed partial class Scope(Workplace place, Dice dice)
{
    private static readonly Dictionary<string, string> BuiltIn = new()
    {
        ["n"] = "{1|2|3|4|5|6|7|8|9}",
        ["nn"] = "{1|2|3|4|5|6|7|8|9}#",
        ["nnn"] = "{1|2|3|4|5|6|7|8|9}##",
        ["hex"] = "~~~~~",
        ["day"] = "2026-0{1|2|3}-{0|1}{1|2|3|4|5|6|7|8|9}",
    };

    private readonly Dictionary<string, string> _known = [];

    public Scope With(string name, string value)
    {
        _known[name] = value;
        return this;
    }

    public string Fill(string template) => Name().Replace(template, m => Get(m.Groups[1].Value + m.Groups[2].Value));

    private string Get(string name)
    {
        if (!_known.TryGetValue(name, out var value))
        {
            if (!place.Vars.TryGetValue(name, out var pattern) && !BuiltIn.TryGetValue(name, out pattern))
                throw new InvalidOperationException($"{place.Name}: no variable ${name}");
            pattern = Fill(pattern);
            // "[2]a|b|c" picks by the value of another variable.
            var end = pattern.StartsWith('[') ? pattern.IndexOf(']') : -1;
            if (end > 0)
                pattern = pattern[(end + 1)..].Split('|')[int.Parse(pattern[1..end])];
            _known[name] = value = dice.Expand(pattern);
        }
        return value;
    }

    [GeneratedRegex(@"\$\{([a-z][A-Za-z0-9]*)\}|\$([a-z][A-Za-z0-9]*)")]
    private static partial Regex Name();
}

/// <summary>Writes one session: keeps the clock and gives out event ids.</summary>
internal sealed class Play
{
    public static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Workplace _place;
    private readonly Level _level;
    private DateTimeOffset _clock;

    public Play(Workplace place, Level level, Dice dice, string key, DateTimeOffset start)
    {
        _place = place;
        _level = level;
        Dice = dice;
        Key = key;
        _clock = start.AddSeconds(dice.Between(3.0, 60.0));
    }

    public Dice Dice { get; }

    public string Key { get; }

    public JsonArray Events { get; } = [];

    public Scope Scope() => new(_place, Dice);

    public Spot User(string text, bool later = false)
    {
        if (later)
            Wait(Dice.Between(8.0, 50.0));
        return Say("user.message", text);
    }

    public void Agent(string text) => Say("agent.message", text);

    public void Filler(double probability)
    {
        if (!Dice.Chance(probability))
            return;
        if (Dice.Chance(_place.Thinking))
            Say("agent.thinking", Dice.Pick(_place.Thoughts));
        else
            Agent(Dice.Pick(_place.Fillers));
    }

    public void System(string text) => Say("system.message", text);

    public void Wait(double seconds) => _clock = _clock.AddSeconds(seconds);

    public void Crash(string message) => Add(new JsonObject
    {
        ["type"] = "session.error",
        ["error"] = new JsonObject { ["type"] = Dice.Pick(["overloaded_error", "api_error", "timeout_error"]), ["message"] = message },
    }, null, message);

    public void Judge(string result, string explanation) => Add(new JsonObject
    {
        ["type"] = "span.outcome_evaluation_end",
        ["outcome_id"] = Dice.Expand("out_~~~~~~"),
        ["iteration"] = 0,
        ["result"] = result,
        ["explanation"] = explanation,
    }, null, explanation);

    /// <summary>Performs a call. With an error, the result carries it, flagged or not.</summary>
    public (Spot Use, Spot? Result) Do(Step step, Scope scope, string? error = null, bool neverFlagged = false, string? raw = null)
    {
        var use = Use(step, scope);
        Step? aside = Dice.Chance(_place.Parallel) ? Dice.Pick(_place.Lookups) : null;
        if (aside is null)
            return (use.Spot, Answer(use, Outcome(step, scope, error, neverFlagged, raw)));
        var other = Scope();
        var second = Use(aside, other);
        var mine = Outcome(step, scope, error, neverFlagged, raw);
        var theirs = Outcome(aside, other, null, false, null);
        if (Dice.Chance(0.5))
            return (use.Spot, Answer(use, mine, theirs, second));
        Answer(second, theirs);
        return (use.Spot, Answer(use, mine));
    }

    /// <summary>A call whose answer never came.</summary>
    public void Unanswered(Step step) => Use(step, Scope());

    private Spot Answer((Spot Spot, string Id, string Family) use, (string Text, bool Flag) result,
        (string Text, bool Flag) next, (Spot Spot, string Id, string Family) second)
    {
        var spot = Answer(use, result);
        Answer(second, next);
        return spot;
    }

    private (string Text, bool Flag) Outcome(Step step, Scope scope, string? error, bool neverFlagged, string? raw)
    {
        if (raw is not null)
            return (raw, false);
        if (error is null)
        {
            var text = scope.Fill(step.Result);
            return (text.StartsWith('{') || text.StartsWith('[') ? text : text.StartsWith('=') ? text[1..] : Shape(_place.OkShapes, "$r", text), false);
        }
        if (error.Contains('¦'))
            error = Dice.Pick(error.Split('¦'));
        var failure = error.StartsWith('=') ? scope.Fill(error[1..]) : Shape(_place.ErrorShapes, "$e", scope.Fill(error));
        if (_place.LogLines.Length > 0 && !error.StartsWith('=') && !failure.StartsWith('{') && Dice.Chance(0.4))
        {
            var lines = Enumerable.Range(0, Dice.Between(3, 9)).Select(_ => Dice.Expand(Dice.Pick(_place.LogLines)));
            failure = string.Join('\n', lines) + "\n" + failure;
        }
        var share = _level switch { Level.Easy => 0.96, Level.Medium => 0.84, _ => 0.7 };
        return (failure, !(neverFlagged && _level != Level.Easy) && Dice.Chance(share));
    }

    private string Shape(string[] shapes, string slot, string text)
    {
        // The first shape is the usual one.
        var shape = Dice.Chance(0.5) ? shapes[0] : Dice.Pick(shapes);
        if (shape.StartsWith('{'))
            text = text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n");
        return Scope().Fill(shape.Replace(slot, "\u0001")).Replace("\u0001", text);
    }

    private (Spot Spot, string Id, string Family) Use(Step step, Scope scope)
    {
        var filled = scope.Fill(step.Args).Replace('\'', '"');
        var input = JsonNode.Parse(filled) ?? throw new InvalidOperationException(filled);
        var id = Dice.Expand(_place.UseId);
        var family = _place.Wire switch
        {
            Wire.Tool => "tool",
            Wire.Mcp => "mcp",
            Wire.Custom => "custom",
            // A tool stays in its family: the first letters decide.
            _ => new[] { "tool", "mcp", "custom" }[step.Tool.Sum(c => c) % 3],
        };
        var node = new JsonObject
        {
            ["id"] = id,
            ["type"] = family == "tool" ? "agent.tool_use" : $"agent.{family}_tool_use",
            ["name"] = step.Tool,
            ["input"] = input,
        };
        if (family == "mcp")
            node["mcp_server_name"] = _place.Server;
        Step1();
        return (Add(node, id, input.ToJsonString(Json)), id, family);
    }

    private Spot Answer((Spot Spot, string Id, string Family) use, (string Text, bool Flag) result)
    {
        Wait(Dice.Between(0.4, 2.4));
        var node = new JsonObject
        {
            ["type"] = use.Family switch { "tool" => "agent.tool_result", "mcp" => "agent.mcp_tool_result", _ => "user.custom_tool_result" },
            [use.Family == "custom" ? "custom_tool_use_id" : "tool_use_id"] = use.Id,
            ["content"] = Blocks(result.Text),
            ["is_error"] = result.Flag,
        };
        return Add(node, EventId(), result.Text.Split("||")[0]);
    }

    private Spot Say(string type, string text)
    {
        Step1();
        return Add(new JsonObject { ["type"] = type, ["content"] = Blocks(text) }, EventId(), text);
    }

    private static JsonArray Blocks(string text) =>
        new(text.Split("||").Select(t => (JsonNode)new JsonObject { ["type"] = "text", ["text"] = t }).ToArray());

    private string? EventId() => _place.Ids switch
    {
        Ids.All => Dice.Expand(_place.EventId),
        Ids.Partial => Dice.Chance(0.6) ? Dice.Expand(_place.EventId) : null,
        _ => null,
    };

    private void Step1() => Wait(Dice.Between(1.0, 4.2));

    private Spot Add(JsonObject node, string? id, string quote)
    {
        if (id is not null && !node.ContainsKey("id"))
            node.Insert(0, "id", id);
        node["processed_at"] = _clock.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
        Events.Add(node);
        var line = quote.Split('\n')[^1];
        return new Spot(Key, Events.Count - 1, id, line.Length > 160 ? line[..160] : line);
    }
}
