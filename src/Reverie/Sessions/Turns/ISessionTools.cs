using Reverie.Inference;
using Reverie.Memory.Credit;

namespace Reverie.Sessions.Turns;

/// <summary>The edge between turns and the place where built-in tools run.</summary>
public interface ISessionTools
{
    /// <summary>The built-in tools there are, as models are offered them.</summary>
    IReadOnlyList<ModelTool> Definitions { get; }

    /// <summary>
    /// Runs a call in the session's sandbox, made when the first call needs it. What goes wrong is a result the model can
    /// read. Cancelling kills what runs.
    /// </summary>
    /// <param name="session">Whose sandbox it is.</param>
    /// <param name="thread">Whose call it is.</param>
    /// <param name="call">What is called.</param>
    /// <param name="cancellationToken">Kills what runs.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    Task<CallResult> RunAsync(SessionSetup session, ThreadSetup thread, OpenCall call, CancellationToken cancellationToken);

    /// <summary>Runs a command for the server itself, apart from the agent's shell, over the session's files, which it can only read.</summary>
    /// <returns>Its exit code, null when it did not end in time; and the end of what it wrote.</returns>
    /// <exception cref="Sandboxes.SandboxException">No sandbox can be had.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    Task<(int? ExitCode, string Output)> RunApartAsync(SessionSetup session, string command, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>A file of the session; null when there is none, or it is larger than asked for.</summary>
    /// <param name="session">Whose file.</param>
    /// <param name="path">Absolute, inside the sandbox.</param>
    /// <param name="bytesMax">The most it may have.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    Task<byte[]?> ReadFileAsync(SessionSetup session, string path, int bytesMax, CancellationToken cancellationToken);
}

/// <summary>What a built-in tool answered.</summary>
/// <param name="Content">For the model.</param>
/// <param name="IsError">The call failed.</param>
public sealed record CallResult(IReadOnlyList<ModelBlock> Content, bool IsError)
{
    /// <summary>The memories of which the answer shows something, to be noted with it.</summary>
    public IReadOnlyList<ShownMemories> Shown { get; init; } = [];
}
