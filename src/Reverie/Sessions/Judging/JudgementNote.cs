using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reverie.Sessions.Judging;

/// <summary>What the log keeps with a judged call beyond what the wire carries.</summary>
/// <param name="Reason">A sentence or two for people; may be empty.</param>
/// <param name="Model">The judge's model; null when none was asked.</param>
public sealed record JudgementNote(string Reason, string? Model)
{
    public string Write() => JsonSerializer.Serialize(this, JudgementNoteContext.Default.JudgementNote);

    /// <summary>What <see cref="Write"/> wrote.</summary>
    public static JudgementNote Read(string json) => JsonSerializer.Deserialize(json, JudgementNoteContext.Default.JudgementNote)!;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JudgementNote))]
internal sealed partial class JudgementNoteContext : JsonSerializerContext;
