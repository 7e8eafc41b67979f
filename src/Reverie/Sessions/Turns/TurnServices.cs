using Reverie.Inference;
using Reverie.Sessions.Archive;
using Reverie.Storage;

namespace Reverie.Sessions.Turns;

/// <summary>What every runner needs.</summary>
public sealed class TurnServices(Database database, SessionLog log, ModelRegistry models, ISessionTools tools, Attachments attachments, SessionPreviews previews, IdGenerator ids, TimeProvider clock)
{
    public Database Database { get; } = database;

    public SessionLog Log { get; } = log;

    public ISessionTools Tools { get; } = tools;

    public Attachments Attachments { get; } = attachments;

    public SessionPreviews Previews { get; } = previews;

    public IdGenerator Ids { get; } = ids;

    public TimeProvider Clock { get; } = clock;

    /// <summary>What the session's primary thread runs with.</summary>
    public ThreadSetup SetUp(SessionSetup session) => ThreadSetup.Of(session.Agent, models, Tools.Definitions, MountNotes.Of(session.Resources));
}
