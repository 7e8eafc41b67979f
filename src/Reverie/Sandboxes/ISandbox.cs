using Reverie.Sandboxes.Files;

namespace Reverie.Sandboxes;

/// <summary>One isolated place in which an agent's commands run. Nothing is started before the first command.</summary>
/// <remarks>Disposing kills everything that runs inside; the directories mounted into it stay.</remarks>
public interface ISandbox : IAsyncDisposable
{
    /// <summary>What the sandbox was opened with.</summary>
    SandboxSpec Spec { get; }

    /// <summary>The mounted directories, as the file tools may touch them.</summary>
    SandboxFiles Files { get; }

    /// <summary>
    /// Runs a command in the one shell of the sandbox, whose directory, variables and background jobs persist. Calls run one after the other.
    /// </summary>
    /// <param name="command">The command line, without NUL characters.</param>
    /// <param name="timeout">Kills the shell when it has passed; null is the limit of the spec, which longer times are cut to.</param>
    /// <param name="cancellationToken">Kills the shell; the next call has a fresh one.</param>
    /// <exception cref="SandboxException">No sandbox can be started here.</exception>
    Task<ShellOutcome> RunShellAsync(string command, TimeSpan? timeout, CancellationToken cancellationToken);

    /// <summary>What programs inside call a path of <see cref="Files"/>; the same unless commands run without a sandbox.</summary>
    string PathInside(string path);

    /// <summary>Kills the shell and all it started; the next command has a fresh one.</summary>
    Task RestartShellAsync(CancellationToken cancellationToken);

    /// <summary>Runs a program of its own, apart from the shell, with the same mounts, which it can only read.</summary>
    /// <param name="arguments">The program's name and its arguments.</param>
    /// <param name="timeout">Kills the program when it has passed.</param>
    /// <param name="outputBytesMax">The program is killed when it writes more.</param>
    /// <param name="cancellationToken">Kills the program.</param>
    /// <exception cref="SandboxException">No sandbox can be started here.</exception>
    Task<ProgramOutcome> RunProgramAsync(IReadOnlyList<string> arguments, TimeSpan timeout, int outputBytesMax, CancellationToken cancellationToken);
}
