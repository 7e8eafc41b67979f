using Reverie.Cli.Terminal;
using Reverie.Inference;

namespace Reverie.Cli.Server;

/// <summary>Which models the server can reach, from the environment.</summary>
internal static class ModelSettings
{
    public static InferenceOptions Read() => new()
    {
        AnthropicApiKey = Text("ANTHROPIC_API_KEY"),
        AnthropicBaseUrl = Url("ANTHROPIC_BASE_URL"),
        OpenAiApiKey = Text("OPENAI_API_KEY"),
        OpenAiBaseUrl = Url("OPENAI_BASE_URL"),
        ModelsFile = Text("REVERIE_MODELS") is { } file ? Path.GetFullPath(file) : null,
    };

    /// <summary>The model that judges calls under the policy <c>auto</c>; null to have people asked.</summary>
    public static string? Judge => Text("REVERIE_JUDGE_MODEL");

    private static string? Text(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? text.Trim() : null;

    private static Uri? Url(string name)
    {
        if (Text(name) is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0) return url;
        throw new BadInputException($"{name} must be an address such as https://example.com, without a name or password in it");
    }
}
