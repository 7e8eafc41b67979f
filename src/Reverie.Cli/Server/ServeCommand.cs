using System.CommandLine;
using Reverie.Cli.Terminal;
using Reverie.Inference;
using Reverie.Keys;
using Reverie.Server;
using Reverie.Sessions.Judging;

namespace Reverie.Cli.Server;

/// <summary><c>reverie serve</c>: the HTTP server, until it is told to stop.</summary>
internal static class ServeCommand
{
    /// <summary>The data directory of commands that name none.</summary>
    public static string DefaultData => Environment.GetEnvironmentVariable("REVERIE_DATA") is { Length: > 0 } chosen ? chosen : "reverie-data";

    public static Command Create(CliContext context)
    {
        var urls = new Option<string>("--urls") { Description = "Where to listen; several separated by ;", HelpName = "URLS", DefaultValueFactory = static _ => "http://127.0.0.1:8787" };
        var data = DataOption();
        var rate = new Option<int?>("--rate-limit") { Description = "Requests one key may make in a minute (default: any number)", HelpName = "N" };
        rate.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1) result.AddError("--rate-limit must be at least 1; leave it out for any number");
        });
        var command = new ExampledCommand("serve", "Run the server: memory stores, sessions and dreams over HTTP, for the official SDKs.",
            "reverie serve --urls http://127.0.0.1:8787 --data ./data",
            "REVERIE_DATABASE='Host=db;Database=reverie;Username=reverie;Password=…' reverie serve")
        { urls, data, rate };
        command.SetAction((parsed, cancellationToken) => RunAsync(context, ServerSettings.Read(CheckedUrls(parsed.GetRequiredValue(urls)), parsed.GetRequiredValue(data)) with
        {
            ApiKey = CheckedKey(Environment.GetEnvironmentVariable("REVERIE_API_KEY")),
            RequestsPerMinute = parsed.GetValue(rate),
        }, cancellationToken));
        return command;
    }

    public static Option<string> DataOption() =>
        new("--data") { Description = "Directory of everything the server keeps", HelpName = "DIR", DefaultValueFactory = static _ => DefaultData };

    private static async Task<int> RunAsync(CliContext context, ServerOptions options, CancellationToken cancellationToken)
    {
        var screen = Screen.Out(context.Streams);
        try
        {
            await using var server = await ReverieServer.StartAsync(options, context.Time, cancellationToken);
            if (server.NewSecret is { } secret)
            {
                screen.Line("A key was made for you; it is shown this once:");
                screen.Line("");
                screen.Line($"  {secret}");
                screen.Line("");
            }
            screen.Line($"Listening on {PlainText.Escaped(string.Join(", ", server.Urls))} with {(options.Postgres is null ? PlainText.Escaped(options.DataDirectory) : "PostgreSQL")}; stop with Ctrl+C.");
            await context.Streams.Out.FlushAsync(CancellationToken.None);
            await server.WaitForShutdownAsync(cancellationToken);
            return ExitCode.Ok;
        }
        catch (Exception error) when (error is ModelsFileException or JudgeModelException)
        {
            throw new BadInputException(error.Message, error);
        }
        catch (IOException error)
        {
            throw new BadInputException($"the server cannot listen on {options.Urls}: {error.Message}", error);
        }
    }

    private static string CheckedUrls(string urls)
    {
        foreach (var url in urls.Split(';'))
        {
            if (!url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || url.Length == "http://".Length)
                throw new BadInputException($"--urls must hold addresses such as http://127.0.0.1:8787, not \"{url}\"; for https put a proxy in front");
        }
        return urls;
    }

    private static string? CheckedKey(string? key)
    {
        if (string.IsNullOrEmpty(key)) return null;
        return key.Length >= ApiKeySecret.CharsMin ? key : throw new BadInputException($"REVERIE_API_KEY must have at least {ApiKeySecret.CharsMin} characters; \"reverie keys create\" makes a good one");
    }
}
