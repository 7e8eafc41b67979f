using System.Text;

namespace Reverie.Protocol.Dreams;

/// <summary>Plays the edits of a change over a text, forwards and back. Pure; the only place that knows what an edit means.</summary>
public static class ChangeReplay
{
    /// <summary>
    /// The text after <paramref name="edits"/>; null when they do not fit <paramref name="before"/>: an offset lies outside,
    /// the text to delete is not there, or two edits overlap or stand out of order.
    /// </summary>
    public static string? TryApply(string before, IReadOnlyList<TextEdit> edits)
    {
        if (edits.Count == 0) return before;
        var after = new StringBuilder(before.Length + edits.Sum(edit => edit.Insert.Length));
        var copied = 0;
        foreach (var edit in edits)
        {
            if (edit.At < copied || edit.At > before.Length) return null;
            if (string.CompareOrdinal(before, edit.At, edit.Delete, 0, edit.Delete.Length) != 0) return null;
            after.Append(before, copied, edit.At - copied).Append(edit.Insert);
            copied = edit.At + edit.Delete.Length;
        }
        return after.Append(before, copied, before.Length - copied).ToString();
    }

    /// <summary>The edits that lead from the text after <paramref name="edits"/> back to the text before them.</summary>
    public static IReadOnlyList<TextEdit> Invert(IReadOnlyList<TextEdit> edits)
    {
        var inverse = new TextEdit[edits.Count];
        var shift = 0;
        for (var i = 0; i < inverse.Length; i++)
        {
            var edit = edits[i];
            inverse[i] = new TextEdit(edit.At + shift, edit.Insert, edit.Delete);
            shift += edit.Insert.Length - edit.Delete.Length;
        }
        return inverse;
    }
}
