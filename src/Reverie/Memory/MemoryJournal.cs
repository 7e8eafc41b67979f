using System.Text;
using System.Text.Json;
using Reverie.Protocol.Memory;

namespace Reverie.Memory;

/// <summary>
/// Edits to a memory directory that survive being killed at any moment: contents and plan are written first, and once
/// the plan stands the edits happen, now or at the next opening. Only one process has it open.
/// </summary>
internal sealed class MemoryJournal : IDisposable
{
    /// <summary>Where the journal lives inside the memory directory while it is open; never a memory.</summary>
    public const string DirectoryName = ".reverie-journal";

    private const string PlanName = "plan.json";
    private const string LockName = "lock";

    private readonly string _directory;
    private readonly string _journal;
    private readonly FileStream _lock;

    private MemoryJournal(string directory, string journal, FileStream held)
    {
        _directory = directory;
        _journal = journal;
        _lock = held;
    }

    private string PlanFile => Path.Combine(_journal, PlanName);

    /// <summary>Takes the journal of <paramref name="directory"/> and finishes what an interrupted process left in it.</summary>
    public static MemoryJournal Open(string directory)
    {
        MemoryFiles.CheckNoLink(directory, DirectoryName);
        return MemoryFiles.Guard(directory, "changed", () =>
        {
            var path = Path.Combine(directory, DirectoryName);
            Directory.CreateDirectory(path);
            var journal = new MemoryJournal(directory, path, Lock(directory, Path.Combine(path, LockName)));
            try
            {
                journal.Recover();
                return journal;
            }
            catch
            {
                journal._lock.Dispose();
                throw;
            }
        });
    }

    /// <summary>Finishes or drops edits left by an interrupted process; touches nothing where there are none.</summary>
    public static void Settle(string directory)
    {
        if (Directory.Exists(Path.Combine(directory, DirectoryName))) Open(directory).Dispose();
    }

    /// <summary>Makes the edits, path → new text or null to delete. The caller has checked that each is right.</summary>
    public void Write(IReadOnlyDictionary<string, string?> edits)
    {
        foreach (var path in edits.Keys) MemoryFiles.CheckNoLink(_directory, path);
        MemoryFiles.Guard(_directory, "changed", () =>
        {
            Finish(Stage(edits));
            File.Delete(PlanFile);
        });
    }

    /// <summary>Gives the journal back. Staged contents go, unless a plan that still has to be finished needs them.</summary>
    public void Dispose()
    {
        try
        {
            if (!File.Exists(PlanFile)) DropStaged();
            _lock.Dispose();
            if (!Directory.EnumerateFileSystemEntries(_journal).Any()) Directory.Delete(_journal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Left-overs cost a few bytes and are cleared at the next opening; the edits themselves are done.
            _lock.Dispose();
        }
    }

    // The operating system frees the lock when its process dies, so a held one means a live writer.
    private static FileStream Lock(string directory, string file)
    {
        try
        {
            return new FileStream(file, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                Options = FileOptions.DeleteOnClose,
                BufferSize = 0,
            });
        }
        catch (IOException error)
        {
            throw new MemoryDirectoryException($"{directory}: is being changed by another process; try again when it is done", error);
        }
    }

    private void Recover()
    {
        if (File.Exists(PlanFile))
        {
            Finish(ReadPlan());
            File.Delete(PlanFile);
        }
        DropStaged();
    }

    private JournalPlan Stage(IReadOnlyDictionary<string, string?> edits)
    {
        var plan = new JournalPlan([], []);
        foreach (var (path, text) in edits)
        {
            if (text is null)
            {
                plan.Deletes.Add(path);
                continue;
            }
            var staged = $"{plan.Writes.Count}";
            WriteDurably(Path.Combine(_journal, staged), Encoding.UTF8.GetBytes(text));
            plan.Writes.Add(path, staged);
        }
        var draft = PlanFile + ".draft";
        WriteDurably(draft, JsonSerializer.SerializeToUtf8Bytes(plan));
        // The point of no return: before it the edits never happened, after it they will.
        File.Move(draft, PlanFile);
        return plan;
    }

    private void Finish(JournalPlan plan)
    {
        foreach (var path in plan.Deletes.Concat(plan.Writes.Keys)) MemoryFiles.CheckNoLink(_directory, path);
        // Deletions first: a file may have to make way for a directory of the same name.
        foreach (var path in plan.Deletes)
        {
            var file = Path.Combine(_directory, path);
            if (File.Exists(file)) File.Delete(file);
            RemoveEmptyAbove(path);
        }
        foreach (var (path, staged) in plan.Writes)
        {
            var content = Path.Combine(_journal, staged);
            // Missing: it was moved into place before the interruption.
            if (!File.Exists(content)) continue;
            MemoryFiles.CheckNoLink(_directory, DirectoryName + "/" + staged);
            var file = Path.Combine(_directory, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            // A journal that came with a directory must not make anything executable.
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(content, File.GetUnixFileMode(content) & ~(UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute));
            File.Move(content, file, overwrite: true);
        }
    }

    private void RemoveEmptyAbove(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            var above = Path.Combine(_directory, path[..slash]);
            if (!Directory.Exists(above)) continue;
            if (Directory.EnumerateFileSystemEntries(above).Any()) return;
            Directory.Delete(above);
        }
    }

    private void DropStaged()
    {
        foreach (var file in Directory.EnumerateFiles(_journal))
        {
            if (Path.GetFileName(file) != LockName) File.Delete(file);
        }
    }

    private static void WriteDurably(string file, byte[] content)
    {
        using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }

    private JournalPlan ReadPlan()
    {
        try
        {
            var plan = JsonSerializer.Deserialize<JournalPlan>(File.ReadAllBytes(PlanFile));
            // The directory may have come from anywhere; a plan must not lead out of it.
            var isSafe = plan is { Writes: not null, Deletes: not null }
                && plan.Deletes.Concat(plan.Writes.Keys).All(path => MemoryPath.Problem(path) is null && MemoryFiles.NameProblem(path) is null)
                && plan.Writes.Values.All(staged => staged.Length > 0 && staged.All(char.IsAsciiDigit));
            if (isSafe) return plan!;
        }
        catch (JsonException)
        {
            // Falls through to the one message for a plan that cannot be followed.
        }
        throw new MemoryDirectoryException(
            $"{_directory}: {DirectoryName}/{PlanName} is damaged; remove {DirectoryName} to keep the files as they are, or restore the directory from a copy");
    }

    /// <summary>What stands to be done: path → name of its staged content, and the paths to delete.</summary>
    private sealed record JournalPlan(Dictionary<string, string> Writes, List<string> Deletes);
}
