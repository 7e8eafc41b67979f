using Reverie.Cli.Server;
using Reverie.Cli.Terminal;
using Reverie.Inference;
using Reverie.Sessions.Judging;

namespace Reverie.Cli.Running;

/// <summary>Runs the part of a command that needs a server.</summary>
internal static class LocalServer
{
    /// <summary>Finds or starts the server on a data directory, works with it, and lets it go.</summary>
    /// <param name="data">The directory.</param>
    /// <param name="work">Returns the exit code.</param>
    public static async Task<int> UseAsync(CliContext context, string data, Func<Api, Interrupts, Task<int>> work, CancellationToken cancellationToken)
    {
        using var interrupts = new Interrupts(cancellationToken);
        try
        {
            await using var link = await ServerLink.OpenAsync(ServerSettings.Read("http://127.0.0.1:0", data) with { IsEmbedded = true }, context.Time, interrupts.Leaving);
            return await work(new Api(link), interrupts);
        }
        catch (Exception error) when (error is ModelsFileException or JudgeModelException)
        {
            throw new BadInputException(error.Message, error);
        }
    }
}
