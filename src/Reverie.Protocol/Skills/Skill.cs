using Reverie.Protocol.Ids;

namespace Reverie.Protocol.Skills;

/// <summary>Instructions and files for a kind of work, in versions (public contract, "Skills"). Has at least one version.</summary>
public sealed record Skill : IResource
{
    /// <inheritdoc />
    public static string IdPrefix => "skill";

    /// <summary>Unique; never used again.</summary>
    public required Id<Skill> Id { get; init; }

    /// <summary>Always <c>skill</c>.</summary>
    public string Type { get; } = "skill";

    /// <summary>1 to 255 characters on one line, for people; need not be unique.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What <c>latest</c> stands for.</summary>
    public required Id<SkillVersion> LatestVersionId { get; init; }

    /// <summary>Where it comes from.</summary>
    public SkillSource Source { get; } = new("custom");

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a version was last added or deleted.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Where a skill comes from.</summary>
/// <param name="Type"><c>custom</c>: somebody of the workspace sent it.</param>
public sealed record SkillSource(string Type);

/// <summary>A skill as it was sent once. Never changes.</summary>
public sealed record SkillVersion : IResource
{
    /// <inheritdoc />
    public static string IdPrefix => "skver";

    /// <summary>Unique; never used again.</summary>
    public required Id<SkillVersion> Id { get; init; }

    /// <summary>Always <c>skill_version</c>.</summary>
    public string Type { get; } = "skill_version";

    /// <summary>The skill.</summary>
    public required Id<Skill> SkillId { get; init; }

    /// <summary>The same in every version: 1 to 64 lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>When to use it; 1 to 1,024 characters.</summary>
    public required string Description { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
