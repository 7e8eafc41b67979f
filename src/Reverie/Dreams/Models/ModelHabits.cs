using Reverie.Dreaming.Models;

namespace Reverie.Dreams.Models;

/// <summary>How many tokens and how much time a model takes for requests of a size, and how often it is asked once more: what it did lately, or what is usual.</summary>
/// <param name="InputTokensPerByte">Tokens of a byte of a request.</param>
/// <param name="OutputTokensPerByte">Tokens of a byte of an answer of ordinary length.</param>
/// <param name="TimeFactor">How many times the usual time it takes.</param>
public sealed record ModelHabits(double InputTokensPerByte, double OutputTokensPerByte, double TimeFactor)
{
    /// <summary>Answers it takes to know a model by them.</summary>
    public const int AnswersMin = 3;

    /// <summary>So many repairs of one step say as much of it as all the others do.</summary>
    private const double FewRepairs = 4;

    private const double BytesPerToken = 3.8;
    private static readonly TimeSpan UsualStart = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan UsualToken = TimeSpan.FromMilliseconds(15);

    private IReadOnlyDictionary<DreamStep, StepHabits> Steps { get; init; } = new Dictionary<DreamStep, StepHabits>();

    /// <summary>Of a model nothing is known about: it answers as it should.</summary>
    public static ModelHabits Usual { get; } = new(1 / BytesPerToken, 1 / BytesPerToken, 1);

    /// <summary>What answers of the past say; the usual where there are too few.</summary>
    public static ModelHabits Of(IReadOnlyList<PastAnswers> past)
    {
        var (answers, request, input) = (past.Sum(static p => p.Answers), past.Sum(static p => p.RequestBytes), past.Sum(static p => p.InputTokens));
        var (typical, output) = (past.Sum(static p => p.TypicalBytes), past.Sum(static p => p.OutputTokens));
        if (answers < AnswersMin || request == 0 || typical == 0) return Usual;
        var (repairs, lost) = (past.Sum(static p => p.Repairs), past.Sum(static p => p.UnreadableRepairs));
        var generallyLost = repairs == 0 ? 0 : (double)lost / repairs;
        return new ModelHabits((double)input / request, (double)output / typical, TimeSpan.FromTicks(past.Sum(static p => p.Duration.Ticks)) / (answers * UsualStart + output * UsualToken))
        {
            Steps = past.Where(static p => p is { Step: not null, TypicalBytes: > 0 } && p.Answers > p.Repairs).ToDictionary(static p => p.Step!.Value, p => new StepHabits(
                (double)p.OutputTokens / p.TypicalBytes,
                Math.Min(1, (double)p.Repairs / (p.Answers - p.Repairs)),
                (p.UnreadableRepairs + FewRepairs * generallyLost) / (p.Repairs + FewRepairs))),
        };
    }

    /// <summary>What it does when asked for this; what it does in general where that is not known.</summary>
    public StepHabits In(DreamStep step) => Steps.GetValueOrDefault(step) ?? new StepHabits(OutputTokensPerByte, 0, 0);

    /// <summary>How long an answer takes.</summary>
    public TimeSpan TimeOf(long outputTokens) => TimeFactor * (UsualStart + outputTokens * UsualToken);
}

/// <summary>What a model does when it is asked for one thing.</summary>
/// <param name="OutputTokensPerByte">Tokens of a byte of an answer of ordinary length.</param>
/// <param name="RepairRate">How many of its answers it is asked for once more, 0 to 1.</param>
/// <param name="LostRate">How many of those cannot be read either, 0 to 1.</param>
public sealed record StepHabits(double OutputTokensPerByte, double RepairRate, double LostRate);

/// <summary>Sums over answers a model gave.</summary>
/// <param name="Step">What it was asked for; null where nobody noted it.</param>
/// <param name="Answers">How many, repairs included.</param>
/// <param name="Repairs">Those it was asked for once more.</param>
/// <param name="UnreadableRepairs">Those that could not be read even then.</param>
/// <param name="RequestBytes">Bytes of the texts of the requests.</param>
/// <param name="InputTokens">Tokens of input of all kinds.</param>
/// <param name="TypicalBytes">Bytes that answers of ordinary length would have had.</param>
/// <param name="OutputTokens">Tokens of output.</param>
/// <param name="Duration">From the requests to the ends of the answers.</param>
public sealed record PastAnswers(DreamStep? Step, long Answers, long Repairs, long UnreadableRepairs, long RequestBytes, long InputTokens, long TypicalBytes, long OutputTokens, TimeSpan Duration);
