using Reverie.Inference;
using Reverie.Mcp;
using Reverie.Protocol.Agents;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Judging;
using Reverie.Sessions.Outcomes;
using Reverie.Storage;

namespace Reverie.Sessions.Turns;

/// <summary>What every runner needs.</summary>
public sealed class TurnServices(Database database, SessionLog log, ModelRegistry models, ISessionTools tools, Attachments attachments, McpConnections mcp, Grader grader, Judge judge, SessionPreviews previews, IdGenerator ids, TimeProvider clock)
{
    public Database Database { get; } = database;

    public SessionLog Log { get; } = log;

    public ISessionTools Tools { get; } = tools;

    public Attachments Attachments { get; } = attachments;

    public McpConnections Mcp { get; } = mcp;

    public Grader Grader { get; } = grader;

    public Judge Judge { get; } = judge;

    public SessionPreviews Previews { get; } = previews;

    public IdGenerator Ids { get; } = ids;

    public TimeProvider Clock { get; } = clock;

    /// <summary>What the session's primary thread runs with.</summary>
    /// <param name="mcp">What its MCP servers have.</param>
    public ThreadSetup SetUp(SessionSetup session, McpTools mcp) => ThreadSetup.Of(session.PrimaryThreadId.Value, session.Agent, models, Tools.Definitions, mcp.Tools, Delegation.Of(session.Agent), NotesOf(session, session.Agent));

    /// <summary>What another thread of the session runs with.</summary>
    /// <param name="mcp">What its MCP servers have.</param>
    public ThreadSetup SetUp(SessionSetup session, ThreadRow thread, McpTools mcp) => ThreadSetup.Of(thread.Id.Value, thread.Agent, models, Tools.Definitions, mcp.Tools, null, NotesOf(session, thread.Agent));

    private static string? NotesOf(SessionSetup session, AgentConfig agent) =>
        string.Join("\n\n", new[] { MountNotes.Of(session.Resources), SkillNotes.Of(agent, session.Skills) }.OfType<string>()) is { Length: > 0 } notes ? notes : null;
}
