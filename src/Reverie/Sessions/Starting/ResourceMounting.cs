using System.Text.RegularExpressions;
using Reverie.Agents;
using Reverie.Files;
using Reverie.Memory.Stores;
using Reverie.Protocol.Files;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Storage;

namespace Reverie.Sessions.Starting;

/// <summary>Turns what a request wants mounted into resources of a session, each at a place of its own.</summary>
public sealed partial class ResourceMounting(MemoryStoreRepository stores, FileRepository files, IdGenerator ids, TimeProvider clock)
{
    public const int FilesMax = 500;
    public const int MemoryStoresMax = 8;
    public const int RepositoriesMax = 20;

    private const string UploadsRoot = "/mnt/session/uploads";
    private const string WorkspaceRoot = "/workspace";
    private const string MemoryRoot = "/mnt/memory";

    /// <returns>The resources, and what is wrong; with any problem nothing must be kept.</returns>
    public async ValueTask<(IReadOnlyList<SessionResource> Resources, IReadOnlyList<AgentProblem> Problems)> MountAsync(DbSession db, string workspaceId, Id<Session> session, IReadOnlyList<ResourceEdit> edits)
    {
        var resources = new List<SessionResource>();
        var problems = new List<AgentProblem>();
        TooMany<FileEdit>(edits, FilesMax, "files", problems);
        TooMany<MemoryStoreEdit>(edits, MemoryStoresMax, "memory stores", problems);
        TooMany<RepositoryEdit>(edits, RepositoriesMax, "repositories", problems);
        if (problems.Count > 0) return ([], problems);
        foreach (var edit in edits)
        {
            var (resource, problem) = edit switch
            {
                FileEdit file => await MountAsync(db, workspaceId, session, file),
                MemoryStoreEdit store => await MountAsync(db, workspaceId, store, resources),
                RepositoryEdit repository => Mount(repository),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
            if (problem is not null) problems.Add(problem);
            else if (resources.Find(r => Overlap(r.MountPath, resource!.MountPath)) is { } other) problems.Add(new AgentProblem($"{edit.Field}.mount_path", $"{resource!.MountPath} lies in the way of another resource at {other.MountPath}"));
            else resources.Add(resource!);
        }
        return (resources, problems);
    }

    /// <summary>Copies a file for the session and gives it a place.</summary>
    public async ValueTask<(SessionResource? Resource, AgentProblem? Problem)> MountAsync(DbSession db, string workspaceId, Id<Session> session, FileEdit edit)
    {
        if (!Id<StoredFile>.TryParse(edit.FileId, out var id) || await files.CopyAsync(db, workspaceId, id, session) is not { } copy)
            return Wrong(edit, "file_id", $"names no file of this workspace: {edit.FileId}");
        var path = edit.Path is null ? $"{UploadsRoot}/{edit.FileId}" : Below(UploadsRoot, edit.Path);
        if (path is null) return Wrong(edit, "mount_path", $"must be a path below {UploadsRoot}, without empty, . or .. segments");
        var now = DbTime.UtcNow(clock);
        return (new FileResource { Id = ids.New<SessionResource>(), FileId = copy.Id.Value, MountPath = path, CreatedAt = now, UpdatedAt = now }, null);
    }

    private async ValueTask<(SessionResource?, AgentProblem?)> MountAsync(DbSession db, string workspaceId, MemoryStoreEdit edit, List<SessionResource> mounted)
    {
        if (await stores.FindAsync(db, new MemoryScope(workspaceId, edit.StoreId)) is not { } store) return Wrong(edit, "memory_store_id", $"names no memory store of this workspace: {edit.StoreId}");
        if (store.ArchivedAt is not null) return Wrong(edit, "memory_store_id", $"names an archived memory store: {edit.StoreId}");
        if (mounted.OfType<MemoryStoreResource>().Any(m => m.MemoryStoreId == edit.StoreId)) return Wrong(edit, "memory_store_id", $"names {edit.StoreId} a second time");
        return (new MemoryStoreResource
        {
            Id = ids.New<SessionResource>(),
            MemoryStoreId = edit.StoreId,
            Access = edit.Access,
            Instructions = edit.Instructions,
            Name = store.Name,
            Description = store.Description ?? "",
            MountPath = FreePath(Slug(store.Name), mounted),
        }, null);
    }

    private (SessionResource?, AgentProblem?) Mount(RepositoryEdit edit)
    {
        if (RepositoryUrl().Match(edit.Url) is not { Success: true } match) return Wrong(edit, "url", "must be https://github.com/<owner>/<repo>, without .git");
        if (edit.Branch is { } branch && !BranchName().IsMatch(branch)) return Wrong(edit, "checkout.name", "is not a branch name");
        if (edit.Sha is { } sha && !sha.All(char.IsAsciiHexDigitLower)) return Wrong(edit, "checkout.sha", "must be the 40 hexadecimal digits of a commit");
        var path = Below(WorkspaceRoot, edit.Path ?? match.Groups["repo"].Value);
        if (path is null) return Wrong(edit, "mount_path", $"must be a path below {WorkspaceRoot}, without empty, . or .. segments");
        var now = DbTime.UtcNow(clock);
        return (new RepositoryResource
        {
            Id = ids.New<SessionResource>(),
            Url = edit.Url,
            MountPath = path,
            Checkout = edit.Branch is not null ? new BranchCheckout(edit.Branch) : edit.Sha is not null ? new CommitCheckout(edit.Sha) : null,
            CreatedAt = now,
            UpdatedAt = now,
        }, null);
    }

    /// <summary>The path below the root; null when it leaves it or is not clean.</summary>
    internal static string? Below(string root, string path)
    {
        var rest = path == root || path.StartsWith(root + "/", StringComparison.Ordinal) ? path[root.Length..] : path;
        var segments = rest.TrimStart('/').Split('/');
        return segments.All(static s => s.Length is > 0 and <= 255 && s is not ("." or "..") && !s.Any(char.IsControl)) ? $"{root}/{string.Join('/', segments)}" : null;
    }

    /// <summary>A store's name as a directory: lower-case letters, digits and hyphens.</summary>
    internal static string Slug(string name)
    {
        var slug = NotSlug().Replace(name.ToLowerInvariant(), "-").Trim('-');
        return slug.Length == 0 ? "memory" : slug.Length <= 64 ? slug : slug[..64].TrimEnd('-');
    }

    private static string FreePath(string slug, List<SessionResource> mounted)
    {
        for (var i = 1; ; i++)
        {
            var path = i == 1 ? $"{MemoryRoot}/{slug}" : $"{MemoryRoot}/{slug}-{i}";
            if (mounted.TrueForAll(m => m.MountPath != path)) return path;
        }
    }

    /// <summary>True when two things cannot be mounted at these places.</summary>
    public static bool Overlap(string one, string other) => one == other || one.StartsWith(other + "/", StringComparison.Ordinal) || other.StartsWith(one + "/", StringComparison.Ordinal);

    private static void TooMany<T>(IReadOnlyList<ResourceEdit> edits, int max, string what, List<AgentProblem> problems)
    {
        if (edits.OfType<T>().Count() is var count && count > max) problems.Add(new AgentProblem("resources", $"has {count} {what}; the limit is {max}"));
    }

    private static (SessionResource?, AgentProblem) Wrong(ResourceEdit edit, string field, string rule) => (null, new AgentProblem($"{edit.Field}.{field}", rule));

    [GeneratedRegex("^https://github\\.com/[A-Za-z0-9_.-]{1,100}/(?<repo>[A-Za-z0-9_.-]{1,100})(?<!\\.git)$", RegexOptions.CultureInvariant)]
    private static partial Regex RepositoryUrl();

    [GeneratedRegex("^(?!-)(?!.*(\\.\\.|//|@\\{))[A-Za-z0-9_./+@-]{1,255}(?<![/.])$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex BranchName();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex NotSlug();
}
