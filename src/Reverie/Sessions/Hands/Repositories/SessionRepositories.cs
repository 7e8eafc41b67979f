using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Sandboxes.Files;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Turns;

namespace Reverie.Sessions.Hands.Repositories;

/// <summary>
/// The repositories of a session in its working directory, put there once: from then on they are the agent's. One that cannot
/// be cloned is told to the client and to the agent, and is tried again when its token changes or some time has passed.
/// </summary>
/// <param name="services">What cloning needs.</param>
/// <param name="place">A directory of this machine, on the disk of the working directory, that no sandbox sees: clones under way, and marks of those that are complete.</param>
internal sealed class SessionRepositories(RepositoryServices services, string place)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);

    private readonly HashSet<Id<SessionResource>> _there = [];
    private readonly Dictionary<Id<SessionResource>, (long At, DateTimeOffset TokenAt)> _failed = [];

    /// <summary>Puts into the working directory what is not there yet.</summary>
    /// <returns>What the agent must know, a line each; usually nothing.</returns>
    public async Task<IReadOnlyList<string>> FillAsync(SessionSetup session, SandboxFiles files, CancellationToken cancellationToken)
    {
        var told = new List<string>();
        foreach (var repository in session.Resources.OfType<RepositoryResource>().Where(r => !_there.Contains(r.Id) && IsDue(r)))
        {
            if (await PutAsync(session, repository, files, cancellationToken) is not { } problem)
            {
                _there.Add(repository.Id);
                continue;
            }
            _failed[repository.Id] = (services.Clock.GetTimestamp(), repository.UpdatedAt);
            var message = $"{repository.Url} {problem.Reason}";
            await services.Database.WriteAsync(async db =>
            {
                await services.Log.AppendAsync(db, session.WorkspaceId, session.Id, [ErrorEvent(problem.Type, message, repository.Url)]);
                return true;
            }, CancellationToken.None);
            told.Add($"{message} {repository.MountPath} is not there.");
        }
        return told;
    }

    private bool IsDue(RepositoryResource repository) =>
        !_failed.TryGetValue(repository.Id, out var failed) || failed.TokenAt != repository.UpdatedAt || services.Clock.GetElapsedTime(failed.At) >= RetryAfter;

    private async Task<CloneProblem?> PutAsync(SessionSetup session, RepositoryResource repository, SandboxFiles files, CancellationToken cancellationToken)
    {
        // The mark says that the clone is complete; while the clone lies beside it, it has still to be moved.
        var clone = Path.Combine(place, repository.Id.Value);
        var mark = clone + ".complete";
        if (!File.Exists(mark))
        {
            Directory.CreateDirectory(place);
            if (Directory.Exists(clone)) Directory.Delete(clone, recursive: true);
            var (token, isUnreadable) = await services.Database.ReadAsync(db => services.Tokens.FindAsync(db, session.WorkspaceId, session.Id, repository.Id), cancellationToken);
            if (isUnreadable) return CloneProblem.UnreadableToken;
            if (await services.Git.RunAsync(repository, token, clone, cancellationToken) is { } problem) return problem;
            await File.Create(mark).DisposeAsync();
        }
        if (!Directory.Exists(clone)) return null;
        try
        {
            return files.TryTakeIn(clone, repository.MountPath) ? null : CloneProblem.Other($"has no place: something else is at {repository.MountPath}.");
        }
        catch (SandboxFileException error)
        {
            return CloneProblem.Other($"has no place: {error.Message}.");
        }
    }

    private static NewEvent ErrorEvent(string type, string message, string url) => new(EventTypes.SessionError, TurnEvents.Fields(json =>
    {
        json.WriteStartObject("error");
        json.WriteString("type", type);
        json.WriteString("message", message);
        json.WriteStartObject("retry_status");
        json.WriteString("type", "retrying");
        json.WriteEndObject();
        json.WriteString("repository_url", url);
        json.WriteEndObject();
    }));
}
