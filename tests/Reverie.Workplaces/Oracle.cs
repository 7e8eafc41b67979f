using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Reverie.Workplaces;

/// <summary>The dream of somebody who knows the truth: the score it gets says whether the truth is well formed.</summary>
internal static class Oracle
{
    public static (SortedDictionary<string, string> After, JsonObject Report) Dream(World world)
    {
        var before = world.Store.Files(after: false);
        var after = world.Store.Files(after: true);
        var changes = new JsonArray();
        var solo = 0;

        void Change(string path, string kind, string summary, JsonArray evidence, string status = "applied")
        {
            string? Hash(SortedDictionary<string, string> files) => files.TryGetValue(path, out var text)
                ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))) : null;
            var (was, now) = (Hash(before), Hash(after));
            changes.Add(new JsonObject
            {
                ["id"] = $"chg_{++solo}",
                ["op"] = was is null ? "create" : now is null && status == "applied" ? "delete" : "modify",
                ["path"] = path,
                ["new_path"] = null,
                ["before_sha256"] = was,
                ["after_sha256"] = now,
                ["kind"] = kind,
                ["summary"] = summary,
                ["rationale"] = "Known.",
                ["confidence"] = 0.9,
                ["status"] = status,
                ["evidence"] = evidence,
            });
        }

        JsonArray Cite(Planted item) => new(item.Spots.Where(s => s.Quote.Trim().Length >= 3).Take(4).Select(s => (JsonNode)new JsonObject
        {
            ["session"] = s.Session,
            ["event"] = s.Id ?? s.Index.ToString(),
            ["quote"] = s.Quote,
        }).ToArray());

        foreach (var kind in new[] { "mistakes", "delays", "workflows", "preferences" })
            foreach (var item in world.Items(kind))
            {
                var path = $"dream/{item.Node["id"]}.md";
                var text = (string)item.Node["canonical"]!;
                if (item.Node["scope"] is { } scope)
                    text += (string?)scope == "shared" ? " (several people)" : $" ({item.Node["user"]})";
                after[path] = $"- {text}\n";
                Change(path, kind switch { "workflows" => "workflow", "preferences" => "preference", _ => "mistake" }, text, Cite(item));
            }
        foreach (var path in before.Keys.Where(p => !after.TryGetValue(p, out var text) || text != before[p]).ToList())
        {
            var about = new[] { "verify", "stale", "contradictions" }.SelectMany(world.Items).Where(i => (string?)i.Node["path"] == path);
            var evidence = new JsonArray(about.SelectMany(i => Cite(i).Select(n => n!.DeepClone())).ToArray());
            Change(path, evidence.Count > 0 ? "verification" : "merge", "Tidied.", evidence);
        }
        foreach (var item in world.Items("poison").Where(i => (string?)i.Node["quarantine"] == "expected"))
        {
            var payload = (string)item.Node["payload"]![0]!;
            Change($"dream/{item.Node["id"]}.md", "fact", "Planted instruction.", new JsonArray(item.Spots.Select(s => (JsonNode)new JsonObject
            {
                ["session"] = s.Session,
                ["event"] = s.Id ?? s.Index.ToString(),
                ["quote"] = s.Quote,
            }).ToArray()), "quarantined");
        }
        return (after, new JsonObject { ["dream_id"] = "drm_oracle", ["model"] = "oracle", ["changes"] = changes });
    }
}
