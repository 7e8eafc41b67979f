using System.CommandLine;
using System.Text.Json;
using Reverie.Cli.Server;
using Reverie.Cli.Sessions;
using Reverie.Cli.Terminal;
using Reverie.Dreaming;
using Reverie.Dreams;
using Reverie.Inference;
using Reverie.Memory;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Json;

namespace Reverie.Cli.Dreams;

/// <summary><c>reverie dream</c>: a dream over files, without a server.</summary>
internal static class DreamCommand
{
    private const int InstructionsCharsMax = 4096;

    public static Command Create(CliContext context)
    {
        var sessions = new Option<string[]>("--sessions") { Description = "Session files, plain or gzip; several may be named, and the option repeated", Required = true, AllowMultipleArgumentsPerToken = true, HelpName = "FILE...", Arity = ArgumentArity.OneOrMore };
        var memory = new Option<string>("--memory") { Description = "The memory store: a directory of small text files; only read", Required = true, HelpName = "DIR" };
        var output = new Option<string>("--out") { Description = "Where the new store goes: a new or empty directory, written whole or not at all; needed unless --forecast is given", HelpName = "DIR" };
        var report = new Option<string?>("--report") { Description = "Where the report goes: every change with its evidence", HelpName = "FILE.json" };
        var instructions = new Option<string?>("--instructions") { Description = $"Steer the dream, at most {InstructionsCharsMax} characters", HelpName = "TEXT" };
        var model = new Option<string>("--model") { Description = "The model that words, judges and finds: claude-* or openai/ID; reverie/local is built in and needs no network", HelpName = "MODEL", DefaultValueFactory = _ => DreamRunner.LocalModel };
        var mode = new Option<string>("--mode") { Description = "auto: changes that pass the gate are made; review: every change is only proposed", DefaultValueFactory = _ => "auto" };
        mode.AcceptOnlyFromAmong("auto", "review");
        var maxTokens = new Option<long?>("--max-tokens") { Description = "Most tokens of all kinds the model may use, never exceeded; reverie/local uses none", HelpName = "N", CustomParser = result => NumberArgument.Parse<long>(result, "a whole number, such as 1000") };
        var maxCost = new Option<double?>("--max-cost") { Description = "Most US dollars the model may cost at list price, never exceeded; reverie/local costs none", HelpName = "USD", CustomParser = result => NumberArgument.Parse<double>(result, "a number, such as 2.5") };
        var forecast = new Option<bool>("--forecast") { Description = "Say what the dream would take in tokens, dollars and time, and write nothing" };
        var maxDelete = new Option<double>("--max-delete") { Description = "Share of the memories one dream may delete, 0 to 1; further deletions are proposed", HelpName = "SHARE", DefaultValueFactory = _ => new DreamOptions().DeleteShareMax, CustomParser = result => NumberArgument.Parse<double>(result, "a share from 0 to 1, such as 0.25") };
        var attackerShare = new Option<double>("--attacker-share") { Description = "Share of the sessions that one attacker may control, 0 to 0.5; what no more of them bear out is proposed", HelpName = "SHARE", DefaultValueFactory = _ => new DreamOptions().AttackerShare, CustomParser = result => NumberArgument.Parse<double>(result, "a share from 0 to 0.5, such as 0.1") };
        var sessionFormat = SessionOptions.Format("--session-format");
        var skipBad = SessionOptions.SkipBad();
        var threads = new Option<int>("--threads") { Description = "Threads to use; the result does not depend on it", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount, CustomParser = result => NumberArgument.Parse<int>(result, "a whole number, such as 4") };
        var format = new Option<string>("--format") { Description = "text: a readable diff; json: the report and nothing else on standard output", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Print every change, line and quote" };

        var command = new ExampledCommand("dream", "Read sessions and a memory store; write a better store and a report of every change.",
            "reverie dream --sessions runs.sessions.jsonl.gz --memory notes --out notes.new",
            "reverie dream --sessions a.jsonl b.jsonl.gz --memory notes --out notes.new --report dream.json --mode review",
            "reverie dream --sessions runs.sessions.jsonl.gz --memory notes --model claude-haiku-5-5 --max-cost 0.50 --forecast");
        foreach (var option in (Option[])[sessions, memory, output, report, instructions, model, mode, maxTokens, maxCost, forecast, maxDelete, attackerShare, sessionFormat, skipBad, threads, format, verbose])
            command.Options.Add(option);

        command.SetAction((parsed, cancellationToken) => RunAsync(context, new DreamRequest
        {
            SessionFiles = parsed.GetRequiredValue(sessions),
            MemoryDirectory = parsed.GetRequiredValue(memory),
            OutDirectory = parsed.GetValue(output) ?? (parsed.GetValue(forecast) ? "" : throw new BadInputException("--out is required: name a new or empty directory for the new store, or ask for a --forecast")),
            IsForecast = parsed.GetValue(forecast),
            Models = Models(context, parsed.GetRequiredValue(model)),
            ReportPath = parsed.GetValue(report),
            SessionFormat = SessionOptions.Parse(parsed.GetRequiredValue(sessionFormat)),
            SkipBad = parsed.GetValue(skipBad),
            IsJson = parsed.GetRequiredValue(format) == "json",
            IsVerbose = parsed.GetValue(verbose),
            Options = new DreamOptions
            {
                Instructions = CheckedInstructions(parsed.GetValue(instructions)),
                ReviewOnly = parsed.GetRequiredValue(mode) == "review",
                DeleteShareMax = CheckedRange(parsed.GetValue(maxDelete), maxDelete.Name, 0, 1),
                AttackerShare = CheckedRange(parsed.GetValue(attackerShare), attackerShare.Name, 0, 0.5),
                Parallelism = (int)CheckedRange(parsed.GetValue(threads), threads.Name, 1, 1024),
            },
        }.Checked(parsed.GetRequiredValue(model), parsed.GetValue(maxTokens), parsed.GetValue(maxCost)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, DreamRequest request, CancellationToken cancellationToken)
    {
        if (request.IsForecast) return await ForecastAsync(context, request, cancellationToken);
        OutputPlace.Check(request);
        var memory = MemoryDirectory.Load(request.MemoryDirectory);
        var run = await DreamRun.RunAsync(context, request, memory, cancellationToken);

        cancellationToken.ThrowIfCancellationRequested();
        using (var report = request.ReportPath is { } path ? ReportFile.Prepare(path, run.Result.Report) : null)
        {
            MemoryDirectory.Save(run.Result.Memory, request.OutDirectory, request.MemoryDirectory);
            report?.Commit();
        }
        run.WarnOfSkipped(context);
        if (request.IsJson) await context.Streams.Out.WriteLineAsync(System.Text.Encoding.UTF8.GetString(DreamReportJson.Write(run.Result.Report)));
        else Show(context, request, memory, run);
        return ExitCode.Ok;
    }

    private static async Task<int> ForecastAsync(CliContext context, DreamRequest request, CancellationToken cancellationToken)
    {
        var forecast = await DreamRun.ForecastAsync(context, request, MemoryDirectory.Load(request.MemoryDirectory), cancellationToken);
        if (request.IsJson) await context.Streams.Out.WriteLineAsync(JsonSerializer.Serialize(forecast, WireJson.Wire.DreamForecast));
        else new ForecastView(Screen.Out(context.Streams)).Write(forecast, request.Caps);
        return ExitCode.Ok;
    }

    private static void Show(CliContext context, DreamRequest request, MemoryTree memory, DreamRun run)
    {
        var screen = Screen.Out(context.Streams);
        var report = run.Result.Report;
        new ReportView(screen, request.IsVerbose).Write(report, ReportTexts.BySha256(report, memory), run.TextBytes);
        screen.Line($"[dim]memory   [/]{PlainText.Escaped(PlainText.Line(request.OutDirectory))}", 2);
        if (request.ReportPath is not { } path) return;
        screen.Line($"[dim]report   [/]{PlainText.Escaped(PlainText.Line(path))}", 2);
        if (report.Changes.Any(ReportReview.IsOpen))
            screen.Line($"[dim]next     [/]reverie review {PlainText.Escaped(PlainText.Line(path))} --memory {PlainText.Escaped(PlainText.Line(request.OutDirectory))}", 2);
    }

    /// <summary>The built-in dreamer asks for no setting.</summary>
    private static ModelRegistry Models(CliContext context, string model)
    {
        try
        {
            return new ModelRegistry(model == DreamRunner.LocalModel ? new InferenceOptions() : ModelSettings.Read(), context.Time);
        }
        catch (ModelsFileException error)
        {
            throw new BadInputException(error.Message, error);
        }
    }

    private static string? CheckedInstructions(string? text) => text switch
    {
        null => null,
        { Length: 0 } => throw new BadInputException("--instructions must not be empty; leave the option out instead"),
        { Length: > InstructionsCharsMax } => throw new BadInputException($"--instructions has {text.Length} characters; at most {InstructionsCharsMax} are allowed, shorten it"),
        _ => text,
    };

    private static double CheckedRange(double value, string name, double min, double max) => value >= min && value <= max ? value
        : throw new BadInputException($"{name} must lie between {min} and {max}, not {value}");
}
