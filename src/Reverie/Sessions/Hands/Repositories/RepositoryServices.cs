using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Sessions.Hands.Repositories;

/// <summary>What cloning the repositories of sessions needs.</summary>
public sealed class RepositoryServices(Database database, SessionLog log, RepositoryTokens tokens, RepositoryOptions options, TimeProvider clock)
{
    internal Database Database { get; } = database;

    internal SessionLog Log { get; } = log;

    internal RepositoryTokens Tokens { get; } = tokens;

    internal GitClone Git { get; } = new(options, clock);

    internal TimeProvider Clock { get; } = clock;
}
