using System.Text;
using System.Text.Json;
using Reverie.Files;
using Reverie.Protocol.Memory;

namespace Reverie.Memory;

/// <summary>
/// Edits to a memory directory that survive being killed at any moment: contents and plan are written first, and once
/// the plan stands the edits happen, now or at the next opening. Only one process has it open, and only plans that this
/// user's own processes left are carried out.
/// </summary>
internal sealed class MemoryJournal : IDisposable
{
    /// <summary>Where the journal lives inside the memory directory while it is open; never a memory.</summary>
    public const string DirectoryName = MemoryFileName.Journal;

    private const string PlanName = "plan.json";
    private const string LockName = "lock";

    private readonly PlanRegister _register = PlanRegister.OfUser;
    private readonly string _directory;
    private readonly string _journal;
    private readonly FileStream _lock;

    private MemoryJournal(string directory, string journal, FileStream held)
    {
        _directory = directory;
        _journal = journal;
        _lock = held;
    }

    /// <summary>True when opening it finished a change that had been interrupted.</summary>
    public bool HasFinished { get; private set; }

    private string PlanFile => Path.Combine(_journal, PlanName);

    /// <summary>Takes the journal of <paramref name="directory"/> and finishes what an interrupted process left in it.</summary>
    public static MemoryJournal Open(string directory)
    {
        MemoryFiles.CheckNoLink(directory, DirectoryName);
        return MemoryFiles.Guard(directory, "changed", () =>
        {
            var path = Path.Combine(directory, DirectoryName);
            CheckEntries(directory, path);
            CreatePrivateDirectory(path);
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

    /// <summary>True when <paramref name="directory"/> has a journal, open or left behind.</summary>
    public static bool IsIn(string directory) => FilePlaces.EntryKindOf(Path.Combine(directory, DirectoryName)) != FileKind.Missing;

    /// <summary>Throws when a change of <paramref name="directory"/> is under way or stands half done; touches nothing.</summary>
    public static void CheckSettled(string directory)
    {
        if (!IsIn(directory)) return;
        MemoryFiles.CheckNoLink(directory, DirectoryName);
        MemoryFiles.Guard(directory, "read", () =>
        {
            var journal = Path.Combine(directory, DirectoryName);
            CheckEntries(directory, journal);
            var names = Directory.EnumerateFileSystemEntries(journal).Select(Path.GetFileName).ToHashSet(StringComparer.Ordinal);
            if (names.Contains(LockName)) OpenLock(directory, Path.Combine(journal, LockName), FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.None).Dispose();
            if (!names.Contains(PlanName)) return;
            throw PlanRegister.OfUser.Holds(File.ReadAllBytes(Path.Combine(journal, PlanName)))
                ? new MemoryDirectoryException($"{directory}: a change of it was interrupted and is half done; run that apply, revert or review with --memory {directory} again, which finishes it first")
                : Foreign(directory);
        });
    }

    /// <summary>Makes a directory that only its owner may look into.</summary>
    public static void CreatePrivateDirectory(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Makes the edits, path → new text or null to delete. The caller has checked that each is right.</summary>
    public void Write(IReadOnlyDictionary<string, string?> edits)
    {
        foreach (var path in edits.Keys) MemoryFiles.CheckNoLink(_directory, path);
        MemoryFiles.Guard(_directory, "changed", () => CarryOut(Stage(edits)));
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

    /// <summary>A pipe in the place of a file of ours would be waited for, and a link would lead elsewhere.</summary>
    private static void CheckEntries(string directory, string journal)
    {
        foreach (var name in (string[])[LockName, PlanName])
        {
            if (FilePlaces.EntryKindOf(Path.Combine(journal, name)) is not (FileKind.Missing or FileKind.Regular)) throw Foreign(directory);
        }
    }

    private static MemoryDirectoryException Foreign(string directory) => new(
        $"{directory}: holds {DirectoryName}, the plan of a change that you did not make on this machine; it is not carried out. To keep the files as they are, remove it: rm -r {Quoted(Path.Combine(directory, DirectoryName))}");

    /// <summary>For a shell: the directory's name came from elsewhere, too.</summary>
    private static string Quoted(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    // The operating system frees the lock when its process dies, so a held one means a live writer.
    private static FileStream Lock(string directory, string file) =>
        OpenLock(directory, file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);

    private static FileStream OpenLock(string directory, string file, FileMode mode, FileAccess access, FileShare share, FileOptions options)
    {
        try
        {
            return new FileStream(file, new FileStreamOptions { Mode = mode, Access = access, Share = share, Options = options, BufferSize = 0 });
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
            var plan = File.ReadAllBytes(PlanFile);
            if (!_register.Holds(plan)) throw Foreign(_directory);
            CarryOut(plan);
            HasFinished = true;
        }
        DropStaged();
    }

    private void CarryOut(byte[] plan)
    {
        Finish(JsonSerializer.Deserialize<JournalPlan>(plan)!);
        File.Delete(PlanFile);
        _register.Strike(plan);
    }

    private byte[] Stage(IReadOnlyDictionary<string, string?> edits)
    {
        // The name makes the plan one that nobody could have written before it was registered.
        var plan = new JournalPlan($"{Guid.NewGuid():N}", [], []);
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
        var bytes = JsonSerializer.SerializeToUtf8Bytes(plan);
        var draft = PlanFile + ".draft";
        WriteDurably(draft, bytes);
        _register.Enter(bytes);
        // The point of no return: before it the edits never happened, after it they will.
        File.Move(draft, PlanFile);
        return bytes;
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
            var file = Path.Combine(_directory, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            OutputFile.Replace(content, file);
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
        using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>What stands to be done: path → name of its staged content, and the paths to delete.</summary>
    private sealed record JournalPlan(string Id, Dictionary<string, string> Writes, List<string> Deletes);
}
