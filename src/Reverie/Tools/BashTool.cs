using Reverie.Sandboxes;

namespace Reverie.Tools;

/// <summary>A command in the session's shell.</summary>
internal static class BashTool
{
    public static async Task<ToolOutput> RunAsync(ToolInput input, ISandbox sandbox, CancellationToken cancellationToken)
    {
        var command = input.Text("command") ?? "";
        var restarts = input.Flag("restart");
        var milliseconds = Math.Min(input.Count("timeout_ms"), (long)sandbox.Spec.Limits.CommandTimeMax.TotalMilliseconds);
        if (command.Contains('\0')) return ToolOutput.Error("bash: command holds a NUL character");
        if (restarts) await sandbox.RestartShellAsync(cancellationToken);
        if (command.Length == 0) return restarts ? ToolOutput.Of("bash session restarted") : ToolOutput.Error("bash: command is required");
        var outcome = await sandbox.RunShellAsync(command, milliseconds == 0 ? null : TimeSpan.FromMilliseconds(milliseconds), cancellationToken);
        var text = outcome.IsCut ? $"[output truncated]\n{outcome.Output}" : outcome.Output;
        return outcome.End switch
        {
            ShellEnd.Exited(0) => ToolOutput.Of(text),
            ShellEnd.Exited(var code) => ToolOutput.Error(text.Length > 0 ? text : $"exit {code}"),
            ShellEnd.TimedOut(var after) => ToolOutput.Error($"bash: bash command timed out after {(long)after.TotalMilliseconds}ms"),
            ShellEnd.Exceeded(var reason) => ToolOutput.Error($"bash: the shell was killed: {reason}\n{text}".TrimEnd()),
            var end => throw new System.Diagnostics.UnreachableException(end.ToString()),
        };
    }
}
