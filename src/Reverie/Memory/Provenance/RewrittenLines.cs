namespace Reverie.Memory.Provenance;

/// <summary>Lines that somebody made of lines that rest on changes. Pure.</summary>
public static class RewrittenLines
{
    /// <summary>What those lines rest on, for all that ever stood in the memory.</summary>
    /// <param name="texts">Of the memory, oldest first.</param>
    /// <param name="passages">Of the memory.</param>
    public static IReadOnlyList<Passage> Of(IReadOnlyList<PastText> texts, IEnumerable<Passage> passages)
    {
        var known = passages.ToLookup(static p => p.LineHash, StringComparer.Ordinal);
        var rewritten = new Dictionary<string, List<Passage>>(StringComparer.Ordinal);
        LineHistory.Trace(texts, line =>
        {
            if (LineHash.Of(line.Text) is not { } hash || known.Contains(hash) || rewritten.ContainsKey(hash)) return;
            var before = line.Ancestors.Select(static a => LineHash.Of(a.Text)).OfType<string>().SelectMany(h => known[h]).DistinctBy(static p => (p.DreamId, p.ChangeId)).ToList();
            if (before.Count > 0) rewritten.Add(hash, before.ConvertAll(p => p with { LineHash = hash, Relation = Protocol.Memory.PassageRelation.Rewritten }));
        });
        return [.. rewritten.Values.SelectMany(static p => p)];
    }
}
