namespace Reverie.Files;

/// <summary>What stands at a path.</summary>
public enum FileKind
{
    /// <summary>Nothing, or nothing that may be looked at.</summary>
    Missing,

    /// <summary>Bytes with an end.</summary>
    Regular,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>A pipe, named or not.</summary>
    Pipe,

    /// <summary>A disk, terminal, <c>/dev/zero</c> and the like.</summary>
    Device,

    /// <summary>A socket.</summary>
    Socket,
}
