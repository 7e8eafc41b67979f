using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Proof;

/// <summary>Looks for words wherever the server shows or keeps something.</summary>
internal static class Traces
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The places among all that the server answers about stores, dreams and sessions in which one of the words stands.</summary>
    public static async Task<List<string>> ShownAsync(this TestServer server, IReadOnlyList<string> stores, IReadOnlyList<string> dreams, IReadOnlyCollection<string> words)
    {
        var found = new List<string>();
        foreach (var store in stores)
        {
            var extension = store.Replace("/v1/", "/v1/reverie/", StringComparison.Ordinal);
            foreach (var (name, text) in await server.ExportAsync(store)) Look($"{store} export {name}", text);
            await LookAtAsync($"{store}/memory_versions?view=full&limit=20");
            for (var seq = 0L; ;)
            {
                var stretch = JsonElement.Parse(await LookAtOneAsync($"{extension}/changes?limit=100&after={seq}"));
                seq = stretch.GetProperty("last_seq").GetInt64();
                if (!stretch.GetProperty("has_more").GetBoolean()) break;
            }
            await LookAtAsync($"{extension}/proposals?limit=100");
            await LookAtAsync($"{extension}/quality");
            await LookAtAsync($"{extension}/credit");
            foreach (var path in (await server.TreeAsync(store)).Keys)
            {
                foreach (var change in (await LookAtAsync($"{extension}/provenance?path={path}&limit=1000")).SelectMany(static p => p.GetProperty("changes").EnumerateArray()).DistinctBy(static c => c.GetProperty("change_id").GetString() + c.GetProperty("dream_id").GetString()))
                    await LookAtAsync($"{extension}/provenance/sources?dream_id={change.GetProperty("dream_id").GetString()}&change_id={change.GetProperty("change_id").GetString()}");
            }
        }
        foreach (var dream in dreams)
        {
            var session = JsonElement.Parse(await LookAtOneAsync($"/v1/dreams/{dream}")).GetProperty("session_id").GetString();
            await LookAtOneAsync($"/v1/reverie/dreams/{dream}/report");
            await LookAtAsync($"/v1/reverie/dreams/{dream}/verdicts");
            await LookAtAsync($"/v1/sessions/{session}/events?limit=100");
        }
        await LookAtAsync("/v1/reverie/audit?limit=1000");
        Look("export of sessions", (await server.GetAsync("/v1/reverie/sessions/export")).Expect(HttpStatusCode.OK).Text);
        return found;

        async Task<List<JsonElement>> LookAtAsync(string path)
        {
            var items = new List<JsonElement>();
            for (var page = ""; ;)
            {
                var answer = JsonElement.Parse(await LookAtOneAsync(path + page));
                if (!answer.TryGetProperty("data", out var data)) return items;
                items.AddRange(data.EnumerateArray());
                if (!answer.TryGetProperty("next_page", out var next) || next.GetString() is not { } cursor) return items;
                page = $"{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}page={Uri.EscapeDataString(cursor)}";
            }
        }

        async Task<string> LookAtOneAsync(string path)
        {
            var text = (await server.GetAsync(path)).Expect(HttpStatusCode.OK).Text;
            Look(path, text);
            return text;
        }

        void Look(string place, string text) => found.AddRange(words.Where(w => text.Contains(w, StringComparison.OrdinalIgnoreCase)).Select(w => $"{place}: {w}"));
    }

    /// <summary>The files of an embedded database, its log written back, and a backup of it, in which one of the words stands, as bytes.</summary>
    public static async Task<List<string>> InFilesAsync(this TestServer server, IReadOnlyCollection<string> words)
    {
        foreach (var file in Directory.EnumerateFiles(server.DataDirectory, "*.db")) WriteBack(file);
        var backup = Path.Combine(server.DataDirectory, "copy.backup");
        var ran = await ReverieProcess.RunAsync(null, "backup", "--data", server.DataDirectory, "--to", backup);
        Assert.True(ran.Code == 0, ran.Error);
        var copies = Directory.CreateTempSubdirectory("reverie-traces-test-");
        try
        {
            // By another process: closing a file of SQLite's here would drop the locks that the server holds on it.
            using var copying = Process.Start("cp", ["-r", server.DataDirectory, copies.FullName]);
            await copying.WaitForExitAsync(Cancelled);
            Assert.Equal(0, copying.ExitCode);
            var found = new List<string>();
            foreach (var file in copies.EnumerateFiles("*", SearchOption.AllDirectories))
            {
                var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file.FullName, Cancelled));
                found.AddRange(words.Where(w => text.Contains(w, StringComparison.OrdinalIgnoreCase)).Select(w => $"{file.Name}: {w}, as in {Around(text, w)}"));
            }
            Assert.True(copies.EnumerateFiles("*.db", SearchOption.AllDirectories).Count() >= 2, "the files were not copied");
            return found;
        }
        finally
        {
            copies.Delete(recursive: true);
            File.Delete(backup);
        }
    }

    private static void WriteBack(string file)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 10000; PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
    }

    private static string Around(string text, string word)
    {
        var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        return Regex.Replace(text[Math.Max(0, at - 60)..Math.Min(text.Length, at + 60)], "[^ -~]", ".");
    }
}
