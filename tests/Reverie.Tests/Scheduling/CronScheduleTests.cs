using Reverie.Scheduling;

namespace Reverie.Tests.Scheduling;

public sealed class CronScheduleTests
{
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo", "Pacific/Chatham", "Africa/Casablanca", "Antarctica/Troll", "Africa/Cairo"];

    [Theory]
    [InlineData("Europe/Berlin", "30 2 * * *", "2027-03-27T12:00Z", "2027-03-29T00:30Z")] // 28 March has no 02:30.
    [InlineData("Europe/Berlin", "0 2 28 3 *", "2027-03-01T00:00Z", "2028-03-28T00:00Z")]
    [InlineData("Europe/Berlin", "30 2 * * *", "2027-10-30T12:00Z", "2027-10-31T00:30Z", "2027-10-31T01:30Z", "2027-11-01T01:30Z")]
    [InlineData("Europe/Berlin", "30 2 31 10 *", "2027-10-31T00:45Z", "2027-10-31T01:30Z", "2028-10-31T01:30Z")]
    [InlineData("Europe/Berlin", "*/30 2 31 10 *", "2027-10-30T12:00Z", "2027-10-31T00:00Z", "2027-10-31T00:30Z", "2027-10-31T01:00Z", "2027-10-31T01:30Z")]
    [InlineData("Australia/Lord_Howe", "45 1 * * *", "2027-04-03T12:00Z", "2027-04-03T14:45Z", "2027-04-03T15:15Z", "2027-04-04T15:15Z")]
    [InlineData("Asia/Kolkata", "0 9 * * 1-5", "2027-01-01T12:00Z", "2027-01-04T03:30Z")]
    [InlineData("UTC", "0 0 29 2 *", "2027-01-01T00:00Z", "2028-02-29T00:00Z")]
    [InlineData("UTC", "0 0 13 * 5", "2027-01-01T00:00Z", "2027-01-08T00:00Z", "2027-01-13T00:00Z", "2027-01-15T00:00Z")]
    [InlineData("UTC", "0 0 1 * 0-6", "2027-01-01T00:00Z", "2027-01-02T00:00Z")] // Either day, and a list of all weekdays always matches.
    [InlineData("UTC", "0 0 1-31 * 1", "2027-01-01T00:00Z", "2027-01-02T00:00Z")]
    [InlineData("UTC", "0 0 * * 7", "2027-01-01T00:00Z", "2027-01-03T00:00Z")]
    public void Moments_are_what_the_wall_clock_shows(string zone, string expression, string after, params string[] moments) =>
        Assert.Equal(moments.Select(DateTimeOffset.Parse), CronSchedule.Parse(expression, zone).Upcoming(DateTimeOffset.Parse(after), moments.Length));

    /// <summary>Against a reader of the wall clock that looks at every minute of a week.</summary>
    [Fact]
    public void The_next_moment_is_the_one_that_a_look_at_every_minute_finds()
    {
        var random = new Random(20_260_101);
        for (var round = 0; round < 300; round++)
        {
            var zone = Zones[random.Next(Zones.Length)];
            var expression = NaiveCron.Draw(random);
            var after = NaiveCron.NearAChange(random, zone).AddSeconds(random.Next(120));
            var seen = NaiveCron.Minutes(expression, zone, after, TimeSpan.FromDays(5)).Take(12).ToList();

            var told = CronSchedule.Parse(expression, zone).Upcoming(after, seen.Count);

            if (!seen.SequenceEqual(told)) Assert.Fail($"{expression} in {zone} after {after:O}: {string.Join(", ", told)} instead of {string.Join(", ", seen)}");
        }
    }

    [Theory]
    [InlineData("* * * *")]
    [InlineData("0 * * * * *")]
    [InlineData("@daily")]
    [InlineData("0 0 L * *")]
    [InlineData("0 0 15W * *")]
    [InlineData("0 0 * * 5#2")]
    [InlineData("0 0 ? * 1")]
    [InlineData("61 * * * *")]
    [InlineData("99 2 * * *")]
    [InlineData("0 99 * * *")]
    [InlineData("0 0 99 * *")]
    [InlineData("0 0 98 * *")]
    [InlineData("0 0 * 99 *")]
    [InlineData("0 0 * * 99")]
    [InlineData("99/5 * * * *")]
    [InlineData("0-99 * * * *")]
    [InlineData("30-10 * * * *")]
    [InlineData("0 0 * * FRI-MON")]
    [InlineData("0 0 * MON *")]
    [InlineData("* 24 * * *")]
    [InlineData("* * 0 * *")]
    [InlineData("* * * 13 *")]
    [InlineData("* * * * 8")]
    [InlineData("*/0 * * * *")]
    [InlineData("0 9 31 2 *")]
    [InlineData("")]
    [InlineData("1,, * * * *")]
    [InlineData("a * * * *")]
    public void What_POSIX_does_not_know_is_refused(string expression)
    {
        Assert.Null(CronSchedule.Parse(expression, "UTC", DateTimeOffset.UnixEpoch.AddYears(57), out var problem, out var zoneProblem));

        Assert.NotEmpty(problem!);
        Assert.Null(zoneProblem);
    }

    [Theory]
    [InlineData("W. Europe Standard Time")]
    [InlineData("Europe/Nowhere")]
    [InlineData("../../etc/passwd")]
    [InlineData("+02:00")]
    [InlineData("")]
    public void A_zone_has_an_IANA_name(string zone)
    {
        Assert.Null(CronSchedule.Parse("0 0 * * *", zone, DateTimeOffset.UnixEpoch, out _, out var problem));

        Assert.Contains("IANA", problem, StringComparison.Ordinal);
    }
}

/// <summary>Cron by looking at every minute, knowing nothing but what the wall clock shows.</summary>
internal static class NaiveCron
{
    public static IEnumerable<DateTimeOffset> Minutes(string expression, string zone, DateTimeOffset after, TimeSpan within)
    {
        var fields = expression.Split(' ');
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var first = new DateTimeOffset(after.Ticks - (after.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        for (var minute = first.AddMinutes(1); minute <= after + within; minute = minute.AddMinutes(1))
        {
            var shown = TimeZoneInfo.ConvertTime(minute, clock);
            if (!Matches(fields[0], shown.Minute, 0) || !Matches(fields[1], shown.Hour, 0) || !Matches(fields[3], shown.Month, 1)) continue;
            var (day, weekday) = (Matches(fields[2], shown.Day, 1), Matches(fields[4], (int)shown.DayOfWeek, 0) || (shown.DayOfWeek == DayOfWeek.Sunday && Matches(fields[4], 7, 0)));
            if (fields[2] == "*" || fields[4] == "*" ? day && weekday : day || weekday) yield return minute;
        }
    }

    public static string Draw(Random random)
    {
        return $"{Field(0, 59)} {Field(0, 23)} {(random.Next(3) == 0 ? Field(1, 28) : "*")} * {(random.Next(3) == 0 ? Field(0, 7) : "*")}";

        string Field(int min, int max) => random.Next(4) switch
        {
            0 => "*",
            1 => $"*/{random.Next(2, Math.Min(20, max - min))}",
            2 when random.Next(min, max) is var from => $"{from}-{random.Next(from, max + 1)}",
            _ => string.Join(',', Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(min, Math.Min(max, min + 5) + 1)).Distinct()),
        };
    }

    /// <summary>Shortly before a change of the clock where the zone has one in the drawn year.</summary>
    public static DateTimeOffset NearAChange(Random random, string zone)
    {
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var start = new DateTimeOffset(2026 + random.Next(4), 1, 1, 0, 0, 0, TimeSpan.Zero);
        var changes = Enumerable.Range(0, 366 * 24).Select(h => start.AddHours(h)).Where(h => clock.GetUtcOffset(h) != clock.GetUtcOffset(h.AddHours(1))).ToList();
        return changes.Count == 0 ? start.AddHours(random.Next(8000)) : changes[random.Next(changes.Count)].AddMinutes(-random.Next(600));
    }

    private static bool Matches(string field, int value, int min) => field.Split(',').Any(part =>
    {
        var (range, step) = part.Split('/') is [var r, var s] ? (r, int.Parse(s)) : (part, 1);
        var (from, to) = range == "*" ? (min, int.MaxValue) : range.Split('-') is [var a, var b] ? (int.Parse(a), int.Parse(b)) : (int.Parse(range), int.Parse(range));
        return value >= from && value <= to && (value - from) % step == 0;
    });
}
