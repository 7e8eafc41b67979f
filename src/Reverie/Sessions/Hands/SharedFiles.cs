using System.Collections.Concurrent;
using System.Security.Cryptography;
using Reverie.Sandboxes.Files;

namespace Reverie.Sessions.Hands;

/// <summary>
/// What the threads of one session know of the files they share, so that none writes over another's work without knowing
/// it. Only the file tools are followed; an edit finds out by itself, because it must find the text it replaces.
/// </summary>
internal sealed class SharedFiles : IDisposable
{
    private readonly ConcurrentDictionary<string, (string Hash, string Thread)> _written = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Thread, string Path), string> _seen = [];
    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>Runs a file tool of a thread, unless it would write over what another thread wrote and this one has not seen.</summary>
    /// <param name="path">Absolute, inside the sandbox.</param>
    /// <param name="isWrite">The tool replaces the whole file.</param>
    /// <param name="isChange">It changes the file.</param>
    /// <param name="run">Runs it.</param>
    /// <param name="isError">Whether its result says that it failed.</param>
    /// <returns>The result; null, and nothing run, for a conflict.</returns>
    public async Task<T?> RunAsync<T>(SandboxFiles files, string thread, string path, bool isWrite, bool isChange, Func<Task<T>> run, Func<T, bool> isError, CancellationToken cancellationToken)
        where T : class
    {
        if (isChange) await _writing.WaitAsync(cancellationToken);
        try
        {
            if (isWrite && _written.TryGetValue(path, out var last) && last.Thread != thread && HashOf(files, path) == last.Hash && _seen.GetValueOrDefault((thread, path)) != last.Hash) return null;
            var before = isChange ? null : HashOf(files, path);
            var result = await run();
            if (isError(result) || HashOf(files, path) is not { } hash) return result;
            // What was written while it was read may not be what was read.
            if (!isChange && hash != before) return result;
            _seen[(thread, path)] = hash;
            if (isChange) _written[path] = (hash, thread);
            return result;
        }
        finally
        {
            if (isChange) _writing.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _writing.Dispose();

    /// <summary>Null when there is no such file.</summary>
    private static string? HashOf(SandboxFiles files, string path)
    {
        try
        {
            return files.Read(path, static (stream, _) => Convert.ToHexString(SHA256.HashData(stream)));
        }
        catch (SandboxFileException)
        {
            return null;
        }
    }
}
