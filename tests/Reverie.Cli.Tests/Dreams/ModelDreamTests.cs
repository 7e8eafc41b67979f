using System.Text.Json;
using Reverie.Testing.Models;

namespace Reverie.Cli.Tests.Dreams;

/// <summary>Dreams with a model, and forecasts, from the command line.</summary>
public sealed class ModelDreamTests : IDisposable
{
    private const string Model = "claude-haiku-5-5";

    private readonly TestWorld _world = new();

    public ModelDreamTests() => File.WriteAllText(_world.Sessions, string.Concat(Enumerable.Range(1, 8).Select(Booking)));

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_model_words_what_was_found_and_its_cost_is_shown()
    {
        var ran = await RunAsync([.. _world.Dream, "--report", _world.Report, "--model", Model, "--max-tokens", "200000"]);

        Assert.True(ran.Code == 0, ran.Error);
        var report = _world.ReportNow();
        Assert.Equal(Model, report.Model);
        Assert.InRange(report.Usage.InputTokens, 1, 200_000);
        Assert.True(report.CostUsd > 0);
        Assert.Contains("US dollars", ran.Out, StringComparison.Ordinal);
        Assert.Contains("Whenever", string.Concat(_world.ReportNow().Changes.SelectMany(static c => c.Edits).Select(static e => e.Insert)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forecast_needs_no_place_to_write_to_and_asks_nobody()
    {
        await using var service = await FakeModelServer.StartAsync();

        var ran = await RunAsync(service, "dream", "--sessions", _world.Sessions, "--memory", _world.MemoryDir, "--model", Model, "--forecast", "--format", "json");

        Assert.True(ran.Code == 0, ran.Error);
        Assert.Empty(service.Requests);
        var forecast = JsonElement.Parse(ran.Out);
        Assert.Equal((Model, "dream_forecast"), (forecast.GetProperty("model").GetString(), forecast.GetProperty("type").GetString()));
        Assert.True(forecast.GetProperty("requests").GetInt32() > 0);
        Assert.False(Directory.Exists(_world.Out));
    }

    [Fact]
    public async Task A_forecast_says_whether_the_budget_is_enough()
    {
        var enough = await _world.RunAsync("dream", "--sessions", _world.Sessions, "--memory", _world.MemoryDir, "--forecast", "--max-tokens", "1000");
        var small = await RunAsync("dream", "--sessions", _world.Sessions, "--memory", _world.MemoryDir, "--forecast", "--model", Model, "--max-tokens", "1000");

        Assert.Contains("1000 tokens: enough", enough.Out, StringComparison.Ordinal);
        Assert.Contains("1000 tokens: too little", small.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_forecast_a_place_to_write_to_is_asked_for()
    {
        var ran = await _world.RunAsync("dream", "--sessions", _world.Sessions, "--memory", _world.MemoryDir);

        Assert.Equal(2, ran.Code);
        Assert.Contains("--out", ran.Error, StringComparison.Ordinal);
    }

    private async Task<Ran> RunAsync(params string[] args)
    {
        await using var service = await FakeModelServer.StartAsync();
        service.Respond = DreamingMind.Of("good");
        return await RunAsync(service, args);
    }

    private async Task<Ran> RunAsync(FakeModelServer service, params string[] args)
    {
        using var process = CliProcess.StartProgram(_world.Root, "dotnet", [typeof(ReverieApp).Assembly.Location, .. args], ("ANTHROPIC_BASE_URL", service.Url), ("ANTHROPIC_API_KEY", service.Key));
        return await CliProcess.EndAsync(process);
    }

    /// <summary>A session in which a date is written wrongly first.</summary>
    private static string Booking(int number) => JsonSerializer.Serialize(new
    {
        external_id = $"s-{number}",
        source = "test",
        agent = "helper",
        created_at = $"2026-01-{number + 10}T09:00:00Z",
        metadata = new { user = new[] { "ada.l", "bob.k", "cleo.m", "dan.o" }[number % 4] },
        events = new object[]
        {
            new { type = "user.message", content = new[] { new { type = "text", text = $"Reserve berth {number} for my boat." } } },
            new { type = "agent.tool_use", id = "u1", name = "book_berth", input = new { berth = $"B-{number}", date = $"{number + 10}.06.2024" } },
            new { type = "agent.tool_result", tool_use_id = "u1", is_error = true, content = new[] { new { type = "text", text = "the date could not be understood" } } },
            new { type = "agent.tool_use", id = "u2", name = "book_berth", input = new { berth = $"B-{number}", date = $"2024-06-{number + 10}" } },
            new { type = "agent.tool_result", tool_use_id = "u2", is_error = false, content = new[] { new { type = "text", text = $"reserved, slip {3000 + number}" } } },
        },
    }) + "\n";
}
