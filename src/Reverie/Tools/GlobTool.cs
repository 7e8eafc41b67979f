using Reverie.Sandboxes;
using Reverie.Sandboxes.Files;

namespace Reverie.Tools;

/// <summary>Files whose paths match a pattern, the newest first.</summary>
internal static class GlobTool
{
    private const int MatchesMax = 200;
    private const int EntriesMax = 50_000;

    public static ToolOutput Run(ToolInput input, SandboxFiles files, CancellationToken cancellationToken)
    {
        var pattern = GlobPattern.Parse(input.Required("pattern"));
        var path = input.Text("path") is { Length: > 0 } given ? given : SandboxSpec.WorkingPath;
        var root = files.Locate(path);
        var found = new List<(string Path, DateTimeOffset ModifiedAt)>();
        foreach (var file in files.Walk(root, new(EntriesMax, long.MaxValue), IsSkipped))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!pattern.IsMatch(file.Path[(root.Length + 1)..])) continue;
            if ((file.IsLink ? files.ModifiedAt(file.Path) : file.ModifiedAt) is { } modifiedAt) found.Add((file.Path, modifiedAt));
        }
        if (found.Count == 0) return ToolOutput.Of("no matches");
        return ToolOutput.Of(string.Join('\n', found.OrderByDescending(static f => f.ModifiedAt).ThenBy(static f => f.Path, StringComparer.Ordinal).Take(MatchesMax).Select(static f => f.Path)));
    }

    public static bool IsSkipped(string directory) => directory is ".git" or "node_modules";
}
