using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Reverie.Cli.Server;
using Reverie.Cli.Terminal;
using Reverie.Evaluations;
using Reverie.Sandboxes;

namespace Reverie.Cli.Evaluations;

/// <summary>Checks what sessions left.</summary>
internal sealed class CheckRunner : IDisposable
{
    private const int ShownCharsMax = 200;

    private readonly DirectoryInfo? _place;
    private readonly SandboxHost? _sandboxes;

    private CheckRunner(DirectoryInfo? place, SandboxHost? sandboxes) => (_place, _sandboxes) = (place, sandboxes);

    /// <summary>Finds out beforehand whether the commands among the checks can run here.</summary>
    /// <exception cref="BadInputException">They cannot.</exception>
    public static async Task<CheckRunner> OpenAsync(IReadOnlyList<EvalTask> tasks, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!tasks.Any(static t => t.Checks.Any(static c => c is TaskCheck.OfCommand))) return new CheckRunner(null, null);
        var place = Directory.CreateTempSubdirectory("reverie-eval-");
        var sandboxes = await SandboxHost.ProbeAsync(new SandboxHostOptions { Directory = Path.Combine(place.FullName, "host"), IsUnsafe = SandboxSettings.IsUnsafe }, time, NullLogger<SandboxHost>.Instance, cancellationToken);
        if (sandboxes.Support.Level != SandboxLevel.None) return new CheckRunner(place, sandboxes);
        place.Delete(recursive: true);
        throw new BadInputException($"checks with command need a sandbox: {sandboxes.Support.Reason}");
    }

    public async Task<CheckResult> RunAsync(TaskCheck check, Deliverables made, CancellationToken cancellationToken)
    {
        var why = check switch
        {
            TaskCheck.FileThere there => await made.MissingAsync(there.File, cancellationToken),
            TaskCheck.OfText { File: null } text => Problem(text.Rule, made.Answer),
            TaskCheck.OfText { File: { } file } text => await made.ProblemAsync(file, content => Problem(text.Rule, content), cancellationToken),
            TaskCheck.OfCommand command => await ProblemAsync(command.Command, made, cancellationToken),
            _ => throw new UnreachableException(),
        };
        return new CheckResult(PlainText.Line(check.Words, ShownCharsMax), why is null, why);
    }

    public void Dispose() => _place?.Delete(recursive: true);

    private static string? Problem(TextRule rule, string text) => rule.Holds(text) ? null : text.Length == 0 ? "it is empty" : $"it says: {PlainText.Line(text, ShownCharsMax)}";

    private async Task<string?> ProblemAsync(string command, Deliverables made, CancellationToken cancellationToken)
    {
        var outputs = _place!.CreateSubdirectory(Guid.NewGuid().ToString("N"));
        try
        {
            await made.SaveAsync(outputs.FullName, cancellationToken);
            await using var sandbox = _sandboxes!.Open(new SandboxSpec { WorkingDirectory = outputs.FullName });
            // In a shell of its own, so that an exit in it ends with its code.
            var ran = await sandbox.RunShellAsync($"(\n{command}\n)", timeout: null, cancellationToken);
            return ran.End switch
            {
                ShellEnd.Exited { Code: 0 } => null,
                ShellEnd.Exited exited => $"it exited with {exited.Code}: {PlainText.Line(ran.Output, ShownCharsMax)}".TrimEnd(' ', ':'),
                ShellEnd.TimedOut timedOut => $"it was killed after {timedOut.After.TotalSeconds:0} seconds",
                ShellEnd.Exceeded exceeded => exceeded.Reason,
                _ => throw new UnreachableException(),
            };
        }
        finally
        {
            outputs.Delete(recursive: true);
        }
    }
}
