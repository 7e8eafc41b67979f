using Reverie.Files;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Sandboxes.Files;

namespace Reverie.Sessions.Hands;

/// <summary>What an agent leaves in its output directory, kept as files of the session.</summary>
internal sealed class SessionOutputs(SessionFiles files, string workspaceId, Id<Session> session, string directory)
{
    public const string Path = "/mnt/session/outputs";

    private static readonly TreeLimits Limits = new(2_000, 10L << 30);

    private readonly Dictionary<string, (long Length, DateTimeOffset ModifiedAt)> _kept = new(StringComparer.Ordinal);

    public string Root { get; } = Directory.CreateDirectory(directory).FullName;

    /// <summary>Keeps what is new or changed.</summary>
    /// <returns>What the agent must know, a line each; usually nothing.</returns>
    public async Task<IReadOnlyList<string>> KeepAsync(CancellationToken cancellationToken)
    {
        var told = new List<string>();
        foreach (var file in SafeTree.List(Root, Limits).Files)
        {
            if (_kept.GetValueOrDefault(file.Path) == (file.Length, file.ModifiedAt)) continue;
            _kept[file.Path] = (file.Length, file.ModifiedAt);
            await using var bytes = SafeTree.Open(Root, file.Path);
            if (bytes is null) continue;
            if (await files.KeepAsync(workspaceId, session, bytes, file.Path.Replace('/', '_'), cancellationToken) is { Problem: { } problem }) told.Add($"{Path}/{file.Path} {problem}; it is not handed over.");
        }
        return told;
    }
}
