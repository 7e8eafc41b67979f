using Reverie.Dreaming.Review;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis.Remedies;

/// <summary>
/// What the calls that got past an error were made with, as far as independent principals agree. An error's own text is
/// believed on what to do only as far as they did it.
/// </summary>
internal sealed class Recoveries
{
    private readonly HashSet<string> _known;
    private readonly Dictionary<string, List<string>> _names = new(StringComparer.Ordinal);

    public Recoveries(ErrorCase error, Remedy remedy)
    {
        _known = OfCall(error.Failures[0].Step);
        _known.UnionWith(Words.Content(remedy.Advice));
        var users = new Dictionary<string, HashSet<SessionReview>>(StringComparer.Ordinal);
        foreach (var (session, failed, settled) in error.SameToolResolutions.Concat(remedy.Resolutions))
        {
            foreach (var word in session.Steps.Skip(failed.Index + 1).Take(settled.Index - failed.Index).Where(static s => s.Succeeded).SelectMany(Said))
            {
                if (!users.TryGetValue(word, out var sessions)) users[word] = sessions = [];
                sessions.Add(session);
            }
        }
        _known.UnionWith(users.Where(u => error.Toolbox.IsIndependent(u.Value)).Select(static u => u.Key));
    }

    /// <summary>The names of a call: its tool and its fields.</summary>
    public static HashSet<string> OfCall(Step step)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in step.Arguments.Select(static a => a.Path).Append(step.ToolName).Append(step.Tool)) known.UnionWith(NamesOf(name));
        return known;
    }

    public bool Know(string name) => _known.Contains(name);

    private IEnumerable<string> Said(Step step) => Known(step.ToolName).Concat(Known(step.Tool)).Concat(step.Arguments.SelectMany(a =>
        Known(a.Path).Concat(Words.Content(a.Text)).Append(a.Text.ToLowerInvariant()).Append($"{a.Path}={a.Text}".ToLowerInvariant())));

    private List<string> Known(string name)
    {
        if (!_names.TryGetValue(name, out var names)) _names.Add(name, names = [.. NamesOf(name)]);
        return names;
    }

    private static IEnumerable<string> NamesOf(string name) => Words.OfIdentifier(name).Select(Words.Stem).Append(name.ToLowerInvariant());
}
