using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reverie.Evaluations;

/// <summary>Reads and writes reports in the wire's spelling.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(EvaluationReport))]
internal sealed partial class EvaluationReportContext : JsonSerializerContext;

/// <summary>The JSON form of an evaluation.</summary>
public static class EvaluationReportJson
{
    private static readonly EvaluationReportContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Indented JSON with line feeds.</summary>
    public static string Write(EvaluationReport report) => JsonSerializer.Serialize(report, Context.EvaluationReport);

    /// <summary>Reads what <see cref="Write"/> wrote. What can be computed from the trials is not read.</summary>
    /// <exception cref="JsonException">Not the report of an evaluation.</exception>
    public static EvaluationReport Read(string json) => JsonSerializer.Deserialize(json, Context.EvaluationReport) ?? throw new JsonException("it must be an object");
}
