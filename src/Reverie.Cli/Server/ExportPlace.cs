using Reverie.Memory.Archives;

namespace Reverie.Cli.Server;

/// <summary>Where an export goes; it gets its name once it is complete.</summary>
internal sealed class ExportPlace : IAsyncDisposable
{
    private readonly DirectoryTarget? _directory;
    private readonly FileStream? _file;
    private readonly string _path;

    private ExportPlace(string path, DirectoryTarget? directory, FileStream? file)
    {
        (_path, _directory, _file) = (path, directory, file);
        Target = directory as ArchiveTarget ?? new TarTarget(file!);
    }

    public ArchiveTarget Target { get; }

    /// <summary>A file when the name ends as tar files do, else a directory.</summary>
    public static ExportPlace At(string path) =>
        path.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase)
            ? new ExportPlace(path, null, new FileStream($"{path}.{Guid.NewGuid():N}.tmp", FileMode.CreateNew, FileAccess.Write))
            : new ExportPlace(path, new DirectoryTarget(path), null);

    public async Task CompleteAsync()
    {
        if (_file is null)
        {
            _directory!.Complete();
            return;
        }
        await Target.DisposeAsync();
        await _file.DisposeAsync();
        File.Move(_file.Name, _path, overwrite: false);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Target.DisposeAsync();
        if (_file is null) return;
        await _file.DisposeAsync();
        File.Delete(_file.Name);
    }
}
