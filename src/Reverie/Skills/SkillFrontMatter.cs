using System.Text;
using System.Text.RegularExpressions;
using Reverie.Yaml;
using YamlDotNet.RepresentationModel;

namespace Reverie.Skills;

/// <summary>Name and description of a skill: YAML between two lines of <c>---</c> at the beginning of SKILL.md.</summary>
internal static partial class SkillFrontMatter
{
    private const string Fence = "---";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="main">SKILL.md.</param>
    /// <param name="directory">What it lies in, which names the skill unless the front matter does; empty for nothing.</param>
    /// <exception cref="SkillFormatException">A rule is broken.</exception>
    public static (string Name, string Description) Read(byte[] main, string directory)
    {
        var fields = Fields(TextOf(main));
        var name = Value(fields, "name") ?? (directory.Length > 0 ? directory : throw new SkillFormatException("has a SKILL.md without a name in its front matter"));
        var description = Value(fields, "description")?.Trim() ?? "";
        if (NameProblem(name) is { } wrong) throw new SkillFormatException($"has a SKILL.md whose name {wrong}");
        if (DescriptionProblem(description) is { } also) throw new SkillFormatException($"has a SKILL.md whose description {also}");
        return (name, description);
    }

    private static string? NameProblem(string name)
    {
        if (name.Length > SkillLimits.NameCharsMax) return $"has {name.Length} characters; the limit is {SkillLimits.NameCharsMax}";
        if (!Slug().IsMatch(name)) return $"must be lower-case letters, digits and hyphens between them, not {SkillFormatException.Shown(name)}";
        return name is "anthropic" or "claude" ? $"must not be {name}, which is reserved" : null;
    }

    private static string? DescriptionProblem(string description)
    {
        var chars = description.EnumerateRunes().Count();
        if (chars is 0 or > SkillLimits.DescriptionCharsMax) return $"must have 1 to {SkillLimits.DescriptionCharsMax} characters, not {chars}";
        if (description.Any(static c => char.IsControl(c) && c is not ('\n' or '\t'))) return "must not contain control characters";
        return Tag().IsMatch(description) ? "must not contain XML tags" : null;
    }

    private static string TextOf(byte[] main)
    {
        // The body may be long; what a mistake in it would be does not matter here.
        var length = Math.Min(main.Length, SkillLimits.FrontMatterBytesMax);
        while (length < main.Length && length > 0 && (main[length] & 0xC0) == 0x80) length--;
        try
        {
            return Strict.GetString(main, 0, length).TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal);
        }
        catch (DecoderFallbackException)
        {
            throw new SkillFormatException("has a SKILL.md that is not UTF-8 text");
        }
    }

    private static YamlMappingNode Fields(string text)
    {
        var lines = text.Split('\n');
        var end = lines[0].TrimEnd() == Fence ? Array.FindIndex(lines, 1, static l => l.TrimEnd() == Fence) : -1;
        if (end < 0) throw new SkillFormatException($"has a SKILL.md that does not begin with front matter: name and description between two lines of {Fence}, in its first {SkillLimits.FrontMatterBytesMax} bytes");
        try
        {
            return YamlText.Load(string.Join('\n', lines[1..end])) as YamlMappingNode ?? throw new SkillFormatException("has a SKILL.md whose front matter is no list of fields");
        }
        catch (YamlTextException error)
        {
            throw new SkillFormatException($"has a SKILL.md whose front matter is not read: line {error.Line + 1}: {error.Problem}");
        }
    }

    private static string? Value(YamlMappingNode fields, string name)
    {
        var found = fields.Children.FirstOrDefault(c => c.Key is YamlScalarNode { Value: { } key } && key == name).Value;
        return found switch
        {
            null => null,
            YamlScalarNode { Value: { } text } => text,
            _ => throw new SkillFormatException($"has a SKILL.md whose {name} is no text"),
        };
    }

    [GeneratedRegex("^[a-z0-9]+(?:-+[a-z0-9]+)*\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Slug();

    [GeneratedRegex("</?[A-Za-z][^<>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();
}
