using System.Text;

namespace Reverie.Skills;

/// <summary>Paths of the files of a skill.</summary>
internal static class SkillPath
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A sent path with slashes; backslashes, which some programs write into archives, count as them.</summary>
    /// <exception cref="SkillFormatException">It could lead out of the skill's directory, or no file system takes it.</exception>
    public static string Of(string sent)
    {
        var path = sent.Replace('\\', '/');
        if (Problem(path) is { } problem) throw new SkillFormatException($"has a file {SkillFormatException.Shown(sent)} whose path {problem}");
        return path;
    }

    /// <summary>What desktops leave in archives beside the files.</summary>
    public static bool IsClutter(string path) => path.StartsWith("__MACOSX/", StringComparison.Ordinal) || path == ".DS_Store" || path.EndsWith("/.DS_Store", StringComparison.Ordinal);

    private static string? Problem(string path)
    {
        if (path.Any(char.IsControl)) return "has control characters";
        try
        {
            if (Strict.GetByteCount(path) > SkillLimits.PathBytesMax) return $"is longer than {SkillLimits.PathBytesMax} bytes";
        }
        catch (EncoderFallbackException)
        {
            return "has half of a surrogate pair";
        }
        if (path.StartsWith('/')) return "is absolute; it must begin with the skill's directory";
        var names = path.Split('/');
        if (names.Any(static n => n.Length == 0)) return "has an empty name";
        if (names.Any(static n => n is "." or "..")) return "has . or .. in it";
        return names.Any(static n => Encoding.UTF8.GetByteCount(n) > SkillLimits.NameBytesMax) ? $"has a name longer than {SkillLimits.NameBytesMax} bytes" : null;
    }
}
