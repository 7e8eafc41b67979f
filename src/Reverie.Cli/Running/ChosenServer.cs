using System.CommandLine;
using Reverie.Cli.Terminal;
using Reverie.Server;

namespace Reverie.Cli.Running;

/// <summary>A server elsewhere, where <c>--url</c> names one, and otherwise the one on the data directory.</summary>
internal static class ChosenServer
{
    /// <summary>Where the key of a server elsewhere is found: an argument would be seen by everybody on the machine.</summary>
    private const string KeyVariable = "REVERIE_API_KEY";

    public static Option<string?> UrlOption() => new("--url") { Description = $"A server elsewhere instead of --data; its key is in {KeyVariable}", HelpName = "URL" };

    /// <param name="url">Null for the server on <paramref name="data"/>.</param>
    /// <param name="work">Returns the exit code.</param>
    public static async Task<int> UseAsync(CliContext context, string data, string? url, Func<Api, CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        if (url is null) return await LocalServer.UseAsync(context, data, (api, interrupts) => work(api, interrupts.Leaving), cancellationToken);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")) throw new BadInputException($"--url must be an address such as http://127.0.0.1:8787, not \"{url}\"");
        if (Environment.GetEnvironmentVariable(KeyVariable) is not { Length: > 0 } key) throw new BadInputException($"--url needs the server's key in the environment variable {KeyVariable}");
        await using var link = await ServerLink.ToAsync(new OperatorAccess(address, key), context.Time, cancellationToken);
        return await work(new Api(link), cancellationToken);
    }
}
