using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Reverie.Files;

namespace Reverie.Sandboxes.Files;

/// <summary>Calls that name a file by the open directory it lies in, never by a path that could come to lead elsewhere.</summary>
internal static class LinuxCalls
{
    private const int ReadOnly = 0;
    private const int WriteOnly = 0x1;
    private const int Create = 0x40;
    private const int Exclusive = 0x80;
    private const int NonBlocking = 0x800;
    private const int NoFollowGeneric = 0x20000;
    private const int NoFollowArm = 0x8000;
    private const int DirectoryGeneric = 0x10000;
    private const int DirectoryArm = 0x4000;
    private const int CloseOnExec = 0x80000;
    private const int PathOnly = 0x200000;
    private const int EmptyPath = 0x1000;
    private const int SymlinkNoFollow = 0x100;
    private const uint BasicStatus = 0x7FF;
    private const int StatusBytes = 256;
    private const int LinkBytesMax = 4_096;
    private const int CurrentDirectory = -100;

    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;
    private static readonly int NoFollow = IsArm ? NoFollowArm : NoFollowGeneric;
    private static readonly int IsDirectory = IsArm ? DirectoryArm : DirectoryGeneric;

    /// <summary>A directory the server itself names.</summary>
    public static SafeFileHandle OpenRoot(string path)
    {
        var handle = openat(CurrentDirectory, Bytes(path), PathOnly | IsDirectory | CloseOnExec, 0);
        return handle >= 0 ? Own(handle) : throw Failure();
    }

    /// <summary>Whatever <paramref name="name"/> is, a link too, without opening it for anything; null when there is nothing.</summary>
    public static SafeFileHandle? Find(SafeFileHandle directory, string name)
    {
        var handle = openat(Number(directory), Bytes(name), PathOnly | NoFollow | CloseOnExec, 0);
        if (handle >= 0) return Own(handle);
        return Marshal.GetLastPInvokeError() == (int)Errno.NoEntry ? null : throw Failure();
    }

    /// <summary>Opens for reading what <paramref name="found"/> stands for, which must be a regular file.</summary>
    public static FileStream Read(SafeFileHandle found)
    {
        var handle = openat(CurrentDirectory, Bytes(PathOf(found)), ReadOnly | NonBlocking | CloseOnExec, 0);
        return handle >= 0 ? new(Own(handle), FileAccess.Read) : throw Failure();
    }

    /// <summary>Makes a new file, readable by its owner until told otherwise.</summary>
    public static FileStream CreateFile(SafeFileHandle directory, string name)
    {
        var handle = openat(Number(directory), Bytes(name), WriteOnly | Create | Exclusive | NoFollow | CloseOnExec, 0x180);
        return handle >= 0 ? new(Own(handle), FileAccess.Write) : throw Failure();
    }

    public static void MakeDirectory(SafeFileHandle parent, string name)
    {
        if (mkdirat(Number(parent), Bytes(name), 0x1ED) != 0 && Marshal.GetLastPInvokeError() != (int)Errno.Exists) throw Failure();
    }

    public static void Rename(SafeFileHandle directory, string from, string to) => Move(directory, from, directory, to);

    /// <summary>Moves what has a name in one directory to a name of another on the same disk.</summary>
    public static void Move(SafeFileHandle fromDirectory, string from, SafeFileHandle toDirectory, string to)
    {
        if (renameat(Number(fromDirectory), Bytes(from), Number(toDirectory), Bytes(to)) != 0) throw Failure();
    }

    public static void Unlink(SafeFileHandle directory, string name) => _ = unlinkat(Number(directory), Bytes(name), 0);

    /// <summary>Gives what <paramref name="name"/> is, a link too, to an account.</summary>
    public static void ChangeOwner(SafeFileHandle directory, string name, int owner)
    {
        if (fchownat(Number(directory), Bytes(name), owner, owner, name.Length == 0 ? EmptyPath : SymlinkNoFollow) != 0) throw Failure();
    }

    /// <summary>Lets its owner list and change a directory; nothing else is touched.</summary>
    public static void RestoreRights(SafeFileHandle found)
    {
        var status = Status(found);
        var rights = status.Mode | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (status.Kind == FileKind.Directory && rights != status.Mode && chmod(Bytes(PathOf(found)), (uint)rights) != 0) throw Failure();
    }

    public static string ReadLink(SafeFileHandle link)
    {
        var buffer = new byte[LinkBytesMax];
        var count = readlinkat(Number(link), [0], buffer, buffer.Length);
        return count >= 0 ? Encoding.UTF8.GetString(buffer, 0, (int)count) : throw Failure();
    }

    public static FileStatus Status(SafeFileHandle handle)
    {
        Span<byte> status = stackalloc byte[StatusBytes];
        return statx(Number(handle), [0], EmptyPath, BasicStatus, ref MemoryMarshal.GetReference(status)) == 0 ? Status(status) : throw Failure();
    }

    /// <summary>What <paramref name="name"/> is at this moment, a link too; null when there is nothing. It may be something else already.</summary>
    public static FileStatus? Status(SafeFileHandle directory, string name)
    {
        Span<byte> status = stackalloc byte[StatusBytes];
        if (statx(Number(directory), Bytes(name), SymlinkNoFollow, BasicStatus, ref MemoryMarshal.GetReference(status)) == 0) return Status(status);
        return Marshal.GetLastPInvokeError() == (int)Errno.NoEntry ? null : throw Failure();
    }

    private static FileStatus Status(ReadOnlySpan<byte> status)
    {
        var mode = BinaryPrimitives.ReadUInt16LittleEndian(status[28..]);
        return new(
            LinuxStatus.Kinds(mode & 0xF000),
            (UnixFileMode)(mode & 0x1FF),
            (int)BinaryPrimitives.ReadUInt32LittleEndian(status[20..]),
            BinaryPrimitives.ReadInt64LittleEndian(status[40..]),
            BinaryPrimitives.ReadInt64LittleEndian(status[48..]) * 512,
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64LittleEndian(status[112..])).AddTicks(BinaryPrimitives.ReadUInt32LittleEndian(status[120..]) / 100));
    }

    /// <summary>Names in a directory, without <c>.</c> and <c>..</c>, in no order.</summary>
    public static IEnumerable<string> Names(SafeFileHandle directory) =>
        Directory.EnumerateFileSystemEntries($"{PathOf(directory)}/", "*", Everything).Select(static p => Path.GetFileName(p));

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true, MatchType = MatchType.Simple };

    private static byte[] Bytes(string text) => text.Contains('\0') ? throw new SandboxFileException("a path holds a NUL character") : Encoding.UTF8.GetBytes(text + '\0');

    private static int Number(SafeFileHandle handle) => (int)handle.DangerousGetHandle();

    /// <summary>Leads to an open file or directory, whatever becomes of its name.</summary>
    public static string PathOf(SafeFileHandle handle) => $"/proc/self/fd/{Number(handle)}";

    private static SafeFileHandle Own(int handle) => new(handle, ownsHandle: true);

    private static SandboxFileException Failure() => new(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()).ToLowerInvariant());

    private enum Errno
    {
        NoEntry = 2,
        Exists = 17,
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int openat(int directory, byte[] path, int flags, int mode);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int chmod(byte[] path, uint mode);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int mkdirat(int directory, byte[] path, int mode);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int renameat(int fromDirectory, byte[] from, int toDirectory, byte[] to);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int unlinkat(int directory, byte[] path, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fchownat(int directory, byte[] path, int owner, int group, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint readlinkat(int directory, byte[] path, byte[] buffer, nint bytes);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int directory, byte[] path, int flags, uint mask, ref byte status);
}

/// <summary>What an open file is.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Mode">Who may do what.</param>
/// <param name="Owner">The number of its account.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="AllocatedBytes">Its bytes on the disk.</param>
/// <param name="ModifiedAt">When its content last changed.</param>
internal sealed record FileStatus(FileKind Kind, UnixFileMode Mode, int Owner, long Length, long AllocatedBytes, DateTimeOffset ModifiedAt);
