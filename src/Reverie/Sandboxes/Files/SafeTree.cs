using Microsoft.Win32.SafeHandles;
using Reverie.Files;

namespace Reverie.Sandboxes.Files;

/// <summary>Reads directories an agent could write to: links are never followed, pipes and devices never opened, everything is bounded.</summary>
public static class SafeTree
{
    private const int MeasuredEntriesMax = 2_000_000;

    /// <summary>The regular files below a directory, in the order of their names.</summary>
    /// <param name="root">A directory of this machine.</param>
    /// <param name="limits">How much is listed.</param>
    /// <exception cref="SandboxFileException">The directory is missing.</exception>
    public static TreeListing List(string root, TreeLimits limits)
    {
        using var handle = LinuxCalls.OpenRoot(root);
        var files = new List<TreeFile>();
        var entries = 0;
        var bytes = 0L;
        var isCut = false;
        foreach (var file in Walk(handle, limits with { EntriesMax = limits.EntriesMax + 1 }, static _ => false))
        {
            bytes += file.IsLink ? 0 : file.Length;
            isCut = ++entries > limits.EntriesMax || bytes > limits.BytesMax;
            if (isCut) break;
            if (!file.IsLink) files.Add(file);
        }
        return new([.. files.OrderBy(static f => f.Path, StringComparer.Ordinal)], isCut);
    }

    /// <summary>A regular file below a directory; null when nothing of the kind is there any more, or it is longer than <paramref name="bytesMax"/>.</summary>
    public static byte[]? Read(string root, string path, int bytesMax)
    {
        using var stream = Open(root, path);
        return stream is null ? null : BoundedRead(stream, bytesMax);
    }

    /// <summary>A regular file below a directory, opened without following a link; null when nothing of the kind is there any more.</summary>
    public static FileStream? Open(string root, string path)
    {
        var handle = LinuxCalls.OpenRoot(root);
        try
        {
            foreach (var name in path.Split('/'))
            {
                if (name is "" or "." or "..") return null;
                var next = LinuxCalls.Status(handle).Kind == FileKind.Directory ? LinuxCalls.Find(handle, name) : null;
                if (next is null) return null;
                handle.Dispose();
                handle = next;
            }
            return LinuxCalls.Status(handle).Kind == FileKind.Regular ? LinuxCalls.Read(handle) : null;
        }
        finally
        {
            handle.Dispose();
        }
    }

    /// <summary>The content of a file that may grow meanwhile; null when it is longer than <paramref name="bytesMax"/>.</summary>
    public static byte[]? BoundedRead(Stream stream, int bytesMax)
    {
        var buffer = new byte[Math.Min(bytesMax, Math.Max(0, stream.Length)) + 1];
        var count = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return count > bytesMax ? null : buffer[..count];
    }

    /// <summary>Bytes on the disk below a directory.</summary>
    internal static long Measure(string root)
    {
        using var handle = LinuxCalls.OpenRoot(root);
        return Walk(handle, new(MeasuredEntriesMax, long.MaxValue), static _ => false).Sum(static f => f.AllocatedBytes);
    }

    /// <summary>Gives a directory and everything below it to an account.</summary>
    internal static void ChangeOwner(string root, int owner)
    {
        using var handle = LinuxCalls.OpenRoot(root);
        LinuxCalls.ChangeOwner(handle, "", owner);
        Descend(handle, 0, (directory, name, _) => LinuxCalls.ChangeOwner(directory, name, owner));
    }

    /// <summary>Gives their owner back the right to list and change a directory and those below it, so that it can be removed.</summary>
    internal static void RestoreRights(string root)
    {
        using var handle = LinuxCalls.OpenRoot(root);
        LinuxCalls.RestoreRights(handle);
        Descend(handle, 0, static (_, _, found) => LinuxCalls.RestoreRights(found));
    }

    /// <summary>Regular files and links below an open directory, directory by directory, without entering directories that <paramref name="skips"/> names.</summary>
    internal static IEnumerable<TreeFile> Walk(SafeFileHandle root, TreeLimits limits, Func<string, bool> skips)
    {
        var entries = 0;
        var waiting = new Stack<(SafeFileHandle Directory, string Path, IEnumerator<string> Names)>();
        waiting.Push((root, "", LinuxCalls.Names(root).GetEnumerator()));
        try
        {
            while (waiting.TryPeek(out var here))
            {
                if (!here.Names.MoveNext())
                {
                    Leave(waiting.Pop(), root);
                    continue;
                }
                if (++entries > limits.EntriesMax) yield break;
                var name = here.Names.Current;
                if (StatusQuietly(here.Directory, name) is not { } status) continue;
                var path = here.Path + name;
                if (status.Kind == FileKind.Directory && waiting.Count < limits.DepthMax && !skips(name) && EnterQuietly(here.Directory, name) is { } entered)
                    waiting.Push((entered, path + '/', LinuxCalls.Names(entered).GetEnumerator()));
                if (status.Kind is FileKind.Regular or FileKind.Link) yield return new(path, status.Length, status.AllocatedBytes, status.ModifiedAt, status.Kind == FileKind.Link);
            }
        }
        finally
        {
            while (waiting.TryPop(out var left)) Leave(left, root);
        }
    }

    private static void Leave((SafeFileHandle Directory, string Path, IEnumerator<string> Names) left, SafeFileHandle root)
    {
        left.Names.Dispose();
        if (left.Directory != root) left.Directory.Dispose();
    }

    private static void Descend(SafeFileHandle directory, int depth, Action<SafeFileHandle, string, SafeFileHandle> visit)
    {
        foreach (var name in LinuxCalls.Names(directory))
        {
            using var found = FindQuietly(directory, name);
            if (found is null) continue;
            visit(directory, name, found);
            if (depth < TreeLimits.DepthMaxOfAll && LinuxCalls.Status(found).Kind == FileKind.Directory) Descend(found, depth + 1, visit);
        }
    }

    private static FileStatus? StatusQuietly(SafeFileHandle directory, string name)
    {
        try
        {
            return LinuxCalls.Status(directory, name);
        }
        catch (SandboxFileException)
        {
            return null;
        }
    }

    /// <summary>The directory of this name, opened; null when it has become something else.</summary>
    private static SafeFileHandle? EnterQuietly(SafeFileHandle directory, string name)
    {
        if (FindQuietly(directory, name) is not { } found) return null;
        if (LinuxCalls.Status(found).Kind == FileKind.Directory) return found;
        found.Dispose();
        return null;
    }

    private static SafeFileHandle? FindQuietly(SafeFileHandle directory, string name)
    {
        try
        {
            return LinuxCalls.Find(directory, name);
        }
        catch (SandboxFileException)
        {
            return null;
        }
    }
}

/// <summary>A file below a directory.</summary>
/// <param name="Path">Its path from there, with slashes.</param>
/// <param name="Length">Bytes of its content.</param>
/// <param name="AllocatedBytes">Bytes it takes on the disk.</param>
/// <param name="ModifiedAt">When its content last changed.</param>
/// <param name="IsLink">True for a symbolic link, which a listing leaves out.</param>
public sealed record TreeFile(string Path, long Length, long AllocatedBytes, DateTimeOffset ModifiedAt, bool IsLink);

/// <summary>How much of a tree is visited.</summary>
/// <param name="EntriesMax">Files, directories, links and the rest.</param>
/// <param name="BytesMax">Bytes of all files listed.</param>
public sealed record TreeLimits(int EntriesMax, long BytesMax)
{
    internal const int DepthMaxOfAll = 100;

    /// <summary>Directories below each other.</summary>
    public int DepthMax { get; init; } = DepthMaxOfAll;
}

/// <summary>The regular files of a tree.</summary>
/// <param name="Files">In the order of their paths.</param>
/// <param name="IsCut">True when there was more than the limits allow; the rest is not listed.</param>
public sealed record TreeListing(IReadOnlyList<TreeFile> Files, bool IsCut);
