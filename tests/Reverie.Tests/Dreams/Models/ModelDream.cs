using System.Text;
using Reverie.Dreaming;
using Reverie.Dreams;
using Reverie.Dreams.Models;
using Reverie.Inference;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Sessions;
using Reverie.Testing.Models;
using Reverie.Tests.Inference;
using Reverie.Workplaces;
using Reverie.Workplaces.Places;

namespace Reverie.Tests.Dreams.Models;

/// <summary>A planted workplace that is dreamt over with a model service on a loopback port.</summary>
internal sealed class ModelDream
{
    public const string Claude = "claude-haiku-5-5";

    private readonly List<string> _lines;

    public ModelDream(string place, int seed)
    {
        World = Of(place, seed);
        Memory = MemoryTree.Of(World.Store.Files(after: false));
        _lines = World.Sessions.ConvertAll(static s => s.ToJsonString(Play.Json));
    }

    /// <summary>So many sessions: the first ones of the workplace, or those of its later years too.</summary>
    public ModelDream(string place, int seed, int sessions) : this(place, seed)
    {
        for (var year = 1; _lines.Count < sessions; year++)
        {
            foreach (var session in Of(place, seed + year).Sessions)
            {
                session["external_id"] = $"{session["external_id"]}~{year}";
                _lines.Add(session.ToJsonString(Play.Json));
            }
        }
        _lines.RemoveRange(sessions, _lines.Count - sessions);
    }

    public World World { get; }

    public MemoryTree Memory { get; }

    public static async Task<FakeModelServer> ServiceAsync(string mode)
    {
        var server = await FakeModelServer.StartAsync();
        server.Respond = DreamingMind.Of(mode);
        return server;
    }

    public static AskedModel Model(FakeModelServer server, DreamCaps? caps = null, IDreamAnswers? answers = null, string id = Claude, TimeProvider? clock = null, Func<IModelProvider, IModelProvider>? around = null)
    {
        var found = Assert.IsType<ModelFound>(Asking.Registry(server).Find(id));
        return new AskedModel(found with { Provider = around?.Invoke(found.Provider) ?? found.Provider }, caps ?? DreamCaps.None, answers ?? new AnswersInMemory(), clock ?? TimeProvider.System);
    }

    public Task<DreamResult> RunAsync(MeteredModel? model, TimeProvider? clock = null) =>
        new DreamRunner(clock ?? TimeProvider.System, model).RunAsync(SessionsAsync(), Memory, new DreamOptions(), null, Asking.Token);

    public Task<DreamForecast> ForecastAsync(DreamCaps caps, ModelHabits habits, TimeProvider? clock = null, string id = Claude) => DreamRunner.ForecastAsync(
        DreamModels.Rehearse(Asking.RegistryOf("http://127.0.0.1:9"), id, caps, habits), SessionsAsync(), Memory, new DreamOptions(), clock ?? TimeProvider.System, null, Asking.Token);

    /// <summary>Tokens of all kinds.</summary>
    public static long Sum(DreamUsage usage) => usage.InputTokens + usage.OutputTokens + usage.CacheCreationInputTokens + usage.CacheReadInputTokens;

    private static World Of(string place, int seed) => new(Catalogue.All.First(p => p.Name.Contains(place, StringComparison.OrdinalIgnoreCase)), seed, Level.Easy);

    /// <summary>A report without what differs from dream to dream.</summary>
    public static string Plain(DreamReport report) => Encoding.UTF8.GetString(DreamReportJson.Write(report with { DreamId = "", DurationMs = 0 }));

    public async IAsyncEnumerable<SessionTranscript> SessionsAsync()
    {
        foreach (var line in _lines) yield return SessionTranscript.Parse(Encoding.UTF8.GetBytes(line));
        await Task.CompletedTask;
    }
}
