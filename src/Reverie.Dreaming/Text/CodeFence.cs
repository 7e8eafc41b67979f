namespace Reverie.Dreaming.Text;

/// <summary>The Markdown code fence that models like to put around JSON.</summary>
public static class CodeFence
{
    private const string Mark = "```";

    /// <summary>What stands in the fence around all of a text, its first line aside; the text, trimmed, where there is none.</summary>
    public static string Without(string text)
    {
        var trimmed = text.Trim();
        if (!trimmed.StartsWith(Mark, StringComparison.Ordinal) || !trimmed.EndsWith(Mark, StringComparison.Ordinal)) return trimmed;
        var begin = trimmed.IndexOf('\n', StringComparison.Ordinal) + 1;
        var end = trimmed.Length - Mark.Length;
        return begin > 0 && begin < end ? trimmed[begin..end] : trimmed;
    }
}
