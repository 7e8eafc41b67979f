using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Reverie.Bench.Server;

/// <summary>What the server is compared with: the same web server with as little behind it as possible.</summary>
internal static class ReferenceServers
{
    public const string Bare = "--serve-bare";
    public const string Floor = "--serve-floor";

    /// <summary>Answers <c>/item</c> with a fixed small object.</summary>
    public static Task<int> RunBareAsync()
    {
        var item = new Item("mem_1", "/notes/one.md", "A few words that nobody has changed.", 36);
        return RunAsync(app => app.MapGet("/item", () => item));
    }

    /// <summary>Compares and sets, and keeps every version: <c>/memories/{id}</c>.</summary>
    public static async Task<int> RunFloorAsync(string file)
    {
        using var database = new FloorDatabase(file);
        return await RunAsync(app => app.MapPost("/memories/{id}", async (string id, Update update) =>
        {
            var write = new FloorWrite(id, update.Content, update.Precondition?.ContentSha256);
            return await database.WriteAsync(write) ? Results.Json(new Written(id, write.Sha256), ReferenceJson.Default.Written) : Results.StatusCode(StatusCodes.Status409Conflict);
        }));
    }

    private static async Task<int> RunAsync(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.ConfigureHttpJsonOptions(static o =>
        {
            o.SerializerOptions.TypeInfoResolverChain.Insert(0, ReferenceJson.Default);
            o.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        });
        await using var app = builder.Build();
        map(app);
        await app.StartAsync();
        Console.WriteLine($"Listening on {app.Urls.First()} ");
        await app.WaitForShutdownAsync();
        return 0;
    }
}

internal sealed record Item(string Id, string Path, string Content, int ContentSizeBytes);

internal sealed record Precondition(string ContentSha256);

internal sealed record Update(string Content, Precondition? Precondition);

internal sealed record Written(string Id, string ContentSha256);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Item))]
[JsonSerializable(typeof(Update))]
[JsonSerializable(typeof(Written))]
internal sealed partial class ReferenceJson : JsonSerializerContext;
