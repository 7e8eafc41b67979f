using Reverie.Inference;
using Reverie.Protocol.Agents;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Turns;
using Reverie.Tools;

namespace Reverie.Sessions.Outcomes;

/// <summary>Judges the work of a session: checks in its sandbox, and a model in a context of its own for what is written in words.</summary>
public sealed class Grader(IAttachmentSource files, GraderSettings settings, ModelRegistry models)
{
    /// <summary>Requests one evaluation may take.</summary>
    public const int RoundsMax = 20;

    /// <summary>Characters of an example that are shown.</summary>
    private const int ExampleCharsMax = 40_000;

    /// <summary>What its tool calls are made as; no thread has this id.</summary>
    public const string ThreadId = "grader";

    /// <exception cref="GradingException">There is no verdict.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    internal async Task<Verdict> GradeAsync(TurnServices services, SessionSetup session, Outcome outcome, IReadOnlyList<LoggedEvent> log, GraderSpend spend, CancellationToken stopped)
    {
        var rubric = Rubric.Parse(outcome.Rubric);
        var run = new CheckRun(services.Tools, session);
        var checks = new List<CriterionVerdict>();
        foreach (var check in rubric.Checks) checks.Add(await run.RunAsync(check, stopped));
        if (rubric.Words.Length == 0) return new Verdict(checks, checks.Count == 0 ? "The rubric names no criterion." : $"{checks.Count(static c => c.IsMet)} of {checks.Count} checks hold.", checks.Count > 0);
        var judged = await AskAsync(services, session, outcome, rubric.Words, log, spend, stopped);
        return judged with { Criteria = [.. checks, .. judged.Criteria] };
    }

    private async Task<Verdict> AskAsync(TurnServices services, SessionSetup session, Outcome outcome, string words, IReadOnlyList<LoggedEvent> log, GraderSpend spend, CancellationToken stopped)
    {
        var chosen = await settings.ModelAsync(session.WorkspaceId, stopped);
        var agent = session.Agent with { System = GraderPrompt.System, Model = chosen is null ? session.Agent.Model : new ModelConfig { Id = chosen }, Tools = [], McpServers = [], Skills = [], Multiagent = null };
        var setup = ThreadSetup.Of(ThreadId, agent, models, [], [], null, null);
        if (setup.Model is not ModelFound found) throw new GradingException($"The grader's model {((ModelUnavailable)setup.Model).Reason}.");
        if (!found.Info.CanJudge)
            throw new GradingException($"The rubric has criteria in words, which {found.Info.Id} cannot judge: choose a grader's model for the workspace, or write the criteria as checks.");
        var messages = new List<ModelMessage> { new(ModelRole.User, [new TextBlock(GraderPrompt.Ask(outcome, words, await ExamplesAsync(session.WorkspaceId, outcome, stopped), log))]) };
        List<ModelTool> tools = [.. services.Tools.Definitions.Where(static t => ToolDefinition.OnlyReads(t.Name)), GraderPrompt.Verdict];
        for (var round = 0; round < RoundsMax; round++)
        {
            if (spend.IsAll) throw new GradingException("The session's budget was reached before there was a verdict.");
            var answer = await AskAsync(services, found.Provider, setup.Request(messages, 1) with { Tools = tools }, stopped);
            spend.Add(answer.Usage, setup.CostOf(answer.Usage));
            messages.Add(new ModelMessage(ModelRole.Assistant, answer.Blocks));
            var calls = answer.Blocks.OfType<ToolUseBlock>().ToList();
            var results = new List<ModelBlock>();
            foreach (var call in calls)
            {
                if (call.Name == GraderPrompt.VerdictTool)
                {
                    var (verdict, problem) = call.InvalidInput is null ? GraderPrompt.Read(call.Input) : (null, "the input was no JSON object.");
                    if (verdict is not null) return verdict;
                    results.Add(new ToolResultBlock(call.Id, [new TextBlock(problem)], IsError: true));
                    continue;
                }
                var result = ToolDefinition.OnlyReads(call.Name) ? await services.Tools.RunAsync(session, setup, new OpenCall(call.Id, CallKind.BuiltIn, call.Name, call.Input, CallVerdict.Allow), stopped)
                    : new CallResult([new TextBlock($"There is no tool {call.Name}.")], IsError: true);
                results.Add(new ToolResultBlock(call.Id, result.Content, result.IsError));
            }
            messages.Add(new ModelMessage(ModelRole.User, calls.Count > 0 ? results : [new TextBlock("Give your verdict by calling the tool verdict.")]));
        }
        throw new GradingException($"The grader gave no verdict in {RoundsMax} requests.");
    }

    private static async Task<ModelResponse> AskAsync(TurnServices services, IModelProvider provider, ModelRequest request, CancellationToken stopped)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await new ModelAsking(null).AskAsync(provider, request, stopped);
            }
            catch (ModelException error) when (error.IsRetryable && failures < BackOff.FailuresMax)
            {
                await Task.Delay(BackOff.Wait(failures, error.RetryAfter), services.Clock, stopped);
            }
            catch (ModelException error)
            {
                throw new GradingException($"The grader's model could not be asked: {error.Message}");
            }
        }
    }

    private async Task<IReadOnlyList<(string, string)>> ExamplesAsync(string workspaceId, Outcome outcome, CancellationToken stopped)
    {
        var examples = new List<(string, string)>();
        foreach (var id in outcome.Examples)
        {
            var (source, problem) = await files.ReadAsync(workspaceId, id, stopped);
            examples.Add((id, source is PlainTextSource { Text: var text } ? text[..Math.Min(text.Length, ExampleCharsMax)] : $"({problem ?? "not a text file"})"));
        }
        return examples;
    }
}

/// <summary>An evaluation could not be made; the message says why.</summary>
public sealed class GradingException(string message) : Exception(message);
