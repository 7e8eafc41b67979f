using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Cli.Terminal;

namespace Reverie.Cli.Running;

/// <summary>
/// The saved agents behind agent files. One that was made here and has the file's name is used again, and gets a new version
/// when the file says something else; an agent that anybody else made is left alone.
/// </summary>
internal sealed class RunAgents(Api api)
{
    /// <summary>Marks what <c>reverie run</c> made, in its metadata.</summary>
    public static KeyValuePair<string, string> Mark { get; } = new("reverie_made_by", "run");

    private static readonly string[] Texts = ["description", "system"];
    private static readonly string[] Objects = ["multiagent", "execution_identity"];
    private static readonly string[] Lists = ["tools", "mcp_servers", "skills"];

    /// <summary>The agent as the file says, at its version.</summary>
    /// <param name="file">What the file holds.</param>
    /// <param name="name">The file's name, for what the server refuses.</param>
    public async Task<JsonElement> SaveAsync(JsonObject file, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await SaveAsync(file, cancellationToken);
        }
        catch (BadInputException error)
        {
            throw new BadInputException($"{name}: {error.Message}", error);
        }
    }

    private async Task<JsonElement> SaveAsync(JsonObject file, CancellationToken cancellationToken)
    {
        var body = Complete(file);
        if (await FindAsync(body["name"], cancellationToken) is not { } known) return await api.PostAsync("/v1/agents", body, cancellationToken);
        if (body["metadata"] is JsonObject metadata)
        {
            foreach (var old in known.GetProperty("metadata").EnumerateObject()) metadata.TryAdd(old.Name, null);
        }
        return await api.PostAsync($"/v1/agents/{known.GetProperty("id").GetString()}", body, cancellationToken);
    }

    /// <summary>What the file leaves out is said, so that an update clears it. What is wrong is left for the server to refuse.</summary>
    private static JsonObject Complete(JsonObject file)
    {
        var body = (JsonObject)file.DeepClone();
        foreach (var field in Texts.Concat(Objects)) body.TryAdd(field, null);
        foreach (var field in Lists) body.TryAdd(field, new JsonArray());
        if (body["model"] is JsonValue name && name.GetValueKind() == JsonValueKind.String) body["model"] = new JsonObject { ["id"] = name.GetValue<string>() };
        if (body["model"] is JsonObject model) model.TryAdd("effort", null);
        if (body["metadata"] is null) body["metadata"] = new JsonObject();
        if (body["metadata"] is JsonObject metadata) metadata[Mark.Key] = Mark.Value;
        return body;
    }

    private async Task<JsonElement?> FindAsync(JsonNode? name, CancellationToken cancellationToken)
    {
        if (name?.GetValueKind() != JsonValueKind.String) return null;
        await foreach (var agent in api.ListAsync("/v1/agents?limit=100", cancellationToken))
        {
            if (SessionLine.TextOf(agent, "name") == name.GetValue<string>() && IsMarked(agent)) return agent;
        }
        return null;
    }

    /// <summary>True for what <c>reverie run</c> made.</summary>
    public static bool IsMarked(JsonElement made) => SessionLine.TextOf(made.GetProperty("metadata"), Mark.Key) == Mark.Value;
}
