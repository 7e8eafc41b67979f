using System.Text.Json;
using Reverie.Cli.Terminal;

namespace Reverie.Cli.Running;

/// <summary>A tool call in a few words.</summary>
internal static class CallText
{
    /// <summary>Name and arguments on one line of at most <paramref name="charsMax"/> characters.</summary>
    public static string Line(SessionLine call, int charsMax) => PlainText.Line($"● {Of(call)}", Math.Max(charsMax, 20));

    /// <summary>The same without a limit that a person would notice, for questions: what is asked about must be seen.</summary>
    public static string Whole(SessionLine call) => PlainText.Line(Of(call), 4_000);

    /// <summary>Why a call asks, on a line of its own; empty where nobody said.</summary>
    /// <param name="reason">The judge's words: data, like everything models write.</param>
    public static string Why(string? reason) => string.IsNullOrWhiteSpace(reason) ? "" : $"  it asks because: {PlainText.Line(reason, 400)}";

    private static string Of(SessionLine call)
    {
        var name = (call.Text("mcp_server_name") is { } server ? $"{server}: " : "") + call.Text("name");
        if (call.Part("input") is not { ValueKind: JsonValueKind.Object } input) return name;
        var fields = input.EnumerateObject().ToList();
        return fields is [{ Value.ValueKind: JsonValueKind.String } only]
            ? $"{name} {only.Value.GetString()}"
            : $"{name} {string.Join(", ", fields.Select(static f => $"{f.Name}={(f.Value.ValueKind == JsonValueKind.String ? f.Value.GetString() : f.Value.GetRawText())}"))}";
    }
}
