using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reverie.Bench;

/// <summary>The session files measured, and larger ones made from them.</summary>
internal static class Corpus
{
    private static readonly string[] EventIds = ["id", "tool_use_id", "custom_tool_use_id", "mcp_tool_use_id"];
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<string> Find(string directory) =>
        [.. Directory.EnumerateFiles(directory, "*.sessions.jsonl.gz", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>Writes every session <paramref name="copies"/> times, each time with ids of its own and on request with texts of its own.</summary>
    public static void Repeat(IEnumerable<string> files, int copies, bool isDistinct, string toFile)
    {
        using var written = new GZipStream(File.Create(toFile), CompressionLevel.Fastest);
        foreach (var file in files)
        {
            using var lines = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            while (lines.ReadLine() is { } line)
            {
                if (string.IsNullOrWhiteSpace(line)) continue;
                for (var copy = 0; copy < copies; copy++) written.Write(Encoding.UTF8.GetBytes(copy == 0 ? line : Copy(line, copy, isDistinct)).Append((byte)'\n').ToArray());
            }
        }
    }

    /// <summary>Writes so many sessions, as often round as it takes, each round with ids and texts of its own.</summary>
    public static void Repeat(IReadOnlyList<string> files, int sessions, string toFile)
    {
        using var written = new GZipStream(File.Create(toFile), CompressionLevel.Fastest);
        for (var copy = 0; ; copy++)
        {
            foreach (var file in files)
            {
                using var lines = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
                while (lines.ReadLine() is { } line)
                {
                    if (string.IsNullOrWhiteSpace(line)) continue;
                    if (sessions-- == 0) return;
                    written.Write(Encoding.UTF8.GetBytes((copy == 0 ? line : Copy(line, copy, isDistinct: true)) + "\n"));
                }
            }
        }
    }

    private static string Copy(string line, int copy, bool isDistinct)
    {
        var session = JsonNode.Parse(line)!;
        session["external_id"] = $"{session["external_id"]}~{copy}";
        foreach (var @event in session["events"]!.AsArray())
        {
            foreach (var name in EventIds)
                if (@event![name] is JsonValue id) @event[name] = $"{id}~{copy}";
            if (!isDistinct) continue;
            if (@event!["content"] is { } content) MakeDistinct(content, copy);
            if (@event["input"] is { } input) MakeDistinct(input, copy);
        }
        return session.ToJsonString(Json);
    }

    /// <summary>Puts the number of the copy before every longer text, where clipping does not take it away.</summary>
    private static void MakeDistinct(JsonNode node, int copy)
    {
        if (node is JsonArray array)
            foreach (var item in array) MakeDistinct(item!, copy);
        if (node is not JsonObject fields) return;
        foreach (var (name, value) in fields.ToList())
        {
            if (value is JsonValue text && text.GetValueKind() == JsonValueKind.String && text.GetValue<string>() is { Length: >= 16 } words) fields[name] = $"{copy} {words}";
            else if (value is JsonArray or JsonObject) MakeDistinct(value, copy);
        }
    }
}
