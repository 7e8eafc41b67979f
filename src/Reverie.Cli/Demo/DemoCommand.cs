using System.CommandLine;
using Reverie.Cli.Dreams;
using Reverie.Cli.Terminal;
using Reverie.Dreams;
using Reverie.Memory;
using Reverie.Protocol.Dreams;
using static Reverie.Cli.Terminal.PlainText;

namespace Reverie.Cli.Demo;

/// <summary><c>reverie demo</c>: the main job in one command, offline, on real transcripts that come with the project.</summary>
internal static class DemoCommand
{
    private const int ChangesPerKindMax = 2;

    public static Command Create(CliContext context)
    {
        var sample = new Argument<string>("SAMPLE") { Description = "Which transcripts to dream over", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => DemoSample.All[0].Name };
        sample.AcceptOnlyFromAmong([.. DemoSample.All.Select(static known => known.Name)]);
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Print every change, line and quote" };
        var command = new ExampledCommand("demo", "Dream over real transcripts that come with the project: see what changes in the memory, and why.",
            [.. DemoSample.All.Select(static known => $"reverie demo {known.Name,-9}# {known.About}")])
        { sample, verbose };
        command.Subcommands.Add(LumaraDemo.Create(context));
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(context, DemoSample.Named(parsed.GetRequiredValue(sample)), parsed.GetValue(verbose), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, DemoSample sample, bool isVerbose, CancellationToken cancellationToken)
    {
        var source = Path.Combine(context.HomeDirectory, "samples", sample.Name);
        if (!Directory.Exists(source)) throw new BadInputException($"{source}: does not exist; run the demo from a checkout of the project");
        var place = DemoPlace.Fresh(context.HomeDirectory, sample.Name);
        var request = new DreamRequest
        {
            SessionFiles = [.. Directory.GetFiles(source, "*.sessions.jsonl.gz").Order(StringComparer.Ordinal)],
            MemoryDirectory = Path.Combine(source, "memory"),
            OutDirectory = place.Memory,
            ReportPath = place.Report,
        };

        var screen = Screen.Out(context.Streams);
        screen.Line($"[bold]{Escaped(sample.About)}[/]");
        screen.Line($"[dim]Real sessions from samples/{sample.Name}, and the notes their agents start with. No network, no model.[/]");
        var before = MemoryDirectory.Load(request.MemoryDirectory);
        var run = await DreamRun.RunAsync(context, request, before, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var (report, after) = (run.Result.Report, run.Result.Memory);
        using (var pending = ReportFile.Prepare(place.Report, report))
        {
            MemoryDirectory.Save(after, place.Memory);
            pending.Commit();
        }

        new ReportView(screen, isVerbose, ChangesPerKindMax).Write(report, ReportTexts.BySha256(report, before), run.TextBytes);
        BeforeAfterView.Write(screen, before, after, report);
        WriteFirstRead(screen, after);
        WriteNext(screen, request, place, report);
        return ExitCode.Ok;
    }

    private static void WriteFirstRead(Screen screen, Dreaming.MemoryTree memory)
    {
        screen.Heading("What an agent reads first now");
        foreach (var line in FirstRead.Of(memory)) screen.Line(Escaped(Verbatim(line)), 2);
    }

    private static void WriteNext(Screen screen, DreamRequest request, DemoPlace place, DreamReport dreamt)
    {
        var (memory, report) = (Shown(place.Memory), Shown(place.Report));
        screen.Heading("Where to look next");
        screen.Line($"[cyan]diff -ru {Shown(request.MemoryDirectory)} {memory}[/]", 2);
        screen.Line("[dim]the memory before and after, as files[/]", 4);
        if (dreamt.Changes.Any(static change => change.Status is ChangeStatus.Proposed or ChangeStatus.Quarantined))
        {
            screen.Line($"[cyan]./reverie review {report} --memory {memory}[/]", 2);
            screen.Line("[dim]decide on what was proposed or quarantined[/]", 4);
        }
        screen.Line($"[cyan]./reverie revert {report} --memory {memory}[/]", 2);
        screen.Line("[dim]take back, exactly, everything that was applied[/]", 4);
        screen.Line("[cyan]./reverie dream --sessions YOURS.jsonl --memory NOTES --out NOTES.new --report dream.json[/]", 2);
        screen.Line("[dim]the same on your own sessions; Claude Code files are read as they are[/]", 4);
    }

    private static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return Escaped(Line(relative.StartsWith("..", StringComparison.Ordinal) ? path : relative));
    }
}
