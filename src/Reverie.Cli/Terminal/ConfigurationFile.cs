using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Files;
using Reverie.Yaml;

namespace Reverie.Cli.Terminal;

/// <summary>A file that a person wrote for a command: YAML, or JSON when its name ends in <c>.json</c>.</summary>
internal static class ConfigurationFile
{
    private const int BytesMax = 1024 * 1024;

    /// <param name="path">The file.</param>
    /// <param name="what">What it is.</param>
    /// <param name="holds">What belongs in it, as it follows the word it.</param>
    /// <exception cref="BadInputException">It is not there, too large, or cannot be read.</exception>
    public static JsonNode? Read(string path, string what, string holds)
    {
        var name = PlainText.Line(path);
        if (Directory.Exists(path)) throw new BadInputException($"{name} is a directory; name the {what}");
        if (!File.Exists(path)) throw new BadInputException($"there is no {what} {name}; it {holds}");
        if (InputFile.Problem(path) is { } unreadable) throw new BadInputException($"{name} {unreadable}");
        if (new FileInfo(path).Length > BytesMax) throw new BadInputException($"{name} is larger than {BytesMax / 1024 / 1024} MiB, which no {what} is");
        try
        {
            var text = File.ReadAllText(path);
            return path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
                ? JsonNode.Parse(text, null, new JsonDocumentOptions { AllowDuplicateProperties = false, CommentHandling = JsonCommentHandling.Skip })
                : YamlText.ToJson(YamlText.Load(text));
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
