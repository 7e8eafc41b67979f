using System.Text.Json.Serialization;

namespace Reverie.Sessions.Judging;

/// <summary>As the judge answers.</summary>
internal sealed record JudgeAnswer(string? Verdict, string? Reason);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(JudgeAnswer))]
internal sealed partial class JudgeAnswerContext : JsonSerializerContext;
