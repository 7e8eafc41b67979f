namespace Reverie.Inference;

/// <summary>A conversation as providers can take it.</summary>
internal static class Conversation
{
    private const string OperatorNote = "The operator of this agent says, with the authority of the system prompt:\n\n";

    /// <summary>
    /// Messages without blocks nobody may send, none of them empty. Where <paramref name="takesSystem"/> says no, what the
    /// operator says goes to the user's side as a marked text.
    /// </summary>
    /// <param name="messages">As the log has them.</param>
    /// <param name="takesSystem">Whether a system message may stand behind the message given; null for the very first place.</param>
    public static List<ModelMessage> Sendable(IReadOnlyList<ModelMessage> messages, Func<ModelMessage?, bool> takesSystem)
    {
        var sendable = new List<ModelMessage>(messages.Count);
        foreach (var message in messages)
        {
            var (role, blocks) = (message.Role, (IReadOnlyList<ModelBlock>)[.. message.Blocks.Where(IsSendable)]);
            if (blocks.Count == 0) continue;
            if (role == ModelRole.System && !takesSystem(sendable.LastOrDefault())) (role, blocks) = (ModelRole.User, [.. blocks.OfType<TextBlock>().Select(static b => new TextBlock(OperatorNote + b.Text))]);
            if (sendable.LastOrDefault() is { } last && last.Role == role) sendable[^1] = new ModelMessage(role, [.. last.Blocks, .. blocks]);
            else sendable.Add(new ModelMessage(role, blocks));
        }
        return sendable;
    }

    private static bool IsSendable(ModelBlock block) => block switch
    {
        TextBlock text => !string.IsNullOrWhiteSpace(text.Text),
        ThinkingBlock thinking => !string.IsNullOrEmpty(thinking.Signature),
        _ => true,
    };
}
