using System.CommandLine;
using Reverie.Cli.Terminal;
using Reverie.Dreaming;
using Reverie.Dreams;
using Reverie.Memory;
using Reverie.Protocol.Dreams;

namespace Reverie.Cli.Dreams;

/// <summary><c>reverie apply</c> and <c>reverie revert</c>: the applied changes of a report, onto a store or off it again.</summary>
internal static class ReplayCommands
{
    public static Command CreateApply(CliContext context) => Create(context, "apply",
        "Make the applied changes of a report in a memory store, in place: all of them or none.", ReportReplay.Apply, "made");

    public static Command CreateRevert(CliContext context) => Create(context, "revert",
        "Take the applied changes of a report back from a memory store, in place: all of them or none.", ReportReplay.Revert, "taken back");

    private static ExampledCommand Create(CliContext context, string name, string description,
        Func<DreamReport, MemoryTree, ReplayOutcome> replay, string done)
    {
        var report = new Argument<string>("REPORT") { Description = "The report of a dream" };
        var memory = new Option<string>("--memory") { Description = "The memory store to change", Required = true, HelpName = "DIR" };
        var command = new ExampledCommand(name, description, $"reverie {name} dream.json --memory notes") { report, memory };
        command.SetAction(parsed => Run(context, parsed.GetRequiredValue(report), parsed.GetRequiredValue(memory), replay, done));
        return command;
    }

    private static int Run(CliContext context, string reportPath, string directory, Func<DreamReport, MemoryTree, ReplayOutcome> replay, string done)
    {
        InterruptedChange.Finish(context, directory);
        var before = MemoryDirectory.Load(directory);
        switch (replay(ReportFile.Load(reportPath), before))
        {
            case ReplayOutcome.Conflicted conflicted:
                throw new BadInputException($"{directory} is not as the report expects it; nothing was written: {string.Join("; ", conflicted.Conflicts)}");
            case ReplayOutcome.Replayed replayed:
                MemoryDirectory.Apply(before, replayed.Memory, directory);
                Screen.Out(context.Streams).Line($"{replayed.Changes} changes {done} in {PlainText.Escaped(PlainText.Line(directory))}");
                return ExitCode.Ok;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
