using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Reverie.Protocol.Sessions;
using Reverie.Sessions;
using static Reverie.Tests.Sessions.Files;

namespace Reverie.Tests.Sessions;

public sealed class TranscriptWriterTests : IDisposable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly TemporaryDirectory _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData("out.sessions.jsonl")]
    [InlineData("out.sessions.jsonl.gz")]
    public async Task Unknown_fields_escapes_and_numbers_are_written_as_they_were(string name)
    {
        var line = """{ "external_id":"a" , "source":"s","agent":"a","created_at":"2026-01-01T00:00:00Z", "mine":[1.10, 1e2,"\u00e9 \\\" {x}"],"events":[{"type":"new.event","x":{ }}]}""";
        var file = _temporary.Write("in.jsonl", line);

        var tally = await ImportAsync(_temporary[name], file);

        var (sessions, _) = await ReadAsync(_temporary[name]);
        Assert.Equal(1, tally.Sessions);
        Assert.Equal("""{"external_id":"a","source":"s","agent":"a","created_at":"2026-01-01T00:00:00Z","mine":[1.10,1e2,"\u00e9 \\\" {x}"],"events":[{"type":"new.event","x":{}}]}""",
            Assert.Single(sessions).Raw.GetRawText());
        Assert.Equal(name.EndsWith(".gz"), File.ReadAllBytes(_temporary[name]).AsSpan().StartsWith((byte[])[0x1f, 0x8b]));
    }

    [Fact]
    public async Task A_failed_import_leaves_the_earlier_file_and_no_other()
    {
        var bad = _temporary.Write("in.jsonl", Line("a") + "nonsense\n");
        var target = _temporary.Write("out.jsonl", "earlier");

        await Assert.ThrowsAsync<TranscriptFileException>(() => ImportAsync(target, bad));

        Assert.Equal("earlier", File.ReadAllText(target));
        Assert.Equal(2, Directory.GetFiles(_temporary.Path).Length);
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_refused_by_name()
    {
        var file = _temporary.Write("in.jsonl", Line("a"));

        foreach (var target in new[] { _temporary.Path, _temporary["missing/out.jsonl"], "" })
            await Assert.ThrowsAsync<TranscriptFileException>(() => ImportAsync(target, file));
    }

    [Fact]
    public async Task Foreign_sessions_read_the_same_after_conversion()
    {
        var files = Directory.EnumerateFiles(Fixture(""), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".json" or ".jsonl" or ".traj").ToArray();
        var target = _temporary["all.sessions.jsonl.gz"];
        var tally = new TranscriptReadTally();

        await TranscriptFiles.ImportAsync(files, new() { SkipBad = true }, target, tally, TestContext.Current.CancellationToken);

        var before = (await SkipBadAsync(files)).Sessions;
        var after = (await ReadAsync(target)).Sessions;
        Assert.Equal(tally.Sessions, after.Count);
        Assert.Equal(before.Select(Shape), after.Select(Shape));
    }

    [Fact]
    public void Sessions_survive_writing_and_reading()
    {
        Prop.ForAll<NonEmptyString, string[], bool>((id, texts, zipped) =>
        {
            var name = $"{Guid.NewGuid():N}.jsonl{(zipped ? ".gz" : "")}";
            var json = JsonSerializer.SerializeToUtf8Bytes(new
            {
                external_id = Clip(id.Get),
                source = "s",
                agent = "a",
                created_at = "2026-01-01T00:00:00Z",
                events = texts.Select(text => new { type = "user.message", content = new[] { new { type = "text", text = text ?? "" } } }),
            }, Indented);
            using var session = SessionTranscript.Parse(json);
            Task.Run(async () =>
            {
                await using var writer = TranscriptWriter.Create(_temporary[name]);
                await writer.WriteAsync(session, CancellationToken.None);
                await writer.CompleteAsync();
            }).GetAwaiter().GetResult();
            var read = Task.Run(() => ReadAsync(_temporary[name])).GetAwaiter().GetResult().Sessions;

            return read.Count == 1 && Shape(read[0]) == Shape(session);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Compact_json_means_the_same_and_has_no_line_breaks()
    {
        Prop.ForAll<string[], int>((texts, number) =>
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(new { texts, number, nested = new { texts } }, Indented);
            var output = new ArrayBufferWriter<byte>();
            CompactJson.Write(json, output);

            return !output.WrittenSpan.Contains((byte)'\n')
                && Encoding.UTF8.GetString(output.WrittenSpan) == JsonSerializer.Serialize(new { texts, number, nested = new { texts } });
        }).QuickCheckThrowOnFailure();
    }

    private static string Clip(string text) => text.Length > 200 ? text[..200] : text;

    private static string Shape(SessionTranscript session) => string.Join('|',
        [session.Key, session.Agent, $"{session.CreatedAt:O}", session.Title, $"{session.Outcome}",
            .. session.Metadata.Select(pair => $"{pair.Key}={pair.Value}"),
            .. session.Events.Select(found => $"{found.Key} {found.Type} {found.ToolName} {found.ToolUseId} {found.IsError} {found.ProcessedAt:O} {found.Text}")]);

    private static async Task<TranscriptReadTally> ImportAsync(string target, params string[] files)
    {
        var tally = new TranscriptReadTally();
        await TranscriptFiles.ImportAsync(files, new(), target, tally, TestContext.Current.CancellationToken);
        return tally;
    }
}
