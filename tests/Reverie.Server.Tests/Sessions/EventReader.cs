using System.Net;
using System.Net.ServerSentEvents;
using Reverie.Server.Tests.Hosting;

namespace Reverie.Server.Tests.Sessions;

/// <summary>Reads the stream of a session frame by frame, pings included.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    /// <summary>Far longer than anything a test waits for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _frames;
    private Task<SseItem<string>?>? _next;

    private EventReader(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _frames = SseParser.Create(body).EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
    }

    /// <summary>Whatever is appended from now on will be read.</summary>
    public static async Task<EventReader> OpenAsync(HttpClient http, string session, string stream = "events/stream")
    {
        using var request = TestServer.Request(HttpMethod.Get, $"/v1/sessions/{session}/{stream}", beta: "managed-agents-2026-04-01");
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        var reader = new EventReader(response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal("ping", (await reader.NextAsync())?.EventType);
        return reader;
    }

    /// <summary>The next frame; null at the end of the stream.</summary>
    public async Task<SseItem<string>?> NextAsync()
    {
        var next = (_next ??= ReadAsync()).WaitAsync(Patience, TimeProvider.System);
        var frame = await next;
        _next = null;
        return frame;
    }

    /// <summary>The next events that are no pings, as JSON; fewer at the end of the stream.</summary>
    public async Task<List<string>> TakeAsync(int count)
    {
        var events = new List<string>();
        while (events.Count < count && await NextAsync() is { } frame)
        {
            if (frame.EventType != "ping") events.Add(frame.Data);
        }
        return events;
    }

    /// <summary>All events to the end of the stream.</summary>
    public Task<List<string>> RestAsync() => TakeAsync(int.MaxValue);

    public async ValueTask DisposeAsync()
    {
        _response.Dispose();
        if (_next is null) await _frames.DisposeAsync();
    }

    private async Task<SseItem<string>?> ReadAsync() => await _frames.MoveNextAsync() ? _frames.Current : null;
}
