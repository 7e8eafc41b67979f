using System.Globalization;
using System.Text;
using Reverie.Cli.Running;
using Reverie.Cli.Terminal;

namespace Reverie.Cli.Evaluations;

/// <summary>What a session left: its last message, and its output files by name.</summary>
internal sealed class Deliverables(Api api, string session, string answer)
{
    /// <summary>Checks of text read no larger file.</summary>
    private const long TextBytesMax = 16 * 1024 * 1024;

    private Dictionary<string, (string Id, long Bytes)>? _files;

    /// <summary>The agent's last message; empty when it said nothing.</summary>
    public string Answer => answer;

    /// <summary>Why there is no output of that name; null when there is one.</summary>
    public async Task<string?> MissingAsync(string file, CancellationToken cancellationToken)
    {
        var files = await FilesAsync(cancellationToken);
        if (files.ContainsKey(file)) return null;
        return files.Count == 0 ? "there are no outputs" : $"there is no such output; there are {PlainText.Line(string.Join(", ", files.Keys.Order(StringComparer.Ordinal)), 200)}";
    }

    /// <summary>What is wrong with an output: that it cannot be read, or what <paramref name="problem"/> finds in its text; null for nothing.</summary>
    public async Task<string?> ProblemAsync(string file, Func<string, string?> problem, CancellationToken cancellationToken)
    {
        if (await MissingAsync(file, cancellationToken) is { } missing) return missing;
        var (id, length) = (await FilesAsync(cancellationToken))[file];
        if (length > TextBytesMax) return string.Create(CultureInfo.InvariantCulture, $"it has {length:N0} bytes, and checks read {TextBytesMax:N0} at most");
        using var bytes = new MemoryStream();
        await api.DownloadAsync($"/v1/files/{id}/content", bytes, cancellationToken);
        return problem(Encoding.UTF8.GetString(bytes.ToArray()));
    }

    /// <summary>Puts every output into a directory.</summary>
    public async Task SaveAsync(string directory, CancellationToken cancellationToken)
    {
        foreach (var (name, (id, _)) in await FilesAsync(cancellationToken))
        {
            await using var file = File.Create(Path.Combine(directory, Path.GetFileName(name)));
            await api.DownloadAsync($"/v1/files/{id}/content", file, cancellationToken);
        }
    }

    /// <summary>The newest of each name; what was mounted cannot be downloaded and is no output.</summary>
    private async Task<Dictionary<string, (string Id, long Bytes)>> FilesAsync(CancellationToken cancellationToken)
    {
        if (_files is not null) return _files;
        var files = new Dictionary<string, (string, long)>(StringComparer.Ordinal);
        await foreach (var file in api.ListAsync($"/v1/files?scope_id={session}&limit=1000", cancellationToken))
        {
            if (file.GetProperty("downloadable").GetBoolean()) files.TryAdd(file.GetProperty("filename").GetString()!, (file.GetProperty("id").GetString()!, file.GetProperty("size_bytes").GetInt64()));
        }
        return _files = files;
    }
}
