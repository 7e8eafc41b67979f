using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reverie.Inference;

/// <summary>Blocks as compact JSON, for keeping what a model must see again exactly as it was.</summary>
public static class ModelBlocksJson
{
    private static readonly BlocksContext Compact = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        AllowOutOfOrderMetadataProperties = true,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    });

    /// <summary>One JSON array.</summary>
    public static string Write(IReadOnlyList<ModelBlock> blocks) => JsonSerializer.Serialize(blocks, Compact.IReadOnlyListModelBlock);

    /// <summary>What <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static IReadOnlyList<ModelBlock> Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Compact.IReadOnlyListModelBlock) ?? throw new JsonException("null is no list of blocks");
        }
        catch (NotSupportedException error)
        {
            throw new JsonException("a block has no type", error);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<ModelBlock>))]
internal sealed partial class BlocksContext : JsonSerializerContext;
