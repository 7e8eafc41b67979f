using System.Globalization;
using System.Text.Json;
using Reverie.Cli.Running;
using Reverie.Cli.Terminal;
using Reverie.Evaluations;

namespace Reverie.Cli.Evaluations;

/// <summary>An evaluation that runs its sessions. Whatever ends it, what is finished is kept.</summary>
internal sealed class RunningEvaluation(CliContext context, EvalRequest request)
{
    private readonly Lock _gate = new();
    private readonly string _inputs = request.InputsSha256();
    private readonly IReadOnlyList<PlannedTrial> _plan = TrialPlan.Of(request.Tasks, request.Rounds, request.Seed);
    private EvaluationReport? _report;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var known = Known();
        using var checks = await CheckRunner.OpenAsync(request.Tasks, context.Time, cancellationToken);
        return await LocalServer.UseAsync(context, request.Data, async (api, interrupts) =>
        {
            var agent = Evaluated(await new RunAgents(api).SaveAsync(request.Agent, request.AgentPath, interrupts.Leaving));
            var environment = request.Environment ?? await new RunResources(api, context.Streams.Error).FindEnvironmentAsync(interrupts.Leaving);
            var name = await EvalMemory.NameAsync(api, request.Naming, interrupts.Leaving);
            await using var before = await EvalMemory.OpenAsync(api, request.Before, name, known?.Before, interrupts.Leaving);
            await using var after = await EvalMemory.OpenAsync(api, request.After, name, known?.After, interrupts.Leaving);
            _report = new EvaluationReport
            {
                StartedAt = known?.StartedAt ?? context.Time.GetUtcNow(),
                Agent = agent,
                InputsSha256 = _inputs,
                Before = before.Arm,
                After = after.Arm,
                TrialsPlanned = _plan.Count,
                Seed = request.Seed,
                Trials = known?.Trials ?? [],
            };
            Save();
            var files = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var file in request.Files()) files[file] = (await api.UploadAsync("/v1/files", file, interrupts.Leaving)).GetProperty("id").GetString()!;
            return await RunAsync(new TrialRunner(api, agent, environment, before, after, files, checks, request.TimeLimit, context.Time), interrupts.Leaving);
        }, cancellationToken);
    }

    private async Task<int> RunAsync(TrialRunner runner, CancellationToken cancellationToken)
    {
        var done = _report!.Trials.Select(static t => (t.Task, t.Arm, t.Number)).ToHashSet();
        try
        {
            await Parallel.ForEachAsync(_plan.Where(p => !done.Contains((p.Task.Name, p.Arm, p.Number))), new ParallelOptions { MaxDegreeOfParallelism = request.Parallel, CancellationToken = cancellationToken },
                async (planned, cancel) => Keep(await runner.RunAsync(planned, cancel)));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Show();
            Explain("stopped");
            return ExitCode.Interrupted;
        }
        catch (ServerException)
        {
            Show();
            Explain("broken off");
            throw;
        }
        Show();
        return ExitCode.Ok;
    }

    /// <summary>The evaluation that is gone on with; null at the beginning of one.</summary>
    private EvaluationReport? Known()
    {
        if (request.ReportPath is not { } path) return null;
        if (!File.Exists(path)) return request.IsResumed ? throw new BadInputException($"--report {path}: is not there to go on with; leave --resume out") : null;
        if (!request.IsResumed) throw new BadInputException($"--report {path}: is there already; name another file, or go on with it by --resume");
        var known = EvaluationFile.Load(path);
        return known.InputsSha256 == _inputs ? known
            : throw new BadInputException($"--report {path}: is of other tasks, another agent, other memories or another seed; trials of different things cannot be counted together. Name another file without --resume");
    }

    private void Keep(Trial trial)
    {
        lock (_gate)
        {
            _report = _report! with { Trials = [.. _report.Trials.Append(trial).OrderBy(static t => t.Task, StringComparer.Ordinal).ThenBy(static t => t.Number).ThenBy(static t => t.Arm)] };
            Save();
            context.Streams.Error.WriteLine(Line(trial));
        }
    }

    private void Save()
    {
        if (request.ReportPath is { } path) EvaluationFile.Save(path, _report!);
    }

    private string Line(Trial trial)
    {
        var why = trial.Success ? "succeeded"
            : trial.Checks.FirstOrDefault(static c => !c.Holds) is { } failed ? $"failed: {failed.Check}; {failed.Why}"
            : $"failed: {trial.Outcome ?? trial.Ended}";
        return PlainText.Line(string.Create(CultureInfo.InvariantCulture, $"{_report!.Trials.Count}/{_plan.Count} {trial.Task}, {(trial.Arm == Arm.Before ? "before" : "after")}, trial {trial.Number}: {why}"), 160);
    }

    private void Show() => EvaluationView.Show(context, _report!, request.IsJson);

    private void Explain(string what) => context.Streams.Error.WriteLine(request.ReportPath is { } path
        ? $"{what} after {_report!.Trials.Count} of {_plan.Count} trials, which are in {PlainText.Line(path)}; the same command with --resume goes on"
        : $"{what} after {_report!.Trials.Count} of {_plan.Count} trials; with --report they would have been kept");

    private static EvaluatedAgent Evaluated(JsonElement agent) =>
        new(agent.GetProperty("id").GetString()!, agent.GetProperty("version").GetInt32(), agent.GetProperty("name").GetString()!, agent.GetProperty("model").GetProperty("id").GetString()!);
}
