using FsCheck.Fluent;
using Reverie.Dreaming.Tests.Planted;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Tests.Laws;

/// <summary>What holds of every dream. <see cref="Promises"/> are checked on each dream besides.</summary>
public sealed class DreamLaws
{
    [Fact]
    public void The_same_input_in_any_order_on_any_number_of_threads_gives_the_same_bytes()
    {
        Law.Of(12, Gen.Choose(0, int.MaxValue - 1), seed =>
        {
            var random = new Random(seed);
            var sessions = RandomWorld.Sessions(random);
            var memory = RandomWorld.Store(random);
            var first = Dream(sessions, memory, new DreamOptions { Parallelism = 1 });

            for (var run = 0; run < 3; run++)
            {
                var shuffled = sessions.ToArray();
                random.Shuffle(shuffled);
                var again = Dream(shuffled, memory, new DreamOptions { Parallelism = 1 + (3 * run) });

                Assert.Equal(first.Memory.Texts, again.Memory.Texts);
                Assert.Equal(DreamReportJson.Write(first.Report), DreamReportJson.Write(again.Report));
            }
        });
    }

    [Fact]
    public void Two_sessions_of_one_name_give_the_same_dream_in_either_order()
    {
        var sessions = Team.Harbour();
        var other = Team.Sessions(8, static (s, i) => s
            .Asks($"Send parcel {200 + i}.")
            .Fails("send_parcel", $"{{'parcel':'P-{200 + i}'}}", "cannot be sent like this")
            .Calls("send_parcel", $"{{'parcel':'P-{200 + i}','weight_g':{310 + 17 * i}}}", "on its way"));

        var one = Dream([.. sessions, .. other], MemoryTree.Empty, new DreamOptions());
        var two = Dream([.. other, .. sessions], MemoryTree.Empty, new DreamOptions());

        Assert.Equal(DreamReportJson.Write(one.Report), DreamReportJson.Write(two.Report));
    }

    [Fact]
    public void Dreaming_again_over_its_own_result_comes_to_rest()
    {
        Law.Of(15, Gen.Choose(0, int.MaxValue - 1), seed =>
        {
            var random = new Random(seed);
            var sessions = RandomWorld.Sessions(random);
            var first = Dream(sessions, RandomWorld.Store(random), new DreamOptions { DeleteShareMax = 1 });

            var second = Dream(sessions, first.Memory, new DreamOptions { DeleteShareMax = 1 });

            // What the first dream put right may say what another entry says already.
            Assert.All(second.Report.Changes.Where(static c => c.Status == ChangeStatus.Applied), static c =>
                Assert.True(c.Kind is ChangeKind.Merge or ChangeKind.Reorganize, $"{c.Summary}: {string.Concat(c.Edits.Select(static e => $"“{e.Delete}” → “{e.Insert}”"))}"));
            Assert.DoesNotContain(Dream(sessions, second.Memory, new DreamOptions { DeleteShareMax = 1 }).Report.Changes, static c => c.Status == ChangeStatus.Applied);
        });
    }

    [Fact]
    public async Task A_second_dream_over_the_same_sessions_changes_nothing()
    {
        var sessions = Team.Harbour();
        var first = await Sleep.Over(sessions, ("notes.md", "- The pilot boat leaves at dawn\n"));

        var second = await Sleep.Over(sessions, first.Memory, new DreamOptions());

        Assert.NotEmpty(first.Report.Changes);
        Assert.Empty(second.Report.Changes);
    }

    [Fact]
    public void Under_review_the_same_changes_are_proposed_as_would_be_applied()
    {
        Law.Of(10, Gen.Choose(0, int.MaxValue - 1), seed =>
        {
            var random = new Random(seed);
            var (sessions, memory) = (RandomWorld.Sessions(random), RandomWorld.Store(random));

            var applied = Dream(sessions, memory, new DreamOptions());
            var proposed = Dream(sessions, memory, new DreamOptions { ReviewOnly = true });

            Assert.Equal(applied.Report.Changes.Select(static c => (c.Id, c.Path, c.BeforeSha256, c.AfterSha256)), proposed.Report.Changes.Select(static c => (c.Id, c.Path, c.BeforeSha256, c.AfterSha256)));
        });
    }

    [Fact]
    public void A_report_survives_being_written_and_read()
    {
        var report = Dream(Team.Harbour(), MemoryTree.Empty, new DreamOptions()).Report;

        Assert.Equal(DreamReportJson.Write(report), DreamReportJson.Write(DreamReportJson.Read(DreamReportJson.Write(report))));
    }

    [Fact]
    public async Task A_cancelled_dream_stops()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Dreamer(new DreamOptions()).DreamAsync(Sessions(), MemoryTree.Empty, null, cancelled.Token));
    }

    private static async IAsyncEnumerable<Protocol.Sessions.SessionTranscript> Sessions()
    {
        for (var i = 0; i < 50; i++)
        {
            yield return new SessionScript(i).Asks("Hello there.").ToTranscript();
            await Task.Yield();
        }
    }

    private static DreamResult Dream(IEnumerable<SessionScript> sessions, MemoryTree memory, DreamOptions options) =>
        Sleep.Over(sessions, memory, options).GetAwaiter().GetResult();
}
