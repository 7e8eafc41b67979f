namespace Reverie.Memory.Archives;

/// <summary>A new directory with the memories as plain files. It appears under its name when <see cref="Complete"/> is called, whole.</summary>
public sealed class DirectoryTarget : ArchiveTarget
{
    private readonly string _directory;
    private readonly string _staging;

    /// <exception cref="ArchiveException">Something is there already.</exception>
    public DirectoryTarget(string directory)
    {
        _directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        if (Path.Exists(_directory)) throw new ArchiveException($"{directory} is there already; name a new directory so that nothing is overwritten");
        _staging = $"{_directory}.{Guid.NewGuid():N}.tmp";
    }

    /// <inheritdoc />
    public override async Task AddAsync(string name, Stream content, DateTimeOffset time, CancellationToken cancellationToken)
    {
        if (MemoryFiles.NameProblem(name) is { } problem) throw new ArchiveException($"\"{name}\" cannot be a file here: it {problem}; export to a file ending in .tar.gz instead");
        var file = Path.Combine(_staging, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using (var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None)) await content.CopyToAsync(stream, cancellationToken);
        File.SetLastWriteTimeUtc(file, time.UtcDateTime);
    }

    /// <summary>Gives the directory its name.</summary>
    public void Complete() => Directory.Move(_staging, _directory);

    /// <inheritdoc />
    public override ValueTask DisposeAsync()
    {
        if (Directory.Exists(_staging)) Directory.Delete(_staging, recursive: true);
        return ValueTask.CompletedTask;
    }
}
