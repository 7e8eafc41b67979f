using System.IO.Compression;
using System.Text;
using Reverie.Protocol.Sessions;
using Reverie.Sessions;

namespace Reverie.Tests.Sessions;

/// <summary>Short ways to write session files and to read them whole.</summary>
internal static class Files
{
    public static string Line(string externalId, string text = "hello") =>
        $$"""{"external_id":"{{externalId}}","source":"test","agent":"a","created_at":"2026-01-02T03:04:05Z","events":[{"type":"user.message","content":[{"type":"text","text":"{{text}}"}]}]}""" + "\n";

    public static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", name);

    public static byte[] Gzip(string text) => Gzip(Encoding.UTF8.GetBytes(text));

    public static byte[] Gzip(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal)) gzip.Write(bytes);
        return compressed.ToArray();
    }

    public static Task<(List<SessionTranscript> Sessions, TranscriptReadTally Tally)> ReadAsync(params string[] files) =>
        ReadAsync(new TranscriptReadOptions(), files);

    public static Task<(List<SessionTranscript> Sessions, TranscriptReadTally Tally)> SkipBadAsync(params string[] files) =>
        ReadAsync(new TranscriptReadOptions { SkipBad = true }, files);

    public static async Task<(List<SessionTranscript> Sessions, TranscriptReadTally Tally)> ReadAsync(TranscriptReadOptions options, params string[] files)
    {
        var tally = new TranscriptReadTally();
        var sessions = new List<SessionTranscript>();
        await foreach (var session in TranscriptFiles.ReadAsync(files, options, tally, TestContext.Current.CancellationToken)) sessions.Add(session);
        return (sessions, tally);
    }

    public static async Task<TranscriptFileException> RefusedAsync(string file, params string[] said)
    {
        var error = await Assert.ThrowsAsync<TranscriptFileException>(() => ReadAsync(file));
        foreach (var part in said) Assert.Contains(part, error.Message);
        return error;
    }
}
