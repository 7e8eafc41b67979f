using Reverie.Cli.Terminal;

namespace Reverie.Cli;

/// <summary>What every command needs from outside.</summary>
/// <param name="Streams">Where it reads and writes.</param>
/// <param name="Time">The clock.</param>
/// <param name="Editor">The person's editor command; null for none.</param>
/// <param name="HomeDirectory">The project: where the samples of the demo lie.</param>
/// <param name="IsDebug">Show the stack of an internal failure.</param>
public sealed record CliContext(CliStreams Streams, TimeProvider Time, string? Editor, string HomeDirectory, bool IsDebug)
{
    /// <summary>The process's own.</summary>
    public static CliContext OfProcess() => new(CliStreams.OfProcess(), TimeProvider.System,
        Variable("VISUAL") ?? Variable("EDITOR"),
        Variable("REVERIE_HOME") ?? Environment.CurrentDirectory,
        string.Equals(Variable("REVERIE_DEBUG"), "1", StringComparison.Ordinal));

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
