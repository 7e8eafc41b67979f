using Reverie.Dreaming;
using Reverie.Files;

namespace Reverie.Memory;

/// <summary>
/// A memory store kept as a plain directory: one UTF-8 file per memory, its relative path the memory's path. Contents
/// keep every byte: line endings, byte order marks and missing final newlines included.
/// </summary>
/// <remarks>
/// Hidden files are memories like any other; only what version control and file browsers put there is passed over
/// (<see cref="Protocol.Memory.MemoryFileName.PassedOver"/>). A directory whose change was interrupted is not read before that is settled.
/// </remarks>
public static class MemoryDirectory
{
    /// <summary>Reads <paramref name="directory"/> and changes nothing in it; an empty one is an empty store.</summary>
    /// <exception cref="MemoryDirectoryException">
    /// It is missing or unreadable, a change of it is not done, or something in it cannot be a memory: a symbolic link, a
    /// pipe, a path or a size outside the limits, text that is not UTF-8, too many files.
    /// </exception>
    public static MemoryTree Load(string directory)
    {
        MemoryFiles.CheckExists(directory);
        MemoryJournal.CheckSettled(directory);
        return MemoryFiles.Read(directory);
    }

    /// <summary>Finishes a change of <paramref name="directory"/> that a process of this user was interrupted in; true when there was one.</summary>
    /// <exception cref="MemoryDirectoryException">It is being changed, or a plan in it was not made by this user here.</exception>
    public static bool Settle(string directory)
    {
        MemoryFiles.CheckExists(directory);
        if (!MemoryJournal.IsIn(directory)) return false;
        using var journal = MemoryJournal.Open(directory);
        return journal.HasFinished;
    }

    /// <summary>
    /// Writes <paramref name="memory"/> to <paramref name="directory"/>, which must be new or empty. It appears there
    /// whole or not at all: it is written beside the directory and renamed.
    /// </summary>
    /// <param name="memory">The store.</param>
    /// <param name="directory">Where to.</param>
    /// <param name="origin">The directory the store was read from: what is in both has the mode it has there. Null for none.</param>
    /// <exception cref="MemoryDirectoryException">The directory is in use, or the store cannot be files. Nothing was written.</exception>
    public static void Save(MemoryTree memory, string directory, string? origin = null)
    {
        MemoryFiles.CheckWritable(memory);
        MemoryFiles.CheckName(directory);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        CheckNewOrEmpty(target, directory);
        // In the same parent, so that the rename stays within one file system.
        var staging = $"{target}.{Guid.NewGuid():N}.tmp";
        MemoryFiles.Guard(directory, "written", () =>
        {
            try
            {
                MemoryFiles.CreateDirectory(staging, origin);
                foreach (var (path, text) in memory.Texts) MemoryFiles.Write(staging, path, text, origin);
                OutputFile.KeepMode(target, staging);
                // Rename does not replace a directory here; an empty one is in the way and holds nothing to lose.
                if (Directory.Exists(target)) Directory.Delete(target, recursive: false);
                Directory.Move(staging, target);
            }
            finally
            {
                if (Directory.Exists(staging)) Directory.Delete(staging, recursive: true);
            }
        });
    }

    /// <summary>
    /// Changes <paramref name="directory"/> in place from <paramref name="before"/> to <paramref name="after"/>. Only
    /// memories that differ are touched, and each must still be what <paramref name="before"/> says.
    /// </summary>
    /// <remarks>
    /// New contents are first written completely to a journal inside the directory, then renamed into place one by one;
    /// a process killed in between leaves a journal that the next call finishes. No file is ever half written.
    /// </remarks>
    /// <exception cref="MemoryDirectoryException">
    /// A memory was changed by someone else, the way to one leads through a symbolic link, or the store cannot be files.
    /// Nothing was written.
    /// </exception>
    public static void Apply(MemoryTree before, MemoryTree after, string directory)
    {
        MemoryFiles.CheckWritable(after);
        MemoryFiles.CheckExists(directory);
        MemoryFiles.CheckNoLink(directory, "");
        var edits = Edits(before, after);
        using var journal = MemoryJournal.Open(directory);
        var current = MemoryFiles.Read(directory);
        foreach (var path in edits.Keys)
        {
            if (current.Find(path) == before.Find(path)) continue;
            throw new MemoryDirectoryException(
                $"{directory}: \"{path}\" is not what the change was made for (someone changed it meanwhile); nothing was written. Dream again over the current files");
        }
        MemoryFiles.CheckWritable(Result(current, edits));
        if (edits.Count > 0) journal.Write(edits);
    }

    /// <summary>Path → new text, or null to delete, for each path that differs.</summary>
    private static SortedDictionary<string, string?> Edits(MemoryTree before, MemoryTree after)
    {
        var edits = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (path, text) in after.Texts)
        {
            if (before.Find(path) != text) edits.Add(path, text);
        }
        foreach (var path in before.Texts.Keys)
        {
            if (after.Find(path) is null) edits.Add(path, null);
        }
        return edits;
    }

    private static MemoryTree Result(MemoryTree current, SortedDictionary<string, string?> edits) => MemoryTree.Of(
        current.Texts.Where(memory => !edits.ContainsKey(memory.Key))
            .Concat(edits.Where(edit => edit.Value is not null).Select(edit => KeyValuePair.Create(edit.Key, edit.Value!))));

    private static void CheckNewOrEmpty(string target, string asNamed)
    {
        var there = new DirectoryInfo(target);
        if (there.LinkTarget is not null)
            throw new MemoryDirectoryException($"{asNamed}: is a symbolic link; name the directory itself");
        if (File.Exists(target)) throw new MemoryDirectoryException($"{asNamed}: is a file; name a new or empty directory");
        if (there.Exists && MemoryFiles.Guard(asNamed, "read", () => there.EnumerateFileSystemInfos().Any()))
            throw new MemoryDirectoryException($"{asNamed}: is not empty; name a new or empty directory so that nothing is overwritten");
    }
}
