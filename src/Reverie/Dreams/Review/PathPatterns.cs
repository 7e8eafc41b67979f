using System.Collections.Concurrent;
using Reverie.Protocol.Dreams;
using Reverie.Tools;

namespace Reverie.Dreams.Review;

/// <summary>The patterns of paths of review policies, each compiled once. Safe to share among threads.</summary>
public sealed class PathPatterns
{
    private readonly ConcurrentDictionary<string, GlobPattern> _compiled = new(StringComparer.Ordinal);

    /// <summary>How many patterns a policy has, and how many characters they have together.</summary>
    public static (int Patterns, int Characters) SizeOf(ReviewPolicy policy)
    {
        var all = All(policy).ToList();
        return (all.Count, all.Sum(static pattern => pattern.Length));
    }

    /// <summary>Makes ready what a policy asks of changes, so that asking takes no time where others wait.</summary>
    public void Prepare(ReviewPolicy policy, IEnumerable<Change> changes)
    {
        var paths = changes.SelectMany(static change => new[] { change.Path, change.NewPath }).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        foreach (var pattern in All(policy)) paths.ForEach(path => IsMatch(pattern, path));
    }

    /// <summary>True when the whole path matches, which has no leading slash; the pattern may have one.</summary>
    /// <exception cref="ToolInputException">It is no pattern.</exception>
    public bool IsMatch(string pattern, string path) => _compiled.GetOrAdd(pattern, Parse).IsMatch(path);

    /// <summary>What is wrong with a pattern of paths, to follow its name; null when nothing is.</summary>
    public static string? Problem(string pattern)
    {
        try
        {
            Parse(pattern);
            return null;
        }
        catch (ToolInputException error)
        {
            return $"is no pattern of paths ({error.Message[(error.Message.IndexOf(':', StringComparison.Ordinal) + 2)..]}); write one such as /playbooks/** or *.md";
        }
    }

    private static IEnumerable<string> All(ReviewPolicy policy) => policy.HighStakesPaths.Concat(policy.Rules.SelectMany(static rule => rule.Paths ?? []));

    private static GlobPattern Parse(string pattern) => GlobPattern.Parse(pattern.StartsWith('/') ? pattern[1..] : pattern);
}
