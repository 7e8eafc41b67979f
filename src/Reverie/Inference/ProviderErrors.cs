using System.Globalization;
using System.Text.Json;

namespace Reverie.Inference;

/// <summary>What the errors of providers mean.</summary>
internal static class ProviderErrors
{
    private const int MessageCharsMax = 2000;
    private static readonly TimeSpan RetryAfterMax = TimeSpan.FromHours(1);

    private static readonly string[] TooLongPhrases =
    [
        "prompt is too long", "context_length_exceeded", "maximum context length", "exceed_context_size", "available context size",
        "context window", "exceeds the context", "input is too long", "maximum input length",
    ];

    private static readonly string[] BillingPhrases = ["credit balance", "insufficient_quota", "billing", "spend limit", "usage limits"];

    /// <summary>An answer that is no success.</summary>
    /// <param name="who">The provider's name for people.</param>
    /// <param name="status">HTTP status; null for an error within a stream.</param>
    /// <param name="body">The body, or the event's data.</param>
    /// <param name="retryAfter">What the provider asked for.</param>
    /// <param name="requestId">The provider's name for the request.</param>
    /// <param name="secret">What the message must not hold; null for nothing.</param>
    public static ModelException Refused(string who, int? status, string? body, TimeSpan? retryAfter, string? requestId, string? secret)
    {
        var (type, said) = Read(body ?? "");
        var failure = Failure(status, type, said);
        var told = status is { } code ? $"{who} answered {code}" : $"{who} broke off with an error";
        return new ModelException(failure, Plain($"{told}: {(said.Length > 0 ? said : type.Length > 0 ? type : "no reason given")}", secret)) { RetryAfter = retryAfter, RequestId = requestId };
    }

    public static ModelException Unreachable(string who, Exception error, string? secret) =>
        new(ModelFailure.Network, Plain($"{who} could not be reached, or the connection broke: {error.Message}", secret));

    public static ModelException BrokenOff(string who) => new(ModelFailure.Network, $"{who} ended its answer before it was whole.");

    public static ModelException Silent(string who, TimeSpan after) => new(ModelFailure.Network, $"{who} said nothing for {after.TotalSeconds:0} seconds.");

    public static ModelException Unreadable(string who, string why, string? secret) => new(ModelFailure.Server, Plain($"{who} sent something that cannot be read: {why}", secret));

    /// <summary><c>retry-after-ms</c>, or <c>retry-after</c> in seconds or as a date; null where neither says anything, an hour at most.</summary>
    public static TimeSpan? RetryAfter(Func<string, string?> header, TimeProvider clock)
    {
        TimeSpan? wait = null;
        if (double.TryParse(header("retry-after-ms"), CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is >= 0 and < int.MaxValue) wait = TimeSpan.FromMilliseconds(milliseconds);
        else if (header("retry-after") is { } text)
        {
            if (double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < int.MaxValue) wait = TimeSpan.FromSeconds(seconds);
            else if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var time)) wait = time - clock.GetUtcNow();
        }
        return wait is null ? null : TimeSpan.FromTicks(Math.Clamp(wait.Value.Ticks, 0, RetryAfterMax.Ticks));
    }

    private static ModelFailure Failure(int? status, string type, string said)
    {
        if (status is null or 400 or 413 or 422 && Holds(TooLongPhrases)) return ModelFailure.ContextWindowExceeded;
        if (status is null or 400 or 402 or 403 or 429 && Holds(BillingPhrases)) return ModelFailure.Billing;
        return (type, status) switch
        {
            ("overloaded_error", _) or (_, 529 or 503) => ModelFailure.Overloaded,
            ("rate_limit_error" or "rate_limit_exceeded", _) or (_, 429) => ModelFailure.RateLimited,
            ("billing_error", _) or (_, 402) => ModelFailure.Billing,
            ("authentication_error" or "permission_error", _) or (_, 401 or 403) => ModelFailure.Authentication,
            ("api_error" or "server_error" or "timeout_error" or "internal_server_error", _) or (_, >= 500 or 408 or 409) => ModelFailure.Server,
            (_, null) when type != "invalid_request_error" => ModelFailure.Server,
            _ => ModelFailure.RequestFailed,
        };

        bool Holds(string[] phrases) => Array.Exists(phrases, phrase => said.Contains(phrase, StringComparison.OrdinalIgnoreCase) || type.Contains(phrase, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The kinds of envelope there are: <c>{"error": {"type", "code", "message"}}</c>, <c>{"error": "…"}</c>, <c>{"message": "…"}</c>, or plain text.</summary>
    private static (string Type, string Message) Read(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return ("", body);
            if (!root.TryGetProperty("error", out var error)) error = root;
            if (error.ValueKind == JsonValueKind.String) return ("", error.GetString() ?? "");
            if (error.ValueKind != JsonValueKind.Object) return ("", body);
            // OpenAI's code says more than its type; Anthropic has a type only.
            return (Text(error, "code") ?? Text(error, "type") ?? "", Text(error, "message") ?? "");
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return ("", body);
        }
    }

    private static string? Text(JsonElement value, string name) => value.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;

    private static string Plain(string message, string? secret)
    {
        if (!string.IsNullOrEmpty(secret)) message = message.Replace(secret, "[key]", StringComparison.Ordinal);
        message = string.Concat(message.Take(MessageCharsMax).Select(static c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)).TrimEnd();
        return message.EndsWith('.') ? message : message + ".";
    }
}
