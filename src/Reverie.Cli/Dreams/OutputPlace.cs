using Reverie.Cli.Terminal;
using Reverie.Files;

namespace Reverie.Cli.Dreams;

/// <summary>Finds out before a dream, not after it, that its result would have no place.</summary>
internal static class OutputPlace
{
    public static void Check(DreamRequest request)
    {
        var output = Full(request.OutDirectory, "--out");
        var memory = Full(request.MemoryDirectory, "--memory");
        if (FilePlaces.KindOf(output) is not (FileKind.Missing or FileKind.Directory)) throw new BadInputException($"--out {request.OutDirectory}: is a file; name a new or empty directory");
        if (Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any())
            throw new BadInputException($"--out {request.OutDirectory}: is not empty; name a new or empty directory so that nothing is overwritten");
        if (FilePlaces.IsWithin(output, memory)) throw new BadInputException($"--out {request.OutDirectory}: lies within --memory {request.MemoryDirectory}, which is only read; name a directory outside");
        CheckWritable(Path.GetDirectoryName(output) ?? output, $"--out {request.OutDirectory}");

        if (request.ReportPath is not { } path) return;
        var report = Full(path, "--report");
        if (OutputFile.Problem(report) is { } problem) throw new BadInputException($"--report {path}: {problem}");
        if (request.SessionFiles.FirstOrDefault(file => FilePlaces.AreSame(file, report)) is { } input)
            throw new BadInputException($"--report {path}: is the session file {input}, which is only read; name another file");
        if (FilePlaces.IsWithin(report, memory) || FilePlaces.IsWithin(report, output))
            throw new BadInputException($"--report {path}: lies within a memory store and would become a memory; name a file outside");
        CheckWritable(Path.GetDirectoryName(report) ?? report, $"--report {path}");
    }

    private static string Full(string path, string name) => path.Length > 0
        ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))
        : throw new BadInputException($"{name} must not be empty");

    /// <summary>Tries the nearest directory that exists; what is missing below it will be made.</summary>
    private static void CheckWritable(string directory, string named)
    {
        while (!Directory.Exists(directory))
        {
            if (File.Exists(directory)) throw new BadInputException($"{named}: {directory} is a file, not a directory");
            directory = Path.GetDirectoryName(directory) ?? throw new BadInputException($"{named}: has no directory to lie in");
        }
        try
        {
            using var probe = new FileStream(Path.Combine(directory, $".reverie-{Guid.NewGuid():N}.tmp"),
                new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{named}: {directory} cannot be written to: {error.Message}", error);
        }
    }
}
