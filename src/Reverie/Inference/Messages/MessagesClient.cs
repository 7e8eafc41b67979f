using Anthropic;

namespace Reverie.Inference.Messages;

/// <summary>The connection all models of the Messages API share.</summary>
internal sealed class MessagesClient
{
    private static readonly Uri PublicService = new("https://api.anthropic.com");

    private readonly AsyncLocal<ResponseNotes?> _notes = new();

    public MessagesClient(InferenceOptions options, TimeProvider clock)
    {
        Clock = clock;
        SilenceMax = options.SilenceMax;
        Secret = options.AnthropicApiKey;
        Api = new AnthropicClient
        {
            BaseUrl = (options.AnthropicBaseUrl ?? PublicService).ToString().TrimEnd('/'),
            // Set even when empty, or the package would look into the environment.
            ApiKey = options.AnthropicApiKey ?? "",
            AuthToken = null,
            MaxRetries = 0,
            // Silence is watched by SilenceGuard; a long answer is no fault.
            Timeout = Timeout.InfiniteTimeSpan,
            HttpClient = new HttpClient(new NoteTaker(this) { InnerHandler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) } }) { Timeout = Timeout.InfiniteTimeSpan },
        };
    }

    public AnthropicClient Api { get; }

    public TimeProvider Clock { get; }

    public TimeSpan SilenceMax { get; }

    public string? Secret { get; }

    /// <summary>What the headers of the caller's next answer say: the package's exceptions do not carry them.</summary>
    public ResponseNotes BeginNotes() => _notes.Value = new ResponseNotes();

    private sealed class NoteTaker(MessagesClient owner) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (owner._notes.Value is { } notes)
                notes.RetryAfter = ProviderErrors.RetryAfter(name => response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null, owner.Clock);
            return response;
        }
    }
}

/// <summary>What the headers of an answer said.</summary>
internal sealed class ResponseNotes
{
    public TimeSpan? RetryAfter { get; set; }
}
