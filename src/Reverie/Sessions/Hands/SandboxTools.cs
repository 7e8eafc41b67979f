using System.Text.Json;
using Microsoft.Extensions.Logging;
using Reverie.Inference;
using Reverie.Mcp;
using Reverie.Sandboxes;
using Reverie.Sandboxes.Files;
using Reverie.Sessions.Turns;
using Reverie.Tools;

namespace Reverie.Sessions.Hands;

/// <summary>Runs built-in tools in the sandbox of their session, which is made when the first call needs it.</summary>
public sealed partial class SandboxTools(ToolBox tools, OpenSandboxes sandboxes, McpConnections mcp, FetchRules fetching, ILogger<SandboxTools> log) : ISessionTools
{
    /// <inheritdoc />
    public IReadOnlyList<ModelTool> Definitions { get; } = [.. ToolDefinition.BuiltIn.Select(static d => new ModelTool(d.Name, d.Description, d.InputSchema.GetRawText()))];

    /// <inheritdoc />
    public async Task<CallResult> RunAsync(SessionSetup session, ThreadSetup thread, OpenCall call, CancellationToken cancellationToken)
    {
        if (call.Kind == CallKind.Mcp) return await RunMcpAsync(session, thread, call, cancellationToken);
        using var input = JsonDocument.Parse(call.Input);
        if (call.Name == FetchRules.ToolName && await fetching.ProblemAsync(session, thread, input.RootElement, cancellationToken) is { } problem) return Failed(problem);
        var asked = new ToolCall(call.Id, call.Name, input.RootElement) { WebFetch = FetchRules.SettingsOf(thread.Agent, session.Agent) };
        try
        {
            return await sandboxes.UseAsync(session, hands => hands.RunAsync(tools, session, thread.ThreadId, asked, cancellationToken), cancellationToken);
        }
        catch (Exception error) when (error is SandboxException or SandboxFileException)
        {
            return Failed($"{call.Name}: {error.Message}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogUnusable(error, session.Id.Value);
            return Failed($"{call.Name}: the files of this session cannot be used at the moment; the next call tries again.");
        }
    }

    /// <inheritdoc />
    public async Task<(int? ExitCode, string Output)> RunApartAsync(SessionSetup session, string command, TimeSpan timeout, CancellationToken cancellationToken) =>
        await sandboxes.UseAsync(session, hands => hands.RunApartAsync(command, timeout, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public async Task<byte[]?> ReadFileAsync(SessionSetup session, string path, int bytesMax, CancellationToken cancellationToken)
    {
        try
        {
            return await sandboxes.UseAsync(session, hands => Task.FromResult(hands.Read(path, bytesMax)), cancellationToken);
        }
        catch (SandboxFileException)
        {
            return null;
        }
    }

    private async Task<CallResult> RunMcpAsync(SessionSetup session, ThreadSetup thread, OpenCall call, CancellationToken cancellationToken)
    {
        if (thread.Agent.McpServers.FirstOrDefault(s => s.Name == call.McpServer) is not { } server) return Failed($"{call.Name}: the agent has no MCP server {call.McpServer} any more.");
        var (content, isError) = await mcp.CallAsync(session.Id, server, call.Name, call.Input, cancellationToken);
        if (content.OfType<TextBlock>().All(static t => t.Text.Length <= ToolBox.ResultCharactersMax)) return new CallResult(content, isError);
        try
        {
            return new CallResult(await sandboxes.UseAsync(session, hands => Task.FromResult(hands.Fit(content, call)), cancellationToken), isError);
        }
        catch (Exception error) when (error is SandboxException or SandboxFileException or IOException or UnauthorizedAccessException)
        {
            return Failed($"{call.Name}: the result is too long to show, and could not be kept: {error.Message}");
        }
    }

    private static CallResult Failed(string problem) => new([new TextBlock(problem)], IsError: true);

    [LoggerMessage(Level = LogLevel.Error, Message = "The sandbox of session {SessionId} cannot be used; its agent was told, and its next call tries again")]
    private partial void LogUnusable(Exception error, string sessionId);
}
