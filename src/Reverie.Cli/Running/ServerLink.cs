using System.Net.Http.Headers;
using Reverie.Cli.Terminal;
using Reverie.Server;
using Reverie.Storage;

namespace Reverie.Cli.Running;

/// <summary>
/// The way to the server on a data directory: the one that runs on it, or else one inside this process for as long as the
/// command lasts. Sessions live in the database, so when the one goes away the other takes its place.
/// </summary>
internal sealed class ServerLink : IAsyncDisposable
{
    /// <summary>How long a server may take between holding the directory and listening.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly ServerOptions _options;
    private readonly OperatorAccess? _remote;
    private readonly TimeProvider _clock;
    private ReverieServer? _own;
    private HttpClient? _http;

    private ServerLink(ServerOptions options, TimeProvider clock, OperatorAccess? remote = null) => (_options, _clock, _remote) = (options, clock, remote);

    /// <summary>Sends requests as the operator.</summary>
    public HttpClient Http => _http ?? throw new InvalidOperationException("the link is not open");

    /// <summary>Finds or starts the server.</summary>
    /// <exception cref="BadInputException">The one that holds the directory does not say where it listens.</exception>
    public static async Task<ServerLink> OpenAsync(ServerOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var link = new ServerLink(options, clock);
        await link.ReopenAsync(cancellationToken);
        return link;
    }

    /// <summary>The way to a server elsewhere.</summary>
    /// <exception cref="BadInputException">It does not answer.</exception>
    public static async Task<ServerLink> ToAsync(OperatorAccess remote, TimeProvider clock, CancellationToken cancellationToken)
    {
        var link = new ServerLink(new ServerOptions { DataDirectory = "", Urls = remote.Url.ToString() }, clock, remote);
        link._http = NewHttp(remote);
        if (await IsListeningAsync(link._http, cancellationToken)) return link;
        await link.DisposeAsync();
        throw new BadInputException($"no server answers at {remote.Url}; check --url");
    }

    /// <summary>Looks again, after the connection was lost.</summary>
    public async Task ReopenAsync(CancellationToken cancellationToken)
    {
        var began = _clock.GetTimestamp();
        while (true)
        {
            if (await FindAsync(cancellationToken) is { } access)
            {
                var http = NewHttp(access);
                if (await IsListeningAsync(http, cancellationToken))
                {
                    _http?.Dispose();
                    _http = http;
                    return;
                }
                http.Dispose();
            }
            if (_clock.GetElapsedTime(began) > Patience)
                throw new BadInputException($"a server holds the data directory {_options.DataDirectory} and does not answer; stop it or name another directory with --data");
            await Task.Delay(LookEvery, _clock, cancellationToken);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_own is not null) await _own.DisposeAsync();
    }

    private async Task<OperatorAccess?> FindAsync(CancellationToken cancellationToken)
    {
        if (_remote is not null) return _remote;
        if (_own is not null) return _own.Access;
        if (DataDirectory.TryClaim(_options.DataDirectory) is not { } directory) return OperatorAccess.Find(_options.DataDirectory);
        _own = await ReverieServer.StartAsync(_options, directory, _clock, cancellationToken);
        return _own.Access;
    }

    private static HttpClient NewHttp(OperatorAccess access)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = access.Url, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", access.Key);
        http.DefaultRequestHeaders.Add("anthropic-beta", "managed-agents-2026-04-01");
        return http;
    }

    private static async Task<bool> IsListeningAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync("/healthz", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
