using Reverie.Files;

namespace Reverie.Dreams;

/// <summary>A report written in full but not yet in its place. Disposing it without a commit leaves no trace.</summary>
public sealed class PendingReport : IDisposable
{
    private readonly string _staged;
    private readonly string _target;

    internal PendingReport(string staged, string target)
    {
        _staged = staged;
        _target = target;
    }

    /// <summary>Puts it in its place, over an older report.</summary>
    public void Commit() => OutputFile.Replace(_staged, _target);

    /// <inheritdoc />
    public void Dispose()
    {
        if (File.Exists(_staged)) File.Delete(_staged);
    }
}
