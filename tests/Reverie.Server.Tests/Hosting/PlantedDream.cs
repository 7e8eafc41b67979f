using System.Net;
using System.Text.Json;
using Reverie.Dreaming;
using Reverie.Dreams.Jobs;
using Reverie.Keys;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Storage;

namespace Reverie.Server.Tests.Hosting;

/// <summary>A dream whose changes a test has thought out, landed by the server like any other.</summary>
internal static class PlantedDream
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A change that makes a memory.</summary>
    public static Change Create(string id, string path, string text = "- Say it plainly\n", ChangeStatus status = ChangeStatus.Applied) => new()
    {
        Id = id,
        Op = ChangeOp.Create,
        Path = path,
        BeforeSha256 = null,
        AfterSha256 = MemoryTree.Sha256(text),
        Kind = ChangeKind.Fact,
        Summary = $"What {id} says",
        Rationale = "It was seen.",
        Confidence = 0.9,
        Status = status,
        Evidence = [new Evidence { Session = "test/1", Event = "0", Quote = "plainly" }],
        Edits = [new TextEdit(0, "", text)],
    };

    /// <summary>A change that deletes the memory of that text.</summary>
    public static Change Delete(string id, string path, string text) => Create(id, path, text) with { Op = ChangeOp.Delete, BeforeSha256 = MemoryTree.Sha256(text), AfterSha256 = null, Edits = [new TextEdit(0, text, "")] };

    /// <summary>A change that puts lines behind the text of a memory.</summary>
    public static Change Append(string id, string path, string before, string lines) => Create(id, path) with { Op = ChangeOp.Modify, BeforeSha256 = MemoryTree.Sha256(before), AfterSha256 = MemoryTree.Sha256(before + lines), Edits = [new TextEdit(before.Length, "", lines)] };

    /// <summary>The dream's id, once it has ended.</summary>
    public static async Task<string> LandAsync(TestServer server, string store, params Change[] changes)
    {
        await using var held = await HeldDream.RunningAsync(server, store, ["sesn_1"]);
        await using var database = server.OpenDatabase();
        var dreams = new DreamRepository(new IdGenerator(server.Clock), server.Clock);
        await database.WriteAsync(async db =>
        {
            var dream = (await dreams.HoldAsync(db, ApiKeyRepository.DefaultWorkspace, Id<Dream>.Parse(held.Id)))!;
            await dreams.PlanAsync(db, dream, new DreamReport
            {
                DreamId = held.Id,
                Model = "reverie/local",
                Inputs = new DreamInputs(1, 1, 0),
                Usage = DreamUsage.None,
                DurationMs = 1,
                Changes = changes,
                Refused = [],
            });
            return true;
        }, Cancelled);
        await held.LetGoAsync();
        await server.EndedAsync(held.Id);
        return held.Id;
    }

    /// <summary>The dream, once it has ended.</summary>
    public static async Task<JsonElement> EndedAsync(this TestServer server, string id)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var dream = (await server.GetAsync($"/v1/dreams/{id}")).Expect(HttpStatusCode.OK).Json;
            if (dream.GetProperty("ended_at").ValueKind != JsonValueKind.Null) return dream;
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "the dream does not end");
        }
    }

    /// <summary>Where each change of a dream stands, by its id.</summary>
    public static async Task<Dictionary<string, string>> StatusesAsync(this TestServer server, string dream)
    {
        var report = (await server.GetAsync($"/v1/reverie/dreams/{dream}/report")).Expect(HttpStatusCode.OK).Json;
        return report.GetProperty("changes").EnumerateArray().ToDictionary(static c => c.GetProperty("id").GetString()!, static c => c.GetProperty("status").GetString()!, StringComparer.Ordinal);
    }

    /// <summary>A new key of the default workspace: its id and its secret.</summary>
    public static async Task<(string Id, string Secret)> NewKeyAsync(this TestServer server)
    {
        var secret = await server.CreateKeyAsync(ApiKeyRepository.DefaultWorkspace);
        await using var database = server.OpenDatabase();
        var key = await database.ReadAsync(db => new ApiKeyRepository(new IdGenerator(server.Clock), server.Clock).FindBySecretAsync(db, ApiKeySecret.Sha256(secret)), Cancelled);
        return (key!.Id.Value, secret);
    }

    /// <summary>Posts with another key than the server's first.</summary>
    public static Task<Reply> PostAsAsync(this TestServer server, string secret, string path, object body)
    {
        var request = TestServer.Request(HttpMethod.Post, path, secret);
        request.Content = new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json");
        return server.SendAsync(request);
    }
}
