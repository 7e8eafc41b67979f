namespace Reverie.Dreams.Models;

/// <summary>How many tokens and how much time a model takes for requests of a size: what it did lately, or what is usual.</summary>
/// <param name="InputTokensPerByte">Tokens of a byte of a request.</param>
/// <param name="OutputTokensPerByte">Tokens of a byte of an answer of ordinary length.</param>
/// <param name="TimeFactor">How many times the usual time it takes.</param>
public sealed record ModelHabits(double InputTokensPerByte, double OutputTokensPerByte, double TimeFactor)
{
    /// <summary>Answers it takes to know a model by them.</summary>
    public const int AnswersMin = 3;

    private const double BytesPerToken = 3.8;
    private static readonly TimeSpan UsualStart = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan UsualToken = TimeSpan.FromMilliseconds(15);

    /// <summary>Of a model nothing is known about.</summary>
    public static ModelHabits Usual { get; } = new(1 / BytesPerToken, 1 / BytesPerToken, 1);

    /// <summary>What answers of the past say; the usual where there are too few.</summary>
    public static ModelHabits Of(PastAnswers past) => past.Answers < AnswersMin || past.RequestBytes == 0 || past.TypicalBytes == 0 ? Usual : new(
        (double)past.InputTokens / past.RequestBytes,
        (double)past.OutputTokens / past.TypicalBytes,
        past.Duration / (past.Answers * UsualStart + past.OutputTokens * UsualToken));

    /// <summary>How long an answer takes.</summary>
    public TimeSpan TimeOf(long outputTokens) => TimeFactor * (UsualStart + outputTokens * UsualToken);
}

/// <summary>Sums over answers a model gave.</summary>
public sealed record PastAnswers(long Answers, long RequestBytes, long InputTokens, long TypicalBytes, long OutputTokens, TimeSpan Duration);
