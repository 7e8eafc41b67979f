using System.CommandLine;
using System.CommandLine.Parsing;
using Reverie.Cli.Audit;
using Reverie.Cli.Demo;
using Reverie.Cli.Dreams;
using Reverie.Cli.Evaluations;
using Reverie.Cli.Proof;
using Reverie.Cli.Review;
using Reverie.Cli.Running;
using Reverie.Cli.Schedules;
using Reverie.Cli.Server;
using Reverie.Cli.Sessions;
using Reverie.Cli.Terminal;
using Reverie.Dreams;
using Reverie.Memory;
using Reverie.Memory.Archives;
using Reverie.Sessions;
using Reverie.Storage;

namespace Reverie.Cli;

/// <summary>The <c>reverie</c> command: parses, runs, and turns every failure into one line and an exit code.</summary>
public static class ReverieApp
{
    /// <summary>What <c>--version</c> prints.</summary>
    public static string Version { get; } = typeof(ReverieApp).Assembly.GetName().Version!.ToString(3);

    /// <summary>Runs one command line; never throws.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CliContext context)
    {
        try
        {
            return await InvokeAsync(args, context);
        }
        catch (OperationCanceledException)
        {
            // The cursor stands behind a question or a ^C.
            if (context.Streams.ErrorIsTerminal) await context.Streams.Error.WriteLineAsync();
            Complain(context, "stopped; nothing was written");
            return ExitCode.Interrupted;
        }
        catch (Exception error) when (error is BadInputException or MemoryDirectoryException or TranscriptFileException or ReportFileException or DatabaseException or ArchiveException)
        {
            Complain(context, error.Message);
            return ExitCode.BadInput;
        }
        catch (Exception error) when (error is OutputException or ServerException)
        {
            Complain(context, error.Message);
            return ExitCode.Failed;
        }
        catch (Exception error)
        {
            // The edge of the program: whatever is left is ours to explain in one line.
            Complain(context, $"internal error: {error.Message} (REVERIE_DEBUG=1 shows where)");
            if (context.IsDebug) await context.Streams.Error.WriteLineAsync(error.ToString());
            return ExitCode.Failed;
        }
    }

    private static async Task<int> InvokeAsync(IReadOnlyList<string> args, CliContext context)
    {
        // Asked by scripts at every start, so it does not wait for the parser.
        if (args is ["--version"])
        {
            await context.Streams.Out.WriteLineAsync($"reverie {Version}");
            return ExitCode.Ok;
        }
        var root = Root(context);
        var parsed = root.Parse([.. args.Count == 0 ? ["--help"] : args], new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) Complain(context, error.Message);
            await context.Streams.Error.WriteLineAsync($"Try: reverie {CommandPath(parsed)}--help");
            return ExitCode.BadInput;
        }
        var invocation = new InvocationConfiguration
        {
            Output = context.Streams.Out,
            Error = context.Streams.Error,
            EnableDefaultExceptionHandler = false,
        };
        if (parsed.CommandResult.Command is ExampledCommand { IsInterruptible: true }) invocation.ProcessTerminationTimeout = null;
        return await parsed.InvokeAsync(invocation);
    }

    private static ExampledCommand Root(CliContext context)
    {
        var root = new ExampledCommand("reverie",
            "Reads what agents did, finds what no single session could see, and curates their memory: every change shown, cited and reversible.",
            "reverie demo",
            "reverie dream --sessions runs.sessions.jsonl.gz --memory notes --out notes.new --report dream.json",
            "reverie review dream.json --memory notes");
        root.Options.Add(ExampledCommand.Help());
        root.Options.Add(new VersionOption());
        root.Subcommands.Add(DemoCommand.Create(context));
        root.Subcommands.Add(DreamCommand.Create(context));
        root.Subcommands.Add(ReviewCommand.Create(context));
        root.Subcommands.Add(ReplayCommands.CreateApply(context));
        root.Subcommands.Add(ReplayCommands.CreateRevert(context));
        root.Subcommands.Add(ImportCommand.Create(context));
        root.Subcommands.Add(RunCommand.Create(context));
        root.Subcommands.Add(SessionsCommand.Create(context));
        root.Subcommands.Add(SchedulesCommand.Create(context));
        root.Subcommands.Add(EvalCommand.Create(context));
        root.Subcommands.Add(ProposalsCommand.Create(context));
        root.Subcommands.Add(ProvenanceCommand.Create(context));
        root.Subcommands.Add(QualityCommand.Create(context));
        root.Subcommands.Add(AuditCommand.Create(context));
        root.Subcommands.Add(ServeCommand.Create(context));
        root.Subcommands.Add(KeysCommand.Create(context));
        root.Subcommands.Add(MemoryCommands.Create(context));
        root.Subcommands.Add(BackupCommands.CreateBackup(context));
        root.Subcommands.Add(BackupCommands.CreateRestore(context));
        return root;
    }

    private static void Complain(CliContext context, string message) =>
        context.Streams.Error.WriteLine($"reverie: {PlainText.Line(message)}");

    /// <summary>The names of the command and those above it, without the program's, each with a space behind it.</summary>
    private static string CommandPath(ParseResult parsed)
    {
        var path = "";
        for (var result = parsed.CommandResult; result.Parent is CommandResult parent; result = parent) path = $"{result.Command.Name} {path}";
        return path;
    }
}
