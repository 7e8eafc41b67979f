using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Cli.Terminal;
using Reverie.Yaml;

namespace Reverie.Cli.Running;

/// <summary>An agent as a file: the fields of the contract's request that makes one, in YAML or JSON. Their rules are the server's.</summary>
internal static class AgentFile
{
    private const int BytesMax = 1024 * 1024;

    /// <exception cref="BadInputException">It is not there, too large, or holds no object.</exception>
    public static JsonObject Read(string path)
    {
        var name = PlainText.Line(path);
        if (!File.Exists(path)) throw new BadInputException($"there is no agent file {name}; it holds name, model, system, tools and so on, as samples/agents/hello.yaml does");
        if (new FileInfo(path).Length > BytesMax) throw new BadInputException($"{name} is larger than {BytesMax / 1024 / 1024} MiB; an agent file holds an agent's configuration only");
        try
        {
            var text = File.ReadAllText(path);
            var root = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
                ? JsonNode.Parse(text, null, new JsonDocumentOptions { AllowDuplicateProperties = false, CommentHandling = JsonCommentHandling.Skip })
                : YamlText.ToJson(YamlText.Load(text));
            return root as JsonObject ?? throw new BadInputException($"{name} must hold the fields of an agent: name, model, system, tools and so on");
        }
        catch (Exception error) when (error is YamlTextException or JsonException)
        {
            throw new BadInputException($"{name}: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{name} cannot be read: {error.Message}", error);
        }
    }
}
