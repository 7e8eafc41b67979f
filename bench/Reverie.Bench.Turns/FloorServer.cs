using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Reverie.Bench.Turns;

/// <summary>What the server is compared with: the same web server and database with as little as possible between them, behind the same paths.</summary>
internal static class FloorServer
{
    /// <param name="file">The database; null for none.</param>
    /// <param name="isStepwise">Each step of a turn is durable before the next; otherwise all of them are written together.</param>
    /// <param name="modelWait">How long the model takes for each request.</param>
    public static async Task<int> RunAsync(string? file, bool isStepwise, TimeSpan modelWait)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        using var log = file is null ? null : new FloorLog(file);
        var sessions = new ConcurrentDictionary<string, FloorSession>(StringComparer.Ordinal);
        var count = 0;
        app.MapPost("/v1/{kind}", (string kind) =>
        {
            var session = new FloorSession($"{kind}_{Interlocked.Increment(ref count):d24}");
            sessions[session.Id] = session;
            return Results.Text($$"""{"id":"{{session.Id}}"}""", "application/json");
        });
        app.MapPost("/v1/sessions/{id}", async (string id, HttpRequest request) =>
        {
            using var body = await JsonDocument.ParseAsync(request.Body);
            var entry = FloorEvents.Updated(body.RootElement.GetRawText()[1..^1]);
            await AppendAsync(sessions[id], [entry]);
            return Results.Text(entry.Json, "application/json");
        });
        app.MapPost("/v1/sessions/{id}/events", async (string id, HttpRequest request) =>
        {
            using var body = await JsonDocument.ParseAsync(request.Body);
            var entry = FloorEvents.Message(body.RootElement.GetProperty("events")[0].GetProperty("content").GetRawText());
            var session = sessions[id];
            await AppendAsync(session, [entry]);
            _ = TurnAsync(session);
            return Results.Text($$"""{"data":[{{entry.Json}}]}""", "application/json");
        });
        app.MapGet("/v1/sessions/{id}/events/stream", (string id, HttpContext http) => sessions[id].FollowAsync(http));
        await app.StartAsync();
        Console.WriteLine($"Listening on {app.Urls.First()} ");
        ServerProcess.CollectWhenTold();
        return 0;

        async Task TurnAsync(FloorSession session)
        {
            if (!isStepwise)
            {
                await AppendAsync(session, [.. FloorEvents.Steps().SelectMany(static s => s)]);
                return;
            }
            var isAsked = false;
            foreach (var step in FloorEvents.Steps())
            {
                if (isAsked && modelWait > TimeSpan.Zero) await Task.Delay(modelWait, TimeProvider.System);
                await AppendAsync(session, step);
                isAsked = !isAsked;
            }
        }

        Task AppendAsync(FloorSession session, IReadOnlyList<FloorEvent> events)
        {
            if (log is not null) return log.AppendAsync(session, events);
            session.Tell(events);
            return Task.CompletedTask;
        }
    }
}

/// <summary>A session of the floor: its number in the log and who follows it.</summary>
internal sealed class FloorSession(string id)
{
    private ImmutableList<Channel<byte[]>> _followers = [];

    public string Id => id;

    public long NextSeq { get; set; }

    /// <summary>Serialised once for all who follow.</summary>
    public void Tell(IReadOnlyList<FloorEvent> events)
    {
        var followers = _followers;
        if (followers.IsEmpty) return;
        var text = new StringBuilder();
        foreach (var entry in events) text.Append("event: ").Append(entry.Type).Append("\ndata: ").Append(entry.Json).Append("\n\n");
        var frame = Encoding.UTF8.GetBytes(text.ToString());
        foreach (var follower in followers) follower.Writer.TryWrite(frame);
    }

    public async Task FollowAsync(HttpContext http)
    {
        var frames = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
        ImmutableInterlocked.Update(ref _followers, static (all, one) => all.Add(one), frames);
        http.Response.ContentType = "text/event-stream";
        await http.Response.BodyWriter.WriteAsync("event: ping\ndata: {}\n\n"u8.ToArray(), http.RequestAborted);
        try
        {
            await foreach (var frame in frames.Reader.ReadAllAsync(http.RequestAborted)) await http.Response.BodyWriter.WriteAsync(frame, http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The reader has gone.
        }
        finally
        {
            ImmutableInterlocked.Update(ref _followers, static (all, one) => all.Remove(one), frames);
        }
    }
}
