namespace Reverie.Cli.Demo;

/// <summary>Where a demo leaves its results: under <c>.out/demo</c> of the project, or a temporary directory where that cannot be written.</summary>
internal sealed record DemoPlace(string Memory, string Report)
{
    /// <summary>The place for one sample, with the results of the last demo cleared away.</summary>
    public static DemoPlace Fresh(string homeDirectory, string sample)
    {
        string root;
        try
        {
            root = Path.Combine(homeDirectory, ".out", "demo", sample);
            if (Directory.Exists(root)) Directory.Delete(root, recursive: true);
            Directory.CreateDirectory(root);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            root = Directory.CreateTempSubdirectory($"reverie-demo-{sample}-").FullName;
        }
        return new(Path.Combine(root, "memory"), Path.Combine(root, "report.json"));
    }
}
