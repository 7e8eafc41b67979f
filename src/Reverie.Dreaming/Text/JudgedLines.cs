namespace Reverie.Dreaming.Text;

/// <summary>
/// The lines judged last, one for each value of a part of their hash: a few megabytes at most. Tools repeat themselves: two
/// lines of three were judged before.
/// </summary>
internal sealed class JudgedLines
{
    private readonly Judgement?[] _last = new Judgement?[8192];

    /// <summary>The score of <paramref name="line"/>: what <paramref name="judge"/> said of it when it was last asked, or says now.</summary>
    /// <remarks>A lost race judges a line once more.</remarks>
    public int Score(ReadOnlySpan<char> line, Func<string, int> judge)
    {
        ref var known = ref _last[(uint)string.GetHashCode(line, StringComparison.Ordinal) % (uint)_last.Length];
        if (known is { } judged && line.SequenceEqual(judged.Line)) return judged.Score;
        var text = line.ToString();
        var score = judge(text);
        known = new Judgement(text, score);
        return score;
    }

    private sealed record Judgement(string Line, int Score);
}
