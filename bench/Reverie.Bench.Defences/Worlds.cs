using System.Text;
using System.Text.Json.Nodes;
using Reverie.Dreaming;
using Reverie.Protocol.Sessions;
using Reverie.Workplaces;
using Reverie.Workplaces.Places;

namespace Reverie.Bench.Defences;

/// <summary>Dreams over generated workplaces.</summary>
internal static class Worlds
{
    /// <summary>The first <paramref name="count"/> worlds: every workplace once, then again with the next seed.</summary>
    public static IEnumerable<World> First(int count, Level level) =>
        Enumerable.Range(0, count).Select(i => new World(Catalogue.All[i % Catalogue.All.Count], 101 + i / Catalogue.All.Count, level));

    public static MemoryTree MemoryOf(World world) => MemoryTree.Of(world.Store.Files(after: false));

    public static async Task<DreamResult> DreamAsync(IReadOnlyList<JsonObject> sessions, MemoryTree memory, DreamOptions options) =>
        await new Dreamer(options).DreamAsync(ReadAsync(sessions), memory, null, CancellationToken.None);

    private static async IAsyncEnumerable<SessionTranscript> ReadAsync(IReadOnlyList<JsonObject> sessions)
    {
        foreach (var session in sessions)
        {
            if (Parse(session) is { } parsed) yield return parsed;
        }
        await Task.CompletedTask;
    }

    /// <summary>Null for the rare session to which the dice gave one id twice: an import skips it too.</summary>
    private static SessionTranscript? Parse(JsonObject session)
    {
        try
        {
            return SessionTranscript.Parse(Encoding.UTF8.GetBytes(session.ToJsonString(Play.Json)));
        }
        catch (TranscriptFormatException)
        {
            return null;
        }
    }
}
