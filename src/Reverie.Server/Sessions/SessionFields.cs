using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Server.Http;
using Reverie.Sessions.Starting;

namespace Reverie.Server.Sessions;

/// <summary>Reads what a request says of a session beyond its agent. What is wrong is noted in the body.</summary>
internal static class SessionFields
{
    /// <summary>Cents of the largest cap: ten billion dollars.</summary>
    private const int CentsDigitsMax = 12;

    private const int TitleCharsMax = 1024;
    private const int VaultsMax = 100;
    private const int ResourcesMax = 600;
    private const int InstructionsCharsMax = 4096;
    private const int PathCharsMax = 1024;

    public static string? Title(JsonPart root) => root.Text("title", false, 0, TitleCharsMax);

    /// <summary>US cents; null when absent, null or wrong.</summary>
    public static long? Budget(JsonPart root)
    {
        if (root.Object("budget") is not { } budget) return null;
        budget.Knows("type", "max_list_cost").OneOf("type", true, "limit");
        if (!budget.Has("max_list_cost")) budget.Problem("max_list_cost", "is required");
        if (budget.Object("max_list_cost") is not { } cost) return null;
        cost.Knows("amount", "currency").OneOf("currency", true, "USD");
        if (cost.Text("amount", true, 0, int.MaxValue) is not { } amount) return null;
        if (amount.Length is > 0 and <= CentsDigitsMax && amount[0] is >= '1' and <= '9' && amount.All(char.IsAsciiDigit)) return long.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);
        cost.Problem("amount", $"must be whole cents above 0, digits only without a leading zero, at most {CentsDigitsMax} of them");
        return null;
    }

    public static IReadOnlyList<string> Vaults(JsonPart root)
    {
        var vaults = root.Texts("vault_ids", VaultsMax, 1, 128);
        if (vaults.Count > 0) root.Problem("vault_ids", "must be empty: this server has no vaults yet");
        return vaults;
    }

    public static IReadOnlyList<ResourceEdit> Resources(JsonPart root)
    {
        var resources = new List<ResourceEdit>();
        foreach (var part in root.Objects("resources", ResourcesMax))
        {
            if (Resource(part) is { } resource) resources.Add(resource);
        }
        return resources;
    }

    /// <summary>A file to mount, as a request for one names it.</summary>
    public static FileEdit? File(JsonPart part)
    {
        part.Knows("type", "file_id", "mount_path");
        var file = part.Text("file_id", true, 1, 128);
        var path = part.Text("mount_path", false, 1, PathCharsMax);
        return file is null ? null : new FileEdit(part.Name, file, path);
    }

    private static ResourceEdit? Resource(JsonPart part)
    {
        switch (part.OneOf("type", true, "file", "github_repository", "memory_store"))
        {
            case "file":
                return File(part);
            case "memory_store":
                return MemoryStore(part.Knows("type", "memory_store_id", "access", "instructions"));
            case "github_repository":
                return Repository(part.Knows("type", "url", "authorization_token", "checkout", "mount_path"));
            default:
                return null;
        }
    }

    private static MemoryStoreEdit? MemoryStore(JsonPart part)
    {
        var access = part.OneOf("access", false, "read_write", "read_only") ?? "read_write";
        var instructions = part.Text("instructions", false, 0, InstructionsCharsMax);
        if (part.Text("memory_store_id", true, 1, 128) is not { } text) return null;
        if (Id<MemoryStore>.TryParse(text, out var id)) return new MemoryStoreEdit(part.Name, id, access, instructions);
        part.Problem("memory_store_id", "is not the id of a memory store");
        return null;
    }

    private static RepositoryEdit? Repository(JsonPart part)
    {
        var url = part.Text("url", true, 1, PathCharsMax);
        var token = part.Text("authorization_token", false, 1, PathCharsMax);
        var path = part.Text("mount_path", false, 1, PathCharsMax);
        string? branch = null, sha = null;
        if (part.Object("checkout") is { } checkout)
        {
            if (checkout.OneOf("type", true, "branch", "commit") == "branch") branch = checkout.Knows("type", "name").Text("name", true, 1, 255);
            else sha = checkout.Knows("type", "sha").Text("sha", true, 40, 40);
        }
        return url is null ? null : new RepositoryEdit(part.Name, url, token, branch, sha, path);
    }
}
