using Reverie.Inference;

namespace Reverie.Sessions.Judging;

/// <summary>The model the operator chose to judge calls.</summary>
/// <param name="Found">Null for none.</param>
public sealed record JudgeModel(ModelFound? Found)
{
    /// <param name="id">As the operator names it; null for none.</param>
    /// <param name="models">Where it is looked up.</param>
    /// <exception cref="JudgeModelException">It cannot judge.</exception>
    public static JudgeModel Of(string? id, ModelRegistry models) => id is null ? new(Found: null) : models.Find(id) switch
    {
        ModelUnavailable unavailable => throw new JudgeModelException(unavailable.Reason),
        ModelFound { Info.CanJudge: false } => throw new JudgeModelException($"\"{id}\" cannot judge; name a model that can read and answer, or leave it out to have people asked"),
        ModelFound { Info.Lifecycle: "retired" } => throw new JudgeModelException($"\"{id}\" is retired; use another one"),
        var found => new((ModelFound)found),
    };
}

/// <summary>The setting does not name a model that can judge calls; the message says why and what to set.</summary>
public sealed class JudgeModelException(string problem) : Exception($"REVERIE_JUDGE_MODEL must name a model that judges calls: {problem}");
