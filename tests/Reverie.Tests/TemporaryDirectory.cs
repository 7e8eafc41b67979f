namespace Reverie.Tests;

/// <summary>A directory of one test, gone after it.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("reverie-tests-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        var file = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
        return file;
    }

    /// <summary>A named pipe that nobody writes to.</summary>
    public string Pipe(string name)
    {
        using var mkfifo = System.Diagnostics.Process.Start("mkfifo", this[name]);
        mkfifo.WaitForExit();
        return this[name];
    }

    public UnixFileMode Mode(string name) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(this[name]);

    public void SetMode(string name, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(this[name], mode);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
