using System.CommandLine;
using Reverie.Cli.Running;
using Reverie.Cli.Server;
using Reverie.Cli.Sessions;
using Reverie.Cli.Terminal;
using Reverie.Sessions;

namespace Reverie.Cli.Evaluations;

/// <summary><c>reverie eval</c>: whether a memory helps.</summary>
internal static class EvalCommand
{
    private const int RoundsMax = 1_000;
    private const int ParallelMax = 64;
    private const int SecondsMax = 24 * 60 * 60;

    public static Command Create(CliContext context)
    {
        var tasks = new Argument<string?>("TASKS.yaml") { Description = "A list of tasks: name, task, files, and check or outcome, in YAML or JSON", Arity = ArgumentArity.ZeroOrOne };
        var agent = new Option<string?>("--agent") { Description = "The agent, as for \"reverie run\"", HelpName = "AGENT.yaml" };
        var memory = new Option<string[]>("--memory") { Description = "A store by id or name, as it was at a version or time with @AT, or a directory (./notes). One is compared with no memory, two with each other, in this order", HelpName = "STORE[@AT]|./DIR", DefaultValueFactory = static _ => [] };
        var trials = Whole("--trials", "Trials of each task on each side", 5, 1, RoundsMax);
        var parallel = Whole("--parallel", "Sessions at a time", 1, 1, ParallelMax);
        var seed = Whole("--seed", "Draws the order of tasks and sides", 1, 0, int.MaxValue);
        var limit = Whole("--time-limit", "How long a session may take; then it is stopped and counts as failed", 1_800, 1, SecondsMax, "SECONDS");
        var environment = new Option<string?>("--environment") { Description = "Where tools run (default: an environment without network)", HelpName = "ID" };
        var model = new Option<string?>("--model") { Description = "Another model than the file's", HelpName = "MODEL" };
        var before = new Option<string[]>("--sessions-before") { Description = "Instead of running anything: judged sessions of one side, plain or gzip", HelpName = "FILE...", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = static _ => [] };
        var after = new Option<string[]>("--sessions-after") { Description = "Judged sessions of the other side", HelpName = "FILE...", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = static _ => [] };
        var sessionFormat = SessionOptions.Format("--session-format");
        var skipBad = SessionOptions.SkipBad();
        var report = new Option<string?>("--report") { Description = "Where the report goes, after every trial", HelpName = "FILE.json" };
        var resume = new Option<bool>("--resume") { Description = "Go on with the evaluation in --report" };
        var format = new Option<string>("--format") { Description = "text to read, or json: the report and nothing else on standard output", DefaultValueFactory = static _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var data = ServeCommand.DataOption();
        var command = new ExampledCommand("eval", "Compare an agent without and with a memory, or with two: success rates, what they cost, and whether it could be chance.",
            "reverie eval samples/eval/tasks.yaml --agent samples/eval/agent.yaml --memory ./samples/eval/shop",
            "reverie eval tasks.yaml --agent agent.yaml --memory notes@2026-11-01T00:00:00Z --memory notes --trials 20 --report eval.json",
            "reverie eval --sessions-before monday.sessions.jsonl --sessions-after friday.sessions.jsonl")
        { tasks, agent, memory, trials, parallel, seed, limit, environment, model, before, after, sessionFormat, skipBad, report, resume, format, data };
        command.IsInterruptible = true;
        command.SetAction((parsed, cancellationToken) =>
        {
            var (recordedBefore, recordedAfter) = (parsed.GetRequiredValue(before), parsed.GetRequiredValue(after));
            var (path, isJson) = (parsed.GetValue(report), parsed.GetRequiredValue(format) == "json");
            if (recordedBefore.Length + recordedAfter.Length > 0)
            {
                if (recordedBefore.Length == 0 || recordedAfter.Length == 0) throw new BadInputException("--sessions-before and --sessions-after belong together; name files for both");
                var odd = parsed.GetValue(tasks) is not null ? "TASKS.yaml" : ((Option[])[agent, memory, trials, parallel, seed, limit, environment, model, resume]).FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false })?.Name;
                if (odd is not null) throw new BadInputException($"{odd}: recorded sessions are compared as they are, and nothing is run; leave it out");
                var options = new TranscriptReadOptions { Format = SessionOptions.Parse(parsed.GetRequiredValue(sessionFormat)), SkipBad = parsed.GetValue(skipBad) };
                return RecordedEvaluation.RunAsync(context, recordedBefore, recordedAfter, options, path, isJson, cancellationToken);
            }
            var (tasksPath, agentPath) = (parsed.GetValue(tasks), parsed.GetValue(agent));
            if (tasksPath is null) throw new BadInputException("TASKS.yaml is missing; try: reverie eval samples/eval/tasks.yaml --agent samples/eval/agent.yaml --memory ./samples/eval/shop");
            if (agentPath is null) throw new BadInputException("--agent is missing: the agent file whose sessions are to be compared");
            if (parsed.GetValue(resume) && path is null) throw new BadInputException("--resume: needs --report, the evaluation to go on with");
            var agentFile = AgentFile.Read(agentPath);
            if (parsed.GetValue(model) is { } other) agentFile["model"] = other;
            var (one, two) = Sides(parsed.GetRequiredValue(memory));
            return new RunningEvaluation(context, new EvalRequest
            {
                Tasks = TaskFile.Read(tasksPath),
                Agent = agentFile,
                AgentPath = agentPath,
                Before = one,
                After = two,
                Rounds = parsed.GetValue(trials),
                Seed = parsed.GetValue(seed),
                Parallel = parsed.GetValue(parallel),
                TimeLimit = TimeSpan.FromSeconds(parsed.GetValue(limit)),
                Environment = parsed.GetValue(environment),
                Data = parsed.GetRequiredValue(data),
                ReportPath = path,
                IsResumed = parsed.GetValue(resume),
                IsJson = isJson,
            }).RunAsync(cancellationToken);
        });
        return command;
    }

    private static (MemorySpec Before, MemorySpec After) Sides(string[] given) => given switch
    {
        [] => throw new BadInputException("--memory is missing: name the store or directory whose use is in question, or two to compare"),
        [var one] => (new MemorySpec.None(), MemorySpec.Parse(one)),
        [var one, var two] => (MemorySpec.Parse(one), MemorySpec.Parse(two)),
        _ => throw new BadInputException($"--memory was given {given.Length} times; two sides are compared, so give one or two"),
    };

    private static Option<int> Whole(string name, string description, int normally, int min, int max, string helpName = "N") => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => normally,
        CustomParser = result =>
        {
            var number = NumberArgument.Parse<int>(result, $"a whole number, such as {normally}");
            if (!result.Errors.Any() && (number < min || number > max)) result.AddError($"{name} must be {min} to {max}, not {number}");
            return number;
        },
    };
}
