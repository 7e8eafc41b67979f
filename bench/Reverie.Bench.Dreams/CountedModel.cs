using System.Text.Json;
using Reverie.Testing.Models;

namespace Reverie.Bench.Dreams;

/// <summary>A model service that takes a while for each answer and tells when its requests come.</summary>
internal sealed class CountedModel(FakeModelServer server) : IAsyncDisposable
{
    private int _count;
    private int _awaited;
    private TaskCompletionSource _came = new();

    /// <summary>How long it takes for an answer.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(250);

    public string Url => server.Url;

    public string Key => server.Key;

    /// <summary>Requests since it was last told to forget, by their whole content.</summary>
    public IReadOnlyList<string> Contents => [.. server.Requests.Select(static r => r.Body.GetRawText())];

    public static async Task<CountedModel> StartAsync(string mode)
    {
        var server = await FakeModelServer.StartAsync();
        var counted = new CountedModel(server);
        var mind = DreamingMind.Of(mode);
        server.Respond = body => counted.Answer(mind, body);
        return counted;
    }

    public void Forget()
    {
        server.Forget();
        Volatile.Write(ref _count, 0);
    }

    /// <summary>Completes when so many requests have come since it was last told to forget.</summary>
    public Task WhenAsync(int requests)
    {
        _came = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _awaited, requests);
        if (Volatile.Read(ref _count) >= requests) _came.TrySetResult();
        return _came.Task;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private FakeAnswer? Answer(Func<JsonElement, FakeAnswer?> mind, JsonElement body)
    {
        if (Interlocked.Increment(ref _count) == Volatile.Read(ref _awaited)) _came.TrySetResult();
        return mind(body) is { } answer ? answer with { DelayMs = (int)Delay.TotalMilliseconds } : null;
    }
}
