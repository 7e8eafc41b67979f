using Reverie.Cli.Terminal;
using Reverie.Memory;

namespace Reverie.Cli.Dreams;

/// <summary>A change of a store that an earlier command was killed in.</summary>
internal static class InterruptedChange
{
    /// <summary>Finishes it, and says so: the store is then not what the person last saw.</summary>
    public static void Finish(CliContext context, string directory)
    {
        if (MemoryDirectory.Settle(directory)) context.Streams.Error.WriteLine($"{PlainText.Line(directory)}: finished a change that had been interrupted");
    }
}
