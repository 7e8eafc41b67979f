using System.Text;
using Reverie.Protocol.Sessions;
using Reverie.Sessions;
using static Reverie.Tests.Sessions.Files;

namespace Reverie.Tests.Sessions;

public sealed class TranscriptFilesTests : IDisposable
{
    private readonly TemporaryDirectory _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Sessions_come_in_the_order_of_files_and_lines(int parallelism)
    {
        var first = _temporary.Write("1.jsonl", string.Concat(Enumerable.Range(0, 20).Select(index => Line($"a{index}"))));
        var second = _temporary.Write("2.jsonl", Line("b").TrimEnd('\n'));

        var (sessions, tally) = await ReadAsync(new TranscriptReadOptions { Parallelism = parallelism }, first, second);

        Assert.Equal([.. Enumerable.Range(0, 20).Select(index => $"a{index}"), "b"], sessions.Select(session => session.ExternalId));
        Assert.Equal(21, tally.Sessions);
        Assert.Equal(new FileInfo(first).Length + new FileInfo(second).Length, tally.TextBytes);
    }

    [Fact]
    public async Task Long_sessions_are_not_read_far_ahead()
    {
        var file = _temporary.Write("long.jsonl.gz", Gzip(string.Concat(Enumerable.Range(0, 8).Select(static index => Line($"a{index}", new string('x', 6 * 1024 * 1024))))));
        var tally = new TranscriptReadTally();

        await foreach (var session in TranscriptFiles.ReadAsync([file], new() { Parallelism = 8 }, tally, TestContext.Current.CancellationToken))
        {
            session.Dispose();
            break;
        }

        Assert.InRange(tally.TextBytes, 1, TranscriptFiles.BytesAheadMax + 2 * 6 * 1024 * 1024);
    }

    [Fact]
    public async Task A_session_of_far_too_many_events_is_refused()
    {
        var events = string.Join(',', Enumerable.Repeat("""{"type":"x"}""", SessionTranscript.EventsMax));
        var file = _temporary.Write("dense.jsonl", Line("most").Replace("\"events\":[", $"\"events\":[{events},", StringComparison.Ordinal));

        await RefusedAsync(file, "500001 events", "at most 500000");
    }

    [Fact]
    public async Task Blank_lines_carriage_returns_and_a_byte_order_mark_are_no_content()
    {
        var file = _temporary.Write("x.jsonl", "\uFEFF\n" + Line("a").TrimEnd() + "\r\n\r\n  \n" + Line("b"));

        Assert.Equal(2, (await ReadAsync(file)).Sessions.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    public async Task An_empty_file_holds_no_sessions(string text) =>
        Assert.Empty((await ReadAsync(_temporary.Write("empty.jsonl", text))).Sessions);

    [Fact]
    public async Task A_bad_line_is_named_and_the_sessions_before_it_are_handed_out()
    {
        var file = _temporary.Write("x.jsonl", Line("a") + "{\"external_id\":\n" + Line("b"));

        var read = new List<string>();
        var error = await Assert.ThrowsAsync<TranscriptFileException>(async () =>
        {
            await foreach (var session in TranscriptFiles.ReadAsync([file], new() { Parallelism = 3 }, new(), TestContext.Current.CancellationToken))
                read.Add(session.ExternalId);
        });

        Assert.StartsWith($"{file}:2: not a JSON object", error.Message);
        Assert.Equal(["a"], read);
    }

    [Fact]
    public async Task Metadata_may_fill_its_limits_but_not_pass_them()
    {
        string Labelled(IEnumerable<(string Key, string Value)> pairs) =>
            Line("a").Replace("\"events\"", $"\"metadata\":{{{string.Join(',', pairs.Select(static p => $"\"{p.Key}\":\"{p.Value}\""))}}},\"events\"", StringComparison.Ordinal);
        IEnumerable<(string, string)> Pairs(int count) => Enumerable.Range(0, count).Select(static i => ($"k{i}", "v"));

        var full = Labelled([.. Pairs(14), (new string('k', 64), "v"), ("long", new string('v', 512))]);
        Assert.Equal(16, (await ReadAsync(_temporary.Write("full.jsonl", full))).Sessions[0].Metadata.Count);

        await RefusedAsync(_temporary.Write("many.jsonl", Labelled(Pairs(17))), "metadata must have at most 16 pairs");
        await RefusedAsync(_temporary.Write("key.jsonl", Labelled([(new string('k', 65), "v")])), "1 to 64 characters, not 65");
        await RefusedAsync(_temporary.Write("empty.jsonl", Labelled([("", "v")])), "1 to 64 characters, not 0");
        await RefusedAsync(_temporary.Write("value.jsonl", Labelled([("k", new string('v', 513))])), "metadata.k", "at most 512 characters, not 513");
    }

    [Fact]
    public async Task Skipping_bad_lines_counts_them_and_keeps_the_first_reasons()
    {
        var file = _temporary.Write("x.jsonl", Line("a") + string.Concat(Enumerable.Repeat("nonsense\n", 9)) + Line("b"));

        var (sessions, tally) = await SkipBadAsync(file);

        Assert.Equal(["a", "b"], sessions.Select(session => session.ExternalId));
        Assert.Equal(9, tally.Skipped);
        Assert.Equal(TranscriptReadTally.ReasonsMax, tally.Reasons.Count);
        Assert.StartsWith($"{file}:2: ", tally.Reasons[0]);
    }

    [Fact]
    public async Task A_session_seen_before_is_a_counted_duplicate()
    {
        var file = _temporary.Write("x.jsonl", Line("a") + Line("a", "again") + Line("b"));

        var (sessions, tally) = await ReadAsync(file, file);

        Assert.Equal(["a", "b"], sessions.Select(session => session.ExternalId));
        Assert.Equal(4, tally.Duplicates);
        Assert.Equal(0, tally.Skipped);
    }

    [Fact]
    public async Task Gzip_is_known_by_its_bytes_not_by_its_name()
    {
        var zipped = _temporary.Write("zipped.jsonl", Gzip(Line("a")));
        var plain = _temporary.Write("plain.jsonl.gz", Line("b"));

        var (sessions, tally) = await ReadAsync(zipped, plain);

        Assert.Equal(["a", "b"], sessions.Select(session => session.ExternalId));
        Assert.Equal(new FileInfo(zipped).Length + new FileInfo(plain).Length, tally.FileBytes);
    }

    [Fact]
    public async Task Gzip_of_several_members_is_one_text()
    {
        byte[] file = [.. Gzip(Line("a")), .. Gzip(Line("b")), .. Gzip(""), .. Gzip(Line("c"))];

        Assert.Equal(3, (await ReadAsync(_temporary.Write("x.gz", file))).Sessions.Count);
    }

    [Fact]
    public async Task Zeros_behind_a_gzip_member_are_padding() =>
        Assert.Single((await ReadAsync(_temporary.Write("x.gz", [.. Gzip(Line("a")), 0, 0, 0, 0, 0]))).Sessions);

    [Fact]
    public async Task Gzip_cut_off_anywhere_is_refused_and_its_complete_lines_are_kept_when_skipping()
    {
        var text = string.Concat(Enumerable.Range(0, 200).Select(index => Line($"s{index}", $"{index * 7919 % 1009}")));
        var whole = Gzip(text);
        for (var length = 3; length < whole.Length; length += length < whole.Length - 12 ? 97 : 1)
        {
            var file = _temporary.Write("cut.gz", whole[..length]);

            await RefusedAsync(file, file, "cut off");
            var (sessions, tally) = await SkipBadAsync(file);

            Assert.Equal(1, tally.Skipped);
            Assert.Equal(Enumerable.Range(0, sessions.Count).Select(index => $"s{index}"), sessions.Select(session => session.ExternalId));
        }
    }

    [Fact]
    public async Task A_damaged_gzip_is_refused_by_name()
    {
        var bytes = Gzip(Line("a"));
        bytes[^6] ^= 1;

        await RefusedAsync(_temporary.Write("x.gz", bytes), "x.gz", "damaged");
    }

    [Fact]
    public async Task Missing_files_and_directories_are_refused_or_counted()
    {
        var good = _temporary.Write("good.jsonl", Line("a"));

        await RefusedAsync(_temporary["none.jsonl"], "none.jsonl", "does not exist");
        await RefusedAsync(_temporary.Path, "is a directory");
        var (sessions, tally) = await SkipBadAsync(_temporary["none.jsonl"], _temporary.Path, "", "nul\0name", good);

        Assert.Single(sessions);
        Assert.Equal(4, tally.Skipped);
    }

    [Fact]
    public async Task An_unreadable_file_is_refused_by_name()
    {
        var file = _temporary.Write("secret.jsonl", Line("a"));
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "needs file modes, and root reads everything");
#pragma warning disable CA1416 // Skipped on Windows.
        File.SetUnixFileMode(file, UnixFileMode.None);
#pragma warning restore CA1416

        await RefusedAsync(file, "may not be read");
    }

    [Fact]
    public async Task Text_that_is_not_utf8_is_refused()
    {
        var bytes = Encoding.Latin1.GetBytes(Line("a", "caf\u00e9"));

        await RefusedAsync(_temporary.Write("x.jsonl", bytes), "x.jsonl:1", "UTF-8");
    }

    [Fact]
    public async Task Half_a_surrogate_becomes_the_replacement_character()
    {
        var (sessions, _) = await ReadAsync(_temporary.Write("x.jsonl", Line("a", @"cut \ud83d here, whole \ud83c\udf89, \\ud83d stays")));

        Assert.Equal("cut \ufffd here, whole \U0001F389, \\ud83d stays", sessions[0].Events[0].Text);
    }

    [Fact]
    public async Task Json_nested_without_end_is_refused()
    {
        var deep = new string('[', 10_000);

        await RefusedAsync(_temporary.Write("x.jsonl", Line("a") + $"{{\"external_id\":{deep}\n"), "x.jsonl:2", "64 levels");
    }

    [Fact]
    public async Task A_line_past_the_limit_is_skipped_without_being_held()
    {
        var file = _temporary["long.jsonl"];
        await using (var stream = File.Create(file))
        {
            stream.Write(Encoding.UTF8.GetBytes(Line("a")));
            var block = new byte[1024 * 1024];
            block.AsSpan().Fill((byte)'x');
            for (var index = 0; index < 200; index++) stream.Write(block);
            stream.Write(Encoding.UTF8.GetBytes("\n" + Line("b")));
        }

        await RefusedAsync(file, "long.jsonl:2", "64 MiB");
        var (sessions, tally) = await SkipBadAsync(file);

        Assert.Equal(["a", "b"], sessions.Select(session => session.ExternalId));
        Assert.Equal(1, tally.Skipped);
    }

    [Fact]
    public async Task Reading_stops_when_asked()
    {
        var file = _temporary.Write("x.jsonl", Line("a"));
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var session in TranscriptFiles.ReadAsync([file], new(), new(), stop.Token)) session.Dispose();
        });
    }
}
