using System.Text.RegularExpressions;
using Reverie.Dreaming.Synthesis;
using Reverie.Dreaming.Text;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Memory;

namespace Reverie.Dreaming;

/// <summary>
/// What a person's instructions ask of a dream: what to look at, what to leave alone, where to write. They can only
/// narrow and reorganise: nothing in them reaches the gate.
/// </summary>
internal sealed partial class Steering
{
    private readonly List<List<string>> _focus = [];
    private readonly List<List<string>> _ignore = [];
    private readonly HashSet<ChangeKind> _only = [];
    private readonly HashSet<ChangeKind> _without = [];

    private static readonly Dictionary<string, ChangeKind[]> KindWords = new(StringComparer.Ordinal)
    {
        ["mistake"] = [ChangeKind.Mistake],
        ["error"] = [ChangeKind.Mistake],
        ["failure"] = [ChangeKind.Mistake],
        ["habit"] = [ChangeKind.Mistake],
        ["workflow"] = [ChangeKind.Workflow],
        ["procedure"] = [ChangeKind.Workflow],
        ["preference"] = [ChangeKind.Preference],
        ["fact"] = [ChangeKind.Fact],
        ["duplicate"] = [ChangeKind.Merge],
        ["merge"] = [ChangeKind.Merge],
        ["merg"] = [ChangeKind.Merge],
        ["stale"] = [ChangeKind.Stale],
        ["outdat"] = [ChangeKind.Stale],
        ["contradiction"] = [ChangeKind.Contradiction],
        ["verification"] = [ChangeKind.Verification],
        ["index"] = [ChangeKind.Reorganize],
        ["curation"] = [ChangeKind.Merge, ChangeKind.Stale, ChangeKind.Contradiction, ChangeKind.Verification],
    };

    /// <summary>Directory for playbooks.</summary>
    public string Directory { get; private set; } = Curation.Playbooks.DefaultDirectory;

    /// <summary>Set when the instructions ask for a directory the path rules refuse.</summary>
    public string? DirectoryProblem { get; private set; }

    public static Steering Of(string? instructions)
    {
        var steering = new Steering();
        if (string.IsNullOrWhiteSpace(instructions)) return steering;
        foreach (Match match in WriteTo().Matches(instructions))
        {
            var directory = match.Groups["path"].Value.Trim('/', '.', '`', '"', '\'', ',', ';');
            if ((MemoryPath.Problem(directory) ?? MemoryFileName.Problem(directory)) is { } problem) steering.DirectoryProblem = $"cannot write to “{directory}”: the path {problem}";
            else steering.Directory = directory;
        }
        foreach (var clause in ClauseEnd().Split(instructions))
        {
            if (LeaveOut().Match(clause) is { Success: true } leave) Add(leave.Groups["what"].Value, steering._ignore, steering._without);
            else if (LookAt().Match(clause) is { Success: true } look) Add(look.Groups["what"].Value, steering._focus, steering._only);
        }
        return steering;
    }

    /// <summary>Why the insight is left out; null when it is wanted.</summary>
    public string? Against(Insight insight) =>
        Against(insight.Kind, $"{insight.Title} {insight.Summary} {insight.Topic} {insight.Toolbox.Name} {string.Join(' ', insight.Lines)}", focusApplies: true);

    /// <summary>Why a change of the memory at <paramref name="path"/> is left out; null when it is wanted.</summary>
    public string? Against(ChangeKind kind, string path, string summary) => Against(kind, $"{path} {path.Replace('/', ' ')} {summary}", focusApplies: false);

    private string? Against(ChangeKind kind, string text, bool focusApplies)
    {
        if (_without.Contains(kind)) return "the instructions leave this kind out";
        if (_only.Count > 0 && !_only.Contains(kind) && kind != ChangeKind.Reorganize) return "the instructions ask for other kinds";
        var words = Words.Split(text).Select(Words.Stem).Concat(Words.OfIdentifier(text).Select(Words.Stem)).ToHashSet(StringComparer.Ordinal);
        foreach (var term in _ignore)
            if (term.TrueForAll(words.Contains)) return $"the instructions leave “{string.Join(' ', term)}” out";
        return focusApplies && _focus.Count > 0 && !_focus.Exists(t => t.TrueForAll(words.Contains)) ? "the instructions focus on something else" : null;
    }

    private static void Add(string what, List<List<string>> terms, HashSet<ChangeKind> kinds)
    {
        foreach (var part in ListSeparator().Split(what))
        {
            var stems = Words.Split(part).Where(static w => !Words.IsFunctionWord(w) && w is not ("memory" or "memories" or "entries" or "file" or "files" or "everything" or "anything" or "changes" or "insights" or "tool" or "tools"))
                .SelectMany(static w => new[] { Words.Stem(w) }).ToList();
            if (stems.Count == 0) continue;
            if (stems.Count == 1 && KindWords.TryGetValue(stems[0], out var known)) kinds.UnionWith(known);
            else terms.Add(stems);
        }
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\b(?:write|put|place|store|keep|save)\b[^.;\n]{0,40}?\b(?:to|under|in|into|below)\s+(?:the\s+)?(?:directory\s+|folder\s+)?[`""']?(?<path>/?[\p{L}\p{Nd}_][\p{L}\p{Nd}_./-]*)(?=[`""']?(?:[\s.,;]|$))(?:\s+(?:directory|folder))?", Options)]
    private static partial Regex WriteTo();

    [GeneratedRegex(@"\b(?:ignore|skip|leave out|leave alone|do not touch|don't touch|never touch|exclude|except|without|omit|not about|nothing about)\s+(?<what>.+)", Options | RegexOptions.Singleline)]
    private static partial Regex LeaveOut();

    [GeneratedRegex(@"\b(?:focus(?: only)? on|only(?: look at| about| consider)?|just|concentrate on|look(?: only)? (?:at|for)|nothing but)\s+(?<what>.+)", Options | RegexOptions.Singleline)]
    private static partial Regex LookAt();

    [GeneratedRegex(@"[.;\n]+(?=\s|$)|\s+(?:but|and)\s+(?=(?:ignore|skip|leave|do not|don't|exclude|omit|focus|write|put|only)\b)", Options)]
    private static partial Regex ClauseEnd();

    [GeneratedRegex(@"\s*(?:,|\band\b|\bor\b)\s*", Options)]
    private static partial Regex ListSeparator();
}
