namespace Reverie.Dreaming.Tests.Tidy;

/// <summary>The checkout the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Hand-written C# below <paramref name="folder"/>, as path relative to the root and text.</summary>
    public static List<(string Path, string Text)> Sources(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(static full => Path.GetRelativePath(Root, full).Replace('\\', '/'))
            .Where(static path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(static path => (path, File.ReadAllText(Path.Combine(Root, path))))];

    private static string Find(string directory)
    {
        for (DirectoryInfo? at = new(directory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Reverie.slnx"))) return at.FullName;
        throw new InvalidOperationException($"no checkout above {directory}");
    }
}
