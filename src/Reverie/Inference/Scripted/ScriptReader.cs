using System.Globalization;
using Reverie.Yaml;
using YamlDotNet.RepresentationModel;

namespace Reverie.Inference.Scripted;

/// <summary>Reads a script from YAML, and so from JSON too.</summary>
internal static class ScriptReader
{
    private const int AnswersMax = 1000;
    private const int MillisecondsMax = 600_000;
    private const int TimesMax = 1000;
    private const long TokensMax = 1_000_000_000;

    private static readonly string[] CaseKeys = ["think", "say", "call", "wait_ms", "pause_ms", "fail", "refuse", "stop", "usage"];
    private static readonly string[] ConditionKeys = ["if_user_says", "if_result_says"];

    private static readonly Dictionary<string, ModelFailure> Failures = new(StringComparer.Ordinal)
    {
        ["overloaded"] = ModelFailure.Overloaded,
        ["rate_limited"] = ModelFailure.RateLimited,
        ["server"] = ModelFailure.Server,
        ["network"] = ModelFailure.Network,
        ["request_failed"] = ModelFailure.RequestFailed,
        ["billing"] = ModelFailure.Billing,
        ["authentication"] = ModelFailure.Authentication,
        ["context_window_exceeded"] = ModelFailure.ContextWindowExceeded,
    };

    private static readonly Dictionary<string, ModelStopReason> Stops = new(StringComparer.Ordinal)
    {
        ["max_tokens"] = ModelStopReason.MaxTokens,
        ["pause_turn"] = ModelStopReason.PauseTurn,
        ["context_window_exceeded"] = ModelStopReason.ContextWindowExceeded,
    };

    /// <exception cref="ScriptException">The text is no script.</exception>
    public static Script Read(string text)
    {
        try
        {
            var root = Map(YamlText.Load(text), "the script", "answers", "repeat");
            if (!root.TryGetValue("answers", out var list)) throw new ScriptException(1, "answers is required: the list of what to answer");
            var answers = Items(list, "answers", AnswersMax).ConvertAll(Answer);
            return new Script(answers, root.TryGetValue("repeat", out var repeat) && Flag(repeat, "repeat"));
        }
        catch (YamlTextException error)
        {
            throw new ScriptException(error.Line, error.Problem);
        }
    }

    private static ScriptAnswer Answer(YamlNode node)
    {
        if (node is YamlMappingNode map && map.Children.ContainsKey("choose"))
        {
            var cases = Items(Map(node, "an answer", "choose")["choose"], "choose", AnswersMax).ConvertAll(static n => Case(n, [.. ConditionKeys, .. CaseKeys]));
            if (cases[^1].HasCondition) throw Wrong(node, "the last case of choose must have no condition, so that one always holds");
            return new ScriptAnswer(cases);
        }
        return new ScriptAnswer([Case(node, [.. CaseKeys, "choose"])]);
    }

    private static ScriptCase Case(YamlNode node, string[] keys)
    {
        var map = Map(node, "an answer", keys);
        var read = new ScriptCase
        {
            IfUserSays = map.TryGetValue("if_user_says", out var user) ? Text(user, "if_user_says") : null,
            IfResultSays = map.TryGetValue("if_result_says", out var result) ? Text(result, "if_result_says") : null,
            Think = map.TryGetValue("think", out var think) ? Text(think, "think") : null,
            Say = map.TryGetValue("say", out var say) ? Text(say, "say") : null,
            Calls = map.TryGetValue("call", out var call) ? Calls(call) : [],
            Wait = map.TryGetValue("wait_ms", out var wait) ? Milliseconds(wait, "wait_ms") : TimeSpan.Zero,
            Pause = map.TryGetValue("pause_ms", out var pause) ? Milliseconds(pause, "pause_ms") : TimeSpan.Zero,
            Fail = map.TryGetValue("fail", out var fail) ? Failure(fail) : null,
            Refusal = map.TryGetValue("refuse", out var refuse) ? Refusal(refuse) : null,
            Stop = map.TryGetValue("stop", out var stop) ? Word(stop, "stop", Stops) : null,
            Usage = map.TryGetValue("usage", out var usage) ? Usage(usage) : ModelUsage.None,
        };
        if (read.Refusal is not null && (read.Calls.Count > 0 || read.Stop is not null)) throw Wrong(node, "refuse ends the answer; it goes with neither call nor stop");
        if (read is { Say: null, Think: null, Calls.Count: 0, Fail: null, Refusal: null, Stop: null }) throw Wrong(node, "an answer must at least say, think, call, fail, refuse or stop");
        return read;
    }

    private static List<ScriptCall> Calls(YamlNode node) => node is YamlSequenceNode ? Items(node, "call", AnswersMax).ConvertAll(Call) : [Call(node)];

    private static ScriptCall Call(YamlNode node)
    {
        var map = Map(node, "call", "tool", "input");
        if (!map.TryGetValue("tool", out var tool) || Text(tool, "tool").Length == 0) throw Wrong(node, "call.tool is required: the name of the tool");
        if (!map.TryGetValue("input", out var input)) return new ScriptCall(Text(tool, "tool"), "{}");
        if (input is not YamlMappingNode) throw Wrong(input, "call.input must be a mapping: what the tool takes");
        return new ScriptCall(Text(tool, "tool"), YamlText.ToJson(input)!.ToJsonString());
    }

    private static ScriptFailure Failure(YamlNode node)
    {
        var map = Map(node, "fail", "with", "times", "retry_after_ms");
        if (!map.TryGetValue("with", out var with)) throw Wrong(node, $"fail.with is required: {string.Join(", ", Failures.Keys)}");
        return new ScriptFailure(Word(with, "fail.with", Failures),
            map.TryGetValue("times", out var times) ? (int)Number(times, "fail.times", 1, TimesMax) : 1,
            map.TryGetValue("retry_after_ms", out var after) ? Milliseconds(after, "fail.retry_after_ms") : null);
    }

    private static ModelRefusal Refusal(YamlNode node)
    {
        var map = Map(node, "refuse", "category", "explanation");
        return new ModelRefusal(map.TryGetValue("category", out var category) ? Text(category, "refuse.category") : null,
            map.TryGetValue("explanation", out var explanation) ? Text(explanation, "refuse.explanation") : null);
    }

    private static ModelUsage Usage(YamlNode node)
    {
        var map = Map(node, "usage", "input_tokens", "output_tokens", "cache_read_input_tokens", "cache_creation_input_tokens");
        return new ModelUsage
        {
            InputTokens = Tokens("input_tokens"),
            OutputTokens = Tokens("output_tokens"),
            CacheReadInputTokens = Tokens("cache_read_input_tokens"),
            CacheCreation5mInputTokens = Tokens("cache_creation_input_tokens"),
        };

        long Tokens(string name) => map.TryGetValue(name, out var value) ? Number(value, $"usage.{name}", 0, TokensMax) : 0;
    }

    private static Dictionary<string, YamlNode> Map(YamlNode node, string what, params string[] keys)
    {
        if (node is not YamlMappingNode map) throw Wrong(node, $"{what} must be a mapping with {string.Join(", ", keys)}");
        var found = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Children)
        {
            if (key is not YamlScalarNode { Value: { } name } || !keys.Contains(name)) throw Wrong(key, $"{what} has no \"{(key as YamlScalarNode)?.Value ?? "…"}\"; it takes {string.Join(", ", keys)}");
            found[name] = value;
        }
        return found;
    }

    private static List<YamlNode> Items(YamlNode node, string what, int max)
    {
        if (node is not YamlSequenceNode list || list.Children.Count < 1 || list.Children.Count > max) throw Wrong(node, $"{what} must be a list of 1 to {max} items");
        return [.. list.Children];
    }

    private static string Text(YamlNode node, string what) => node is YamlScalarNode { Value: { } text } ? text : throw Wrong(node, $"{what} must be a text");

    private static bool Flag(YamlNode node, string what) => Text(node, what) switch
    {
        "true" => true,
        "false" => false,
        _ => throw Wrong(node, $"{what} must be true or false"),
    };

    private static long Number(YamlNode node, string what, long min, long max) =>
        node is YamlScalarNode { Value: { } text } && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw Wrong(node, $"{what} must be a whole number from {min} to {max}");

    private static TimeSpan Milliseconds(YamlNode node, string what) => TimeSpan.FromMilliseconds(Number(node, what, 0, MillisecondsMax));

    private static T Word<T>(YamlNode node, string what, Dictionary<string, T> words) =>
        node is YamlScalarNode { Value: { } text } && words.TryGetValue(text, out var found) ? found : throw Wrong(node, $"{what} must be one of {string.Join(", ", words.Keys)}");

    private static ScriptException Wrong(YamlNode node, string problem) => new(node.Start.Line, problem);
}
