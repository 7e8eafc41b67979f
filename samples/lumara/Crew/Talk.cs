using System.Text.Json;
using Reverie.Inference;

namespace Lumara.Crew;

/// <summary>A conversation as a crew member remembers it: what it was told, and what it called with which answer.</summary>
internal sealed class Talk
{
    private Talk(string told, IReadOnlyList<(ToolUseBlock Call, string Answer)> calls) => (Told, Calls) = (told, calls);

    /// <summary>Everything others said, in order.</summary>
    public string Told { get; }

    /// <summary>The calls that were answered, in order.</summary>
    public IReadOnlyList<(ToolUseBlock Call, string Answer)> Calls { get; }

    public static Talk Of(ModelRequest request)
    {
        var blocks = request.Messages.SelectMany(static m => m.Blocks.Select(b => (m.Role, Block: b))).ToList();
        var answers = blocks.Select(static b => b.Block).OfType<ToolResultBlock>().ToDictionary(static r => r.ToolUseId, static r => string.Concat(r.Content.OfType<TextBlock>().Select(static t => t.Text)), StringComparer.Ordinal);
        return new Talk(
            string.Join('\n', blocks.Where(static b => b.Role == ModelRole.User).Select(static b => b.Block).OfType<TextBlock>().Select(static t => t.Text)),
            [.. blocks.Select(static b => b.Block).OfType<ToolUseBlock>().Where(c => answers.ContainsKey(c.Id)).Select(c => (c, answers[c.Id]))]);
    }

    /// <summary>The answers of one tool, in order.</summary>
    public List<string> AnswersOf(string tool) => [.. Calls.Where(c => c.Call.Name == tool).Select(static c => c.Answer)];

    /// <summary>The first line of what was told that begins so, without that beginning; null where there is none.</summary>
    public string? Line(string beginning) =>
        Told.Split('\n').Where(l => l.StartsWith(beginning, StringComparison.Ordinal)).Select(l => l[beginning.Length..].Trim()).FirstOrDefault();

    /// <summary>An argument of a call.</summary>
    public static string Argument(ToolUseBlock call, string name) => JsonElement.Parse(call.Input).GetProperty(name).ToString();
}
