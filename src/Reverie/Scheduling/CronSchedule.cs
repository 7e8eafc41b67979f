using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Quartz;

namespace Reverie.Scheduling;

/// <summary>
/// Moments named by a POSIX cron expression on the clock of a time zone (public contract, "Schedule semantics"). Each minute
/// that the wall clock shows and the expression matches is a moment: a time skipped in spring is none, a time repeated in
/// autumn is two. Where both days are restricted, either may match.
/// </summary>
public sealed partial class CronSchedule
{
    /// <summary>Characters of an expression.</summary>
    public const int ExpressionCharsMax = 256;

    /// <summary>Characters of a time zone's name.</summary>
    public const int TimezoneCharsMax = 64;

    /// <summary>No clock is set back by more: the most known is two hours.</summary>
    private static readonly TimeSpan SetBackMax = TimeSpan.FromHours(3);

    /// <summary>Far enough from a moment to see both offsets around any change of the clock at it.</summary>
    private static readonly TimeSpan AroundChange = TimeSpan.FromHours(24);

    /// <summary>Matches that fall into skipped hours, one after the other, before an expression counts as one that never matches.</summary>
    private const int SkippedMax = 10_000;

    private const string Part = @"(?:\*|(?:[0-9]{1,2}|[A-Za-z]{3})(?:-(?:[0-9]{1,2}|[A-Za-z]{3}))?)(?:/[0-9]{1,2})?";
    private const string Field = Part + "(?:," + Part + ")*";

    /// <summary>The last day before a month that has all days of a month and of a week.</summary>
    private static readonly DateTimeOffset LongMonth = new(2023, 12, 31, 0, 0, 0, TimeSpan.Zero);

    private const int DaysMax = 31;

    private static readonly string[] Weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    private static readonly string[] Months = ["", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    private static readonly (string Name, int Min, int Max, string[] Words)[] FieldRanges =
        [("minute", 0, 59, []), ("hour", 0, 23, []), ("day of month", 1, 31, []), ("month", 1, 12, Months), ("day of week", 0, 7, Weekdays)];

    /// <summary>On a clock without zone: what it matches are the digits of wall clocks.</summary>
    private readonly CronExpression _digits;

    private readonly TimeZoneInfo _zone;

    private CronSchedule(string expression, string timezone, CronExpression digits, TimeZoneInfo zone) => (Expression, Timezone, _digits, _zone) = (expression, timezone, digits, zone);

    /// <summary>Minute, hour, day of month, month, day of week, as they were written.</summary>
    public string Expression { get; }

    /// <summary>An IANA name.</summary>
    public string Timezone { get; }

    /// <summary>Null, and what is wrong with the expression, when it is none or matches no date after <paramref name="now"/>.</summary>
    public static CronSchedule? Parse(string expression, string timezone, DateTimeOffset now, out string? expressionProblem, out string? timezoneProblem)
    {
        expressionProblem = TryDigits(expression, out var digits);
        timezoneProblem = TryZone(timezone, out var zone);
        if (digits is null || zone is null) return null;
        var schedule = new CronSchedule(expression, timezone, digits, zone);
        if (schedule.Next(now) is not null) return schedule;
        expressionProblem = "matches no date to come; look at the day of the month and the month";
        return null;
    }

    /// <summary>One that was checked when it was stored.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static CronSchedule Parse(string expression, string timezone) =>
        TryDigits(expression, out var digits) is null && TryZone(timezone, out var zone) is null ? new CronSchedule(expression, timezone, digits!, zone!) : throw new FormatException($"not a cron schedule: {expression} in {timezone}");

    /// <summary>The first moment behind <paramref name="after"/>, in UTC; null when there is none to come.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var now = _zone.GetUtcOffset(after);
        var setBack = now - _zone.GetUtcOffset(after + SetBackMax);
        // Where the clock is about to be set back, times it has shown already will be shown again.
        var shown = Digits(after, now) - (setBack > TimeSpan.Zero ? setBack : TimeSpan.Zero);
        DateTimeOffset? best = null;
        for (var skipped = 0; skipped < SkippedMax; skipped++)
        {
            if (_digits.GetNextValidTimeAfter(shown) is not { } match) return best;
            shown = match;
            var (first, second) = Moments(match);
            if (second > after && (best is null || second < best)) best = second;
            if (first > after) return best < first ? best : first;
        }
        return best;
    }

    /// <summary>Up to <paramref name="count"/> moments behind <paramref name="after"/>, in order.</summary>
    public IReadOnlyList<DateTimeOffset> Upcoming(DateTimeOffset after, int count)
    {
        var moments = new List<DateTimeOffset>();
        for (var next = Next(after); next is { } moment && moments.Count < count; next = Next(moment)) moments.Add(moment);
        return moments;
    }

    /// <summary>When the wall clock shows this: never, once (both are null but the first), or twice.</summary>
    private (DateTimeOffset? First, DateTimeOffset? Second) Moments(DateTimeOffset digits)
    {
        var (before, behind) = (_zone.GetUtcOffset(digits - AroundChange), _zone.GetUtcOffset(digits + AroundChange));
        var early = At(before);
        if (before == behind) return (early, null);
        var late = At(behind);
        return early is null || late is null ? (early ?? late, null) : early < late ? (early, late) : (late, early);

        DateTimeOffset? At(TimeSpan offset)
        {
            var moment = new DateTimeOffset(digits.UtcDateTime - offset, TimeSpan.Zero);
            return _zone.GetUtcOffset(moment) == offset ? moment : null;
        }
    }

    private static DateTimeOffset Digits(DateTimeOffset moment, TimeSpan offset) => new(moment.UtcDateTime + offset, TimeSpan.Zero);

    private static string? TryDigits(string expression, out CronExpression? digits)
    {
        digits = null;
        // The library knows more than POSIX does: seconds, L, W, #, ? and names such as @daily.
        if (expression.Length > ExpressionCharsMax || !Posix().IsMatch(expression))
            return "must be a POSIX cron expression of five fields (minute, hour, day of month, month, day of week) such as \"0 3 * * 1-5\", without seconds, L, W, #, ? or names such as @daily";
        var fields = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (FieldRanges.Zip(fields, ProblemOf).FirstOrDefault(static p => p is not null) is { } problem) return problem;
        try
        {
            digits = Read(expression);
            // The library takes a list of all days for no restriction, so that the other field would have to match; POSIX takes it for a list, which always matches.
            if (fields[2] != "*" && fields[4] != "*" && (IsEveryDay($"0 0 {fields[2]} * *") || IsEveryDay($"0 0 * * {fields[4]}"))) digits = Read($"{fields[0]} {fields[1]} * {fields[3]} *");
            return null;
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            return $"cannot be read: {error.Message.TrimEnd('.')}";
        }
    }

    /// <summary>The library has meanings of its own for some numbers that no clock shows, and runs ranges backwards.</summary>
    private static string? ProblemOf((string Name, int Min, int Max, string[] Words) range, string field)
    {
        foreach (var part in field.Split(','))
        {
            var ends = part.Split('/')[0].Split('-');
            if (ends is ["*"]) continue;
            var numbers = Array.ConvertAll(ends, NumberOf);
            if (Array.Exists(numbers, n => n < range.Min || n > range.Max))
                return $"has \"{part}\" as {range.Name}, which goes from {range.Min} to {range.Max}{(range.Words.Length > 0 ? $" or {range.Words[1]} to {range.Words[^1]}" : "")}";
            if (numbers is [var first, var last] && first > last) return $"has the range \"{part}\" as {range.Name}, which ends before it begins; write two ranges with a comma";
        }
        return null;

        int NumberOf(string end) => int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : Array.FindIndex(range.Words, w => w.Length > 0 && w.Equals(end, StringComparison.OrdinalIgnoreCase));
    }

    private static CronExpression Read(string expression) => CronExpression.Parse(expression, CronFormat.Unix).WithTimeZone(TimeZoneInfo.Utc);

    private static bool IsEveryDay(string expression)
    {
        var (days, day) = (Read(expression), LongMonth);
        for (var count = 0; count < DaysMax; count++, day = day.AddDays(1))
        {
            if (days.GetNextValidTimeAfter(day) != day.AddDays(1)) return false;
        }
        return true;
    }

    private static string? TryZone(string timezone, [NotNullIfNotNull(nameof(zone))] out TimeZoneInfo? zone)
    {
        zone = null;
        if (timezone.Length <= TimezoneCharsMax && ZoneName().IsMatch(timezone) && TimeZoneInfo.TryFindSystemTimeZoneById(timezone, out zone) && zone.HasIanaId) return null;
        zone = null;
        return "must be an IANA time zone such as \"Europe/Berlin\" or \"UTC\"";
    }

    [GeneratedRegex("^" + Field + "(?: +" + Field + "){4}$", RegexOptions.CultureInvariant)]
    private static partial Regex Posix();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex ZoneName();
}
