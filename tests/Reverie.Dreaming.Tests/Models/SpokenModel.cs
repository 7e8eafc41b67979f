using System.Text.Json.Nodes;
using Reverie.Dreaming.Models;
using Reverie.Dreaming.Tests.Planted;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Tests.Models;

/// <summary>A model that says what a test tells it to, and keeps what it was asked. Told nothing, it answers as an obliging one would.</summary>
internal sealed class SpokenModel : IDreamModel
{
    private readonly Dictionary<DreamStep, Func<DreamRequest, string>> _says = [];

    public List<DreamRequest> Asked { get; } = [];

    public DreamUsage Usage => new(Asked.Count, 0, 0, 0);

    public SpokenModel To(DreamStep step, Func<DreamRequest, string> say)
    {
        _says[step] = say;
        return this;
    }

    public SpokenModel To(DreamStep step, params JsonObject[] items) => To(step, _ => Items(items));

    public static string Items(params IEnumerable<JsonObject> items) => new JsonObject { ["items"] = new JsonArray([.. items.Select(static i => i.DeepClone())]) }.ToJsonString();

    public Task<DreamAnswer> AskAsync(DreamRequest request, CancellationToken cancellationToken)
    {
        Asked.Add(request);
        return Task.FromResult(new DreamAnswer(_says.TryGetValue(request.Step, out var say) ? say(request) : request.Typical, IsCut: false));
    }

    /// <summary>The lines of the last data block of a request.</summary>
    public static List<JsonObject> Data(DreamRequest request)
    {
        var from = request.Task.LastIndexOf(QuotedData.Begin, StringComparison.Ordinal) + QuotedData.Begin.Length;
        return [.. request.Task[from..request.Task.LastIndexOf(QuotedData.End, StringComparison.Ordinal)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => JsonNode.Parse(l)!.AsObject())];
    }

    public async Task<DreamResult> DreamAsync(IEnumerable<SessionScript> sessions, MemoryTree memory)
    {
        var lines = sessions.Select(static s => s.ToJson()).ToList();
        var options = new DreamOptions();
        var result = await new Dreamer(options, this).DreamAsync(Read(lines), memory, null, TestContext.Current.CancellationToken);
        Promises.Hold(result, memory, lines, options);
        return result;
    }

    private static async IAsyncEnumerable<Protocol.Sessions.SessionTranscript> Read(IReadOnlyList<string> lines)
    {
        foreach (var line in lines) yield return Protocol.Sessions.SessionTranscript.Parse(System.Text.Encoding.UTF8.GetBytes(line));
        await Task.CompletedTask;
    }
}
