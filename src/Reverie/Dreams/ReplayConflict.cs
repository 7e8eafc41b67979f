using System.Globalization;

namespace Reverie.Dreams;

/// <summary>Why a change of a report does not fit a store.</summary>
/// <param name="ChangeId">The change.</param>
/// <param name="Path">The memory that is not as the change expects it.</param>
/// <param name="Problem">What is wrong, in words a person can act on.</param>
/// <param name="ExpectedSha256">The content hash the change was made for; null when it expects no memory there.</param>
/// <param name="ActualSha256">The content hash found; null when there is no such memory.</param>
public sealed record ReplayConflict(string ChangeId, string Path, string Problem, string? ExpectedSha256, string? ActualSha256)
{
    /// <summary>One line that names path, expectation and finding.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{ChangeId}: {Path} {Problem} (expected {Word(ExpectedSha256)}, found {Word(ActualSha256)})");

    private static string Word(string? sha256) => sha256 is null ? "no memory" : $"sha256 {sha256}";
}
