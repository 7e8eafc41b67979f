namespace Reverie.Skills;

/// <summary>Limits of skills (public contract, "Skills").</summary>
public static class SkillLimits
{
    /// <summary>Bytes of all files of a version together, unpacked (30 MB); an archive may not be larger either.</summary>
    public const int SizeBytesMax = 30_000_000;

    /// <summary>Files of a version.</summary>
    public const int FilesMax = 2_000;

    /// <summary>How many times its own size an archive may unpack to.</summary>
    public const int ExpansionMax = 200;

    /// <summary>Bytes of a path below the skill's directory, in UTF-8.</summary>
    public const int PathBytesMax = 512;

    /// <summary>Bytes of one name in a path: what file systems take.</summary>
    public const int NameBytesMax = 255;

    public const int NameCharsMax = 64;
    public const int DescriptionCharsMax = 1_024;
    public const int DisplayNameCharsMax = 255;

    /// <summary>Bytes of SKILL.md that are looked at for its front matter.</summary>
    public const int FrontMatterBytesMax = 64 * 1024;

    /// <summary>Skills of an agent, and of all agents of a session together, each version once.</summary>
    public const int PerSessionMax = 500;

    /// <summary>Bytes of all skills of a session, unpacked (1 GB).</summary>
    public const long PerSessionBytesMax = 1_000_000_000;
}
