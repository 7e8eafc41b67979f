using System.Diagnostics;
using Reverie.Cli;

namespace Reverie.Server.Tests.Hosting;

/// <summary>The built command line as a process of its own.</summary>
public sealed class ReverieProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ReverieProcess(Process process) => _process = process;

    /// <summary>Where a server listens.</summary>
    public string Url { get; private init; } = "";

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int Code, string Out, string Error)> RunAsync(string? postgres, params string[] args)
    {
        using var process = Start(postgres, null, null, args);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, output, await error);
    }

    /// <summary>Starts a server on a free port and returns once it listens.</summary>
    /// <param name="hook">An argument for <see cref="StartupHook"/>; null to run without it.</param>
    /// <param name="settings">Further variables of its environment.</param>
    public static async Task<ReverieProcess> ServeAsync(string? postgres, string dataDirectory, string? hook = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        var process = Start(postgres, hook, settings, "serve", "--urls", "http://127.0.0.1:0", "--data", dataDirectory);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("Listening on ", StringComparison.Ordinal)) return new ReverieProcess(process) { Url = line.Split(' ')[2] };
        }
        throw new InvalidOperationException($"the server ended: {await process.StandardError.ReadToEndAsync(patience.Token)}");
    }

    /// <summary>A client of the server, with its key.</summary>
    public HttpClient Connect(string beta = TestServer.AgentsBeta)
    {
        var http = new HttpClient { BaseAddress = new Uri(Url) };
        http.DefaultRequestHeaders.Add("x-api-key", TestServer.Key);
        http.DefaultRequestHeaders.Add("anthropic-beta", beta);
        return http;
    }

    /// <summary>As the kernel does it: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public Task EndAsync() => _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TimeProvider.System);

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private static Process Start(string? postgres, string? hook, IReadOnlyDictionary<string, string>? settings, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(ReverieApp).Assembly.Location);
        foreach (var arg in args) start.ArgumentList.Add(arg);
        start.Environment["REVERIE_API_KEY"] = TestServer.Key;
        start.Environment["REVERIE_DATABASE"] = postgres ?? "";
        foreach (var (name, value) in settings ?? new Dictionary<string, string>()) start.Environment[name] = value;
        if (hook is not null)
        {
            start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
            start.Environment[StartupHook.Variable] = hook;
        }
        return Process.Start(start)!;
    }
}
