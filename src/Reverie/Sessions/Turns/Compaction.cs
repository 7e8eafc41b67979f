using Reverie.Inference;

namespace Reverie.Sessions.Turns;

/// <summary>Summing a conversation up so that it fits the model's window again.</summary>
internal static class Compaction
{
    private const string Ask = """
        The conversation is about to be replaced by a summary, because it no longer fits. Write that summary for yourself:
        what the user wants and said word for word where it matters, what was done and found, files and values that matter,
        what failed and why, what remains to be done and the next step. Leave out nothing you would miss. Call no tool.
        """;

    /// <summary>Stands where the older part was; models want the user to speak first.</summary>
    private const string LeftOut = "[What came before is left out: it does not fit.]";

    /// <summary>Characters of one tool result that the summing up still reads; beginnings tell most.</summary>
    private const int ResultCharsMax = 4_000;

    /// <param name="halvings">How often the older half is left out: the conversation did not fit before.</param>
    public static ModelRequest Request(ThreadSetup setup, IReadOnlyList<ModelMessage> conversation, int halvings)
    {
        var from = conversation.Count - Math.Max(1, conversation.Count >> halvings);
        // A result whose call was left out would be refused.
        while (from < conversation.Count && conversation[from].Blocks.Any(static b => b is ToolResultBlock)) from++;
        IReadOnlyList<ModelMessage> cut = from == 0 ? [] : [new ModelMessage(ModelRole.User, [new TextBlock(LeftOut)])];
        var messages = cut.Concat(conversation.Skip(from)).Select(static m => m with { Blocks = [.. m.Blocks.Select(Shorten)] }).ToList();
        if (messages is [.., { Role: ModelRole.User } last]) messages[^1] = last with { Blocks = [.. last.Blocks, new TextBlock(Ask)] };
        else messages.Add(new ModelMessage(ModelRole.User, [new TextBlock(Ask)]));
        return setup.Request(messages, halvings + 1);
    }

    /// <summary>What stands for the conversation from now on; null when the model wrote no summary.</summary>
    public static string? Of(ModelResponse answer)
    {
        var summary = string.Join("\n\n", answer.Blocks.OfType<TextBlock>().Select(static t => t.Text));
        return string.IsNullOrWhiteSpace(summary) ? null : $"What happened before, in your own summary:\n\n{summary}\n\nGo on from here.";
    }

    private static ModelBlock Shorten(ModelBlock block) => block is ToolResultBlock result
        ? result with { Content = [.. result.Content.Select(static c => c is TextBlock { Text.Length: > ResultCharsMax } text ? new TextBlock(text.Text[..ResultCharsMax] + "\n[…]") : c)] }
        : block;
}
