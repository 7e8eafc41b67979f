using System.Text;

namespace Reverie.Skills;

/// <summary>A skill as it is sent, checked: what its SKILL.md says and its files. Pure.</summary>
/// <param name="Name">The skill's.</param>
/// <param name="Description">When to use it.</param>
/// <param name="Files">SKILL.md among them, by their paths below the skill's directory, in order.</param>
public sealed record SkillBundle(string Name, string Description, IReadOnlyList<SkillFile> Files)
{
    private const string Main = "SKILL.md";

    /// <summary>Bytes of all files.</summary>
    public long SizeBytes => Files.Sum(static f => (long)f.Bytes.Length);

    /// <param name="sent">Files with the paths they were sent with: all in one directory with SKILL.md at its top, or SKILL.md and the rest as they lie beside it.</param>
    /// <exception cref="SkillFormatException">They break a rule.</exception>
    public static SkillBundle Of(IEnumerable<SkillFile> sent)
    {
        var files = sent.Select(static f => f with { Path = SkillPath.Of(f.Path) }).Where(static f => !SkillPath.IsClutter(f.Path)).ToList();
        if (files.Count > SkillLimits.FilesMax) throw new SkillFormatException($"has more than {SkillLimits.FilesMax} files");
        if (files.Sum(static f => (long)f.Bytes.Length) > SkillLimits.SizeBytesMax) throw SkillFormatException.TooLarge();
        RefuseClashes(files);
        var top = TopOf(files);
        files = [.. files.Select(f => f with { Path = f.Path[top.Length..] }).OrderBy(static f => f.Path, StringComparer.Ordinal)];
        var (name, description) = SkillFrontMatter.Read(files.Single(static f => f.Path == Main).Bytes, top.TrimEnd('/'));
        return new SkillBundle(name, description, files);
    }

    /// <summary>The directory all files lie in, with its slash; empty when SKILL.md lies in none.</summary>
    private static string TopOf(List<SkillFile> files)
    {
        if (files.Exists(static f => f.Path == Main)) return "";
        var tops = files.Select(static f => f.Path[..(f.Path.IndexOf('/', StringComparison.Ordinal) + 1)]).Distinct(StringComparer.Ordinal).ToList();
        if (tops is [{ Length: > 0 } top] && files.Exists(f => f.Path == top + Main)) return top;
        throw new SkillFormatException(tops.Count > 1
            ? $"must hold one directory with {Main} at its top; {SkillFormatException.Shown(tops[0])} and {SkillFormatException.Shown(tops[1])} are not one"
            : $"must hold a file called {Main} at the top of its directory");
    }

    /// <summary>No two files at one path, and none where another needs a directory.</summary>
    private static void RefuseClashes(List<SkillFile> files)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (!paths.Add(file.Path)) throw new SkillFormatException($"has more than one file {SkillFormatException.Shown(file.Path)}");
        }
        foreach (var file in files)
        {
            for (var end = file.Path.IndexOf('/', StringComparison.Ordinal); end > 0; end = file.Path.IndexOf('/', end + 1))
            {
                if (paths.Contains(file.Path[..end])) throw new SkillFormatException($"has a file {SkillFormatException.Shown(file.Path[..end])} where another file needs a directory");
            }
        }
    }
}

/// <summary>A file of a skill.</summary>
/// <param name="Path">With slashes, relative.</param>
/// <param name="Bytes">Its content.</param>
public sealed record SkillFile(string Path, byte[] Bytes)
{
    /// <summary>True for a script that names its interpreter: it can be started by its name.</summary>
    public bool IsProgram => Bytes.AsSpan().StartsWith("#!"u8);
}

/// <summary>What was sent is no skill.</summary>
/// <param name="problem">What breaks a rule; goes on after the word files.</param>
public sealed class SkillFormatException(string problem) : Exception(problem)
{
    /// <summary>True when there are too many bytes.</summary>
    public bool IsTooLarge { get; private init; }

    public static SkillFormatException TooLarge() => new($"has more than {SkillLimits.SizeBytesMax} bytes together, unpacked") { IsTooLarge = true };

    /// <summary>A sent name in a message: short and on one line.</summary>
    internal static string Shown(string name)
    {
        var line = new StringBuilder();
        foreach (var c in name.Take(80)) line.Append(char.IsControl(c) || char.IsSurrogate(c) ? '?' : c);
        return $"\"{line}{(name.Length > 80 ? "…" : "")}\"";
    }
}
