using System.Net.ServerSentEvents;
using System.Text.Json;
using Reverie.Sessions.Turns;

namespace Reverie.Cli.Running;

/// <summary>A session's events as they come, each once, whatever happens to the connection: the log has what a stream missed.</summary>
internal sealed class SessionFeed(Api api, string session)
{
    private readonly HashSet<(string Id, bool IsProcessed)> _seen = [];

    /// <summary>What the log held before the feed began, in order.</summary>
    public List<SessionLine> Past { get; } = [];

    /// <param name="hasPreviews">Words of messages come as the model says them, before the message itself.</param>
    /// <param name="begin">Runs once the stream is open, so that nothing it starts is missed.</param>
    /// <param name="take">Says whether to go on.</param>
    public async Task FollowAsync(bool hasPreviews, Func<Task> begin, Func<SessionLine, Task<bool>> take, CancellationToken cancellationToken)
    {
        var hasBegun = false;
        while (true)
        {
            try
            {
                using var stream = await api.OpenAsync($"/v1/sessions/{session}/events/stream{(hasPreviews ? $"?event_deltas[]={EventTypes.AgentMessage}" : "")}", cancellationToken);
                var missed = await ReadLogAsync(cancellationToken);
                if (hasBegun)
                {
                    foreach (var line in missed) if (!await take(line)) return;
                }
                else
                {
                    Past.AddRange(missed);
                    hasBegun = true;
                    await begin();
                }
                if (!await FollowAsync(stream, take, cancellationToken)) return;
            }
            catch (Exception error) when (error is IOException or HttpRequestException or ServerException && hasBegun)
            {
                // The log has what is missed now.
            }
            await api.ReopenAsync(cancellationToken);
        }
    }

    private async Task<List<SessionLine>> ReadLogAsync(CancellationToken cancellationToken)
    {
        var lines = new List<SessionLine>();
        await foreach (var body in api.ListAsync($"/v1/sessions/{session}/events?limit=1000&order=asc", cancellationToken))
        {
            if (SessionLine.Of(body) is var line && IsNew(line)) lines.Add(line);
        }
        return lines;
    }

    /// <returns>True when the stream was cut before its end.</returns>
    private async Task<bool> FollowAsync(HttpResponseMessage stream, Func<SessionLine, Task<bool>> take, CancellationToken cancellationToken)
    {
        await using var body = await stream.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(body, static (_, data) => JsonElement.Parse(data)).EnumerateAsync(cancellationToken))
        {
            var line = SessionLine.Of(item.Data);
            var isPreview = line.Type is "event_start" or "event_delta";
            if (line.Type == "ping" || (!isPreview && !IsNew(line))) continue;
            if (!await take(line) || line.Type is EventTypes.SessionTerminated or EventTypes.SessionDeleted) return false;
        }
        return true;
    }

    private bool IsNew(SessionLine line) => _seen.Add((line.Id, line.IsProcessed));
}
