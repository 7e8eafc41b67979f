using Reverie.Agents;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Skills;
using Reverie.Server.Http;
using Reverie.Skills;

namespace Reverie.Server.Agents;

/// <summary>Reads the skills a request gives an agent. What is wrong is noted in the body.</summary>
internal static class SkillFields
{
    private const int IdCharsMax = 128;

    /// <summary>Versions that are not named are <see cref="SkillResolution.Latest"/>.</summary>
    public static Sent<IReadOnlyList<SkillReference>> Read(JsonPart root)
    {
        if (!root.IsSent("skills")) return default;
        var skills = new List<SkillReference>();
        foreach (var part in root.Objects("skills", SkillLimits.PerSessionMax))
        {
            part.Knows("type", "skill_id", "version");
            var type = part.OneOf("type", true, "custom", "anthropic");
            var id = part.Text("skill_id", true, 1, IdCharsMax);
            var version = part.Text("version", false, 1, IdCharsMax) ?? SkillResolution.Latest;
            if (type is null || id is null) continue;
            if (type == "anthropic") part.Problem("type", "must be custom: skills of type anthropic, such as xlsx, pptx, docx and pdf, are no part of this server; upload a skill of your own and name its id");
            else if (!Id<Skill>.TryParse(id, out _)) part.Problem("skill_id", $"must be an id that begins with {Skill.IdPrefix}_");
            else if (version != SkillResolution.Latest && !Id<SkillVersion>.TryParse(version, out _)) part.Problem("version", $"must be {SkillResolution.Latest} or an id that begins with {SkillVersion.IdPrefix}_");
            else if (skills.Exists(s => s.SkillId == id)) part.Problem("skill_id", $"names {id}, which the agent has already; name each skill once");
            else skills.Add(new CustomSkill(id, version));
        }
        return new Sent<IReadOnlyList<SkillReference>>(true, skills);
    }
}
