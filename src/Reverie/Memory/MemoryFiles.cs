using System.Text;
using Reverie.Dreaming;
using Reverie.Files;
using Reverie.Protocol.Memory;

namespace Reverie.Memory;

/// <summary>Single memories as files: what may be one, reading it exactly, writing it exactly.</summary>
internal static class MemoryFiles
{
    /// <summary>Throws where bytes or characters are not valid Unicode, so that decoding and encoding lose nothing.</summary>
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads every memory under <paramref name="directory"/>.</summary>
    public static MemoryTree Read(string directory)
    {
        CheckExists(directory);
        return Guard(directory, "read", () =>
        {
            var texts = new List<KeyValuePair<string, string>>();
            Read(new DirectoryInfo(directory), "", directory, texts);
            return MemoryTree.Of(texts);
        });
    }

    /// <summary>Throws when <paramref name="directory"/> names nothing.</summary>
    public static void CheckName(string directory)
    {
        if (string.IsNullOrWhiteSpace(directory) || directory.Contains('\0'))
            throw new MemoryDirectoryException($"\"{directory.Replace('\0', ' ')}\" names no directory");
    }

    /// <summary>Throws when <paramref name="directory"/> is missing or a file.</summary>
    public static void CheckExists(string directory)
    {
        CheckName(directory);
        if (File.Exists(directory)) throw new MemoryDirectoryException($"{directory}: is a file; a memory store is a directory");
        if (!Directory.Exists(directory))
            throw new MemoryDirectoryException($"{directory}: does not exist; create the directory (it may be empty) or check the path");
    }

    /// <summary>Throws when <paramref name="memory"/> cannot be a directory of files within the limits.</summary>
    public static void CheckWritable(MemoryTree memory)
    {
        if (memory.Texts.Count > MemoryLimits.MemoriesMax)
            throw new MemoryDirectoryException($"a store holds at most {MemoryLimits.MemoriesMax} memories, not {memory.Texts.Count}");
        foreach (var (path, text) in memory.Texts)
        {
            if (NameProblem(path) is { } problem)
                throw new MemoryDirectoryException($"the memory path \"{path}\" {problem}");
            CheckText(path, text);
            for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
            {
                if (memory.Find(path[..slash]) is not null)
                    throw new MemoryDirectoryException($"the memory \"{path[..slash]}\" is in the way of \"{path}\": one path cannot be a file and a directory");
            }
        }
    }

    /// <summary>Throws when <paramref name="directory"/> or any directory on the way to <paramref name="path"/>, or the file itself, is a link.</summary>
    public static void CheckNoLink(string directory, string path)
    {
        var step = Path.TrimEndingDirectorySeparator(directory);
        if (new DirectoryInfo(step).LinkTarget is not null)
            throw new MemoryDirectoryException($"{directory}: is a symbolic link; name the directory itself to change it");
        foreach (var segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            step = Path.Combine(step, segment);
            if (new FileInfo(step).LinkTarget is not null)
                throw new MemoryDirectoryException($"{step}: is a symbolic link; memories are never written through one");
        }
    }

    /// <summary>Writes one new file below <paramref name="directory"/>, with the directories above it.</summary>
    public static void Write(string directory, string path, string text, string? origin)
    {
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            var above = Path.Combine(directory, path[..slash]);
            if (!Directory.Exists(above)) CreateDirectory(above, origin is null ? null : Path.Combine(origin, path[..slash]));
        }
        var file = Path.Combine(directory, path);
        using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        // Before the text is in it: nobody reads meanwhile what only some may.
        if (origin is not null) OutputFile.KeepMode(Path.Combine(origin, path), file);
        stream.Write(Strict.GetBytes(text));
    }

    /// <summary>Makes a directory with the mode of <paramref name="origin"/>, and always writable for its owner.</summary>
    public static void CreateDirectory(string directory, string? origin)
    {
        Directory.CreateDirectory(directory);
        if (origin is null || OperatingSystem.IsWindows() || !Directory.Exists(origin)) return;
        File.SetUnixFileMode(directory, File.GetUnixFileMode(origin) | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Runs file work and turns its failures into one that names <paramref name="directory"/>.</summary>
    public static T Guard<T>(string directory, string verb, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MemoryDirectoryException($"{directory}: cannot be {verb}: {error.Message}", error);
        }
    }

    /// <inheritdoc cref="Guard{T}"/>
    public static void Guard(string directory, string verb, Action work) => Guard(directory, verb, () =>
    {
        work();
        return true;
    });

    private static void Read(DirectoryInfo directory, string prefix, string root, List<KeyValuePair<string, string>> texts)
    {
        foreach (var entry in directory.EnumerateFileSystemInfos())
        {
            if (MemoryFileName.PassedOver.Contains(entry.Name)) continue;
            var path = prefix + entry.Name;
            if (entry.LinkTarget is not null)
                throw new MemoryDirectoryException($"{root}: \"{path}\" is a symbolic link; links are not followed, put the file itself there");
            if (MemoryPath.Problem(path) is { } problem)
                throw new MemoryDirectoryException($"{root}: the path \"{path}\" {problem}; rename it");
            if (entry is DirectoryInfo below)
            {
                Read(below, path + "/", root, texts);
                continue;
            }
            if (texts.Count == MemoryLimits.MemoriesMax)
                throw new MemoryDirectoryException($"{root}: holds more than {MemoryLimits.MemoriesMax} files, the most a memory store may have");
            texts.Add(KeyValuePair.Create(path, ReadText((FileInfo)entry, path, root)));
        }
    }

    private static string ReadText(FileInfo file, string path, string root)
    {
        if (InputFile.Problem(file.FullName) is { } problem) throw new MemoryDirectoryException($"{root}: \"{path}\" {problem}, or take it out");
        var bytes = new byte[MemoryLimits.ContentBytesMax + 1];
        int count;
        try
        {
            using var stream = file.Open(new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });
            count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new MemoryDirectoryException($"{root}: \"{path}\" may not be read; check its permissions", error);
        }
        if (count > MemoryLimits.ContentBytesMax)
            throw new MemoryDirectoryException($"{root}: \"{path}\" is {file.Length:N0} bytes; a memory has at most {MemoryLimits.ContentBytesMax:N0}, split it");
        try
        {
            return Strict.GetString(bytes, 0, count);
        }
        catch (DecoderFallbackException error)
        {
            throw new MemoryDirectoryException($"{root}: \"{path}\" is not UTF-8 text (byte {error.Index}); convert it or take it out", error);
        }
    }

    private static void CheckText(string path, string text)
    {
        int bytes;
        try
        {
            bytes = Strict.GetByteCount(text);
        }
        catch (EncoderFallbackException error)
        {
            throw new MemoryDirectoryException($"the memory \"{path}\" holds text that is not valid Unicode", error);
        }
        if (bytes > MemoryLimits.ContentBytesMax)
            throw new MemoryDirectoryException($"the memory \"{path}\" is {bytes:N0} bytes; a memory has at most {MemoryLimits.ContentBytesMax:N0}");
    }

    /// <summary>Says why no file can have the name <paramref name="path"/> here; null when one can.</summary>
    public static string? NameProblem(string path) => MemoryPath.Problem(path) ?? MemoryFileName.Problem(path)
        ?? (path.Split('/').Any(static segment => segment.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) >= 0) ? "has a character this system does not allow in file names" : null);
}
