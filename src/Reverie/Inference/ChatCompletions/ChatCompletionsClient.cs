using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Chat;

namespace Reverie.Inference.ChatCompletions;

/// <summary>The connection all OpenAI-compatible models share.</summary>
internal sealed class ChatCompletionsClient
{
    /// <summary>Servers on one's own machines mostly want no key, but the package wants one to send.</summary>
    private const string NoKey = "none";

    private static readonly Uri PublicService = new("https://api.openai.com/v1");

    private readonly ApiKeyCredential _credential;
    private readonly OpenAIClientOptions _options;

    public ChatCompletionsClient(InferenceOptions options, TimeProvider clock)
    {
        Clock = clock;
        SilenceMax = options.SilenceMax;
        Secret = options.OpenAiApiKey;
        IsPublicService = options.OpenAiBaseUrl is null;
        _credential = new ApiKeyCredential(string.IsNullOrEmpty(Secret) ? NoKey : Secret);
        _options = new OpenAIClientOptions
        {
            Endpoint = options.OpenAiBaseUrl ?? PublicService,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            // Silence is watched by SilenceGuard; a long answer is no fault.
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
    }

    public TimeProvider Clock { get; }

    public TimeSpan SilenceMax { get; }

    public string? Secret { get; }

    /// <summary>True for OpenAI's own service, whose newer models take some fields by other names.</summary>
    public bool IsPublicService { get; }

    public ChatClient Chat(ModelInfo info) => new(info.UpstreamId ?? info.Id, _credential, _options);
}
