using System.Collections.Concurrent;
using System.Text.Json;
using Reverie.Inference;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Turns;
using Reverie.Tools;

namespace Reverie.Sessions.Hands;

/// <summary>Runs built-in tools in the sandbox of their session, which is made when the first call needs it.</summary>
public sealed class SandboxTools(ToolBox tools, SandboxOpening opening, SessionPlaces places, FetchRules fetching) : ISessionTools, IAsyncDisposable
{
    private readonly ConcurrentDictionary<Id<Session>, Lazy<SessionHands>> _open = [];

    /// <inheritdoc />
    public IReadOnlyList<ModelTool> Definitions { get; } = [.. ToolDefinition.BuiltIn.Select(static d => new ModelTool(d.Name, d.Description, d.InputSchema.GetRawText()))];

    /// <inheritdoc />
    public async Task<CallResult> RunAsync(SessionSetup session, OpenCall call, CancellationToken cancellationToken)
    {
        using var input = JsonDocument.Parse(call.Input);
        if (call.Name == FetchRules.ToolName && await fetching.ProblemAsync(session, input.RootElement, cancellationToken) is { } problem) return new CallResult([new TextBlock(problem)], IsError: true);
        var hands = _open.GetOrAdd(session.Id, static (_, from) => new Lazy<SessionHands>(() => from.opening.Open(from.session)), (opening, session)).Value;
        return await hands.RunAsync(tools, session, new ToolCall(call.Id, call.Name, input.RootElement) { WebFetch = FetchRules.SettingsOf(session.Agent) }, cancellationToken);
    }

    /// <summary>Ends the sandbox of a session, whatever runs in it. Its working directory stays.</summary>
    public async ValueTask CloseAsync(Id<Session> session)
    {
        if (_open.TryRemove(session, out var hands)) await hands.Value.DisposeAsync();
    }

    /// <summary>Ends the sandbox of a session that was deleted, and removes its directories.</summary>
    public async ValueTask DeleteAsync(Id<Session> session)
    {
        await CloseAsync(session);
        var place = places.Of(session);
        if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var session in _open.Keys) await CloseAsync(session);
    }
}
