using System.Text;
using Reverie.Sandboxes.Launch;

namespace Reverie.Sandboxes.Shells;

/// <summary>One bash that reads commands from us until it ends or is killed.</summary>
/// <remarks>
/// The shell's own output goes nowhere, so that its options cannot mix into that of commands. Each command is evaluated with the output we read in place of its own
/// and followed by a mark with its exit code. Whoever writes such a mark deceives only himself.
/// </remarks>
internal sealed class Shell : IAsyncDisposable
{
    public static readonly IReadOnlyList<string> Program = ["/bin/bash", "--noprofile", "--norc"];

    private const int OutputDescriptor = 9;

    private readonly SandboxProcess _process;
    private readonly ResourceWatch _watch;
    private readonly OutputTail _output;

    private Shell(SandboxProcess process, ResourceWatch watch, OutputTail output) => (_process, _watch, _output) = (process, watch, output);

    /// <summary>True when the next command needs a fresh shell.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Takes over a started bash and waits until it answers.</summary>
    /// <exception cref="SandboxException">It ended instead.</exception>
    public static async Task<Shell> StartAsync(SandboxProcess process, ResourceWatch watch, SandboxLimits limits, CancellationToken cancellationToken)
    {
        var shell = new Shell(process, watch, new(limits.OutputBytesMax));
        try
        {
            var mark = NewMark();
            await shell.WriteAsync($"exec {OutputDescriptor}>&1 >/dev/null 2>&1\n{Announce(mark, "0")}", cancellationToken);
            while (!shell._output.TryTake(mark, out _, out _, out _))
            {
                if (await shell.ReadAsync(cancellationToken)) continue;
                await process.Errors.Ended.WaitAsync(cancellationToken);
                throw new SandboxException($"The sandbox did not start: {process.Errors.Text}");
            }
            return shell;
        }
        catch
        {
            await shell.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a command; one at a time.</summary>
    public async Task<ShellOutcome> RunAsync(string command, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        var mark = NewMark();
        try
        {
            await WriteAsync($"\\builtin eval {Quoted(command)} </dev/null >&{OutputDescriptor} 2>&1 {OutputDescriptor}>&-\n{Announce(mark, "\"$?\"")}", either.Token);
            do
            {
                if (_output.TryTake(mark, out var text, out var isCut, out var code)) return new(text, isCut, new ShellEnd.Exited(code));
            }
            while (await ReadAsync(either.Token));
            HasEnded = true;
            await _process.Process.WaitForExitAsync(either.Token);
            var (last, lastIsCut) = _output.TakeAll();
            return new(last, lastIsCut, _watch.Exceeded is { } reason ? new ShellEnd.Exceeded(reason) : new ShellEnd.Exited(_process.Process.ExitCode));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            HasEnded = true;
            var (late, lateIsCut) = _output.TakeAll();
            return new(late, lateIsCut, new ShellEnd.TimedOut(timeout));
        }
        catch (OperationCanceledException)
        {
            HasEnded = true;
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        HasEnded = true;
        await _watch.DisposeAsync();
        await _process.DisposeAsync();
    }

    private static string NewMark() => Guid.NewGuid().ToString("N");

    private static string Announce(string mark, string code) => $"\\builtin printf '\\0%s %d\\0' {mark} {code} >&{OutputDescriptor}\n";

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''")}'";

    private async Task WriteAsync(string script, CancellationToken cancellationToken)
    {
        try
        {
            var input = _process.Process.StandardInput.BaseStream;
            await input.WriteAsync(Encoding.UTF8.GetBytes(script), cancellationToken);
            await input.FlushAsync(cancellationToken);
        }
        catch (IOException)
        {
            // The shell has ended, which reading tells.
        }
    }

    /// <summary>False at the end of the output, which is that of the shell.</summary>
    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        // What outlives its shell may hold the output open, and a read that waits for it must not hold us.
        var count = await _process.Process.StandardOutput.BaseStream.ReadAsync(_output.Free(), cancellationToken).AsTask().WaitAsync(cancellationToken);
        _output.Advance(count);
        return count > 0;
    }
}
