using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Reverie.Files;

/// <summary>What Linux says of a path (statx(2), whose layout is the same on every processor).</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Identity">Device and inode; equal for two names of one file.</param>
internal sealed record LinuxStatus(FileKind Kind, (ulong Device, ulong Inode) Identity)
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const int DoesNotFollowLinks = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint TypeAndInode = 0x1 | 0x100; // STATX_TYPE | STATX_INO
    private const int StatusBytes = 256;

    /// <summary>Null where there is nothing, or nothing that may be looked at.</summary>
    public static LinuxStatus? Of(string path, bool followsLinks)
    {
        var status = new byte[StatusBytes];
        var flags = followsLinks ? 0 : DoesNotFollowLinks;
        if (statx(CurrentDirectory, Encoding.UTF8.GetBytes(path + '\0'), flags, TypeAndInode, status) != 0) return null;
        var mode = BinaryPrimitives.ReadUInt16LittleEndian(status.AsSpan(28));
        var device = BinaryPrimitives.ReadUInt64LittleEndian(status.AsSpan(136)); // major and minor number
        var inode = BinaryPrimitives.ReadUInt64LittleEndian(status.AsSpan(32));
        return new(Kinds(mode & 0xF000), (device, inode));
    }

    public static FileKind Kinds(int type) => type switch
    {
        0x8000 => FileKind.Regular,
        0x4000 => FileKind.Directory,
        0xA000 => FileKind.Link,
        0x1000 => FileKind.Pipe,
        0xC000 => FileKind.Socket,
        _ => FileKind.Device,
    };

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int directory, byte[] path, int flags, uint mask, byte[] status);
}
