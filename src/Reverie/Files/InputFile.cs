namespace Reverie.Files;

/// <summary>A file that is about to be read.</summary>
public static class InputFile
{
    /// <summary>Why <paramref name="path"/> must not be opened; null when it may be, or is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="takesPipe">A pipe the shell hands over (<c>/dev/stdin</c>, <c>&lt;(…)</c>) will do: it has a writer. A named one may wait for ever.</param>
    public static string? Problem(string path, bool takesPipe = false) => FilePlaces.KindOf(path) switch
    {
        FileKind.Pipe => takesPipe && IsHandedOver(path) ? null : "is a named pipe, which may wait for ever; name a regular file",
        FileKind.Device => "is a device; name a regular file",
        FileKind.Socket => "is a socket; name a regular file",
        _ => null,
    };

    private static bool IsHandedOver(string path) => path is "/dev/stdin" || path.StartsWith("/dev/fd/", StringComparison.Ordinal);
}
