using System.CommandLine;
using Reverie.Cli.Terminal;
using Reverie.Files;
using Reverie.Sessions;

namespace Reverie.Cli.Sessions;

/// <summary><c>reverie import</c>: sessions of any known format into one file of the interchange format.</summary>
internal static class ImportCommand
{
    public static Command Create(CliContext context)
    {
        var files = new Argument<string[]>("FILE") { Description = "Session files, plain or gzip", Arity = ArgumentArity.OneOrMore };
        var format = SessionOptions.Format("--format");
        var target = new Option<string>("--to") { Description = "The file to write, one session a line; gzip when its name ends in .gz", Required = true, HelpName = "FILE" };
        var agent = new Option<string?>("--agent") { Description = "The agent's name, for formats that do not record it", HelpName = "NAME" };
        var skipBad = SessionOptions.SkipBad();
        var command = new ExampledCommand("import", "Turn sessions of other formats into the interchange format that every command reads.",
            "reverie import ~/.claude/projects/*/*.jsonl --to mine.sessions.jsonl.gz",
            "reverie import results.json --format tau-bench --to airline.sessions.jsonl")
        { files, format, target, agent, skipBad };
        command.SetAction((parsed, cancellationToken) => RunAsync(context, parsed.GetRequiredValue(files), parsed.GetRequiredValue(target), new TranscriptReadOptions
        {
            Format = SessionOptions.Parse(parsed.GetRequiredValue(format)),
            Agent = parsed.GetValue(agent),
            SkipBad = parsed.GetValue(skipBad),
        }, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, IReadOnlyList<string> files, string target, TranscriptReadOptions options,
        CancellationToken cancellationToken)
    {
        if (files.FirstOrDefault(file => FilePlaces.AreSame(file, target)) is { } input)
            throw new BadInputException($"--to {target}: is the session file {input}, which is only read; name another file");
        var tally = new TranscriptReadTally();
        await using var writer = TranscriptWriter.Create(target);
        await foreach (var session in TranscriptFiles.ReadAsync(files, options, tally, cancellationToken))
        {
            using (session) await writer.WriteAsync(session, cancellationToken);
        }
        await writer.CompleteAsync();
        TallyView.WriteLeftOut(context, tally);
        Screen.Out(context.Streams).Line($"{TallyView.Sessions(tally.Sessions)} written to {PlainText.Escaped(PlainText.Line(target))}");
        return ExitCode.Ok;
    }
}
