using System.Text.Json;
using System.Text.RegularExpressions;
using Reverie.Dreaming.Text;

namespace Reverie.Cli.Evaluations;

/// <summary>Something that must hold when a session has ended.</summary>
internal abstract record TaskCheck
{
    private TaskCheck() { }

    /// <summary>What is asked, in words.</summary>
    public abstract string Words { get; }

    /// <summary>The agent left a file of that name among its outputs.</summary>
    public sealed record FileThere(string File) : TaskCheck
    {
        public override string Words => $"{File} is there";
    }

    /// <summary>What a text must be like: an output's, or the agent's last message where <paramref name="File"/> is null.</summary>
    public sealed record OfText(string? File, TextRule Rule) : TaskCheck
    {
        public override string Words => $"{File ?? "the answer"} {Rule.Words}";
    }

    /// <summary>A command exits with 0 in a sandbox of its own that holds the outputs.</summary>
    public sealed record OfCommand(string Command) : TaskCheck
    {
        public override string Words => $"exit 0 of {Command}";
    }
}

/// <summary>A rule for a text.</summary>
internal abstract record TextRule
{
    private TextRule() { }

    /// <summary>The rule, as it follows the name of the text.</summary>
    public abstract string Words { get; }

    public abstract bool Holds(string text);

    public sealed record Contains(string Part) : TextRule
    {
        public override string Words => $"contains \"{Part}\"";

        public override bool Holds(string text) => text.Contains(Part, StringComparison.Ordinal);
    }

    public sealed record Lacks(string Part) : TextRule
    {
        public override string Words => $"lacks \"{Part}\"";

        public override bool Holds(string text) => !text.Contains(Part, StringComparison.Ordinal);
    }

    public sealed record Matches(Regex Pattern) : TextRule
    {
        public override string Words => $"matches {Pattern}";

        public override bool Holds(string text) => Pattern.IsMatch(text);
    }

    /// <summary>The text is JSON with this value at a pointer (RFC 6901).</summary>
    public sealed record JsonEquals(JsonPointer Pointer, JsonElement Value) : TextRule
    {
        public override string Words => $"has {Value.GetRawText()} at \"{Pointer}\"";

        public override bool Holds(string text)
        {
            try
            {
                return Pointer.Find(JsonElement.Parse(CodeFence.Without(text))) is { } found && JsonElement.DeepEquals(found, Value);
            }
            catch (JsonException)
            {
                return false;
            }
        }
    }
}
