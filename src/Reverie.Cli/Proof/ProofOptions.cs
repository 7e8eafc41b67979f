using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Reverie.Cli.Terminal;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;

namespace Reverie.Cli.Proof;

/// <summary>What the commands about proof share.</summary>
internal static class ProofOptions
{
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Option<string> Format()
    {
        var format = new Option<string>("--format") { Description = "text: to read; json: as the server answers", DefaultValueFactory = static _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        return format;
    }

    public static Id<MemoryStore> StoreId(string text) => Id<MemoryStore>.TryParse(text, out var id) ? id
        : throw new BadInputException($"\"{text}\" is no store id; it begins with memstore_, see \"reverie memory list\"");
}
