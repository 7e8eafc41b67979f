using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Environments;
using Reverie.Protocol.Errors;
using Reverie.Protocol.Files;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Protocol.Sessions;
using Reverie.Protocol.Skills;
using Reverie.Server.Http;

namespace Reverie.Server.Tests.OpenApi;

/// <summary>The OpenAPI document of a server, made of its routes and what is stated next to them.</summary>
internal sealed class OpenApiDocument
{
    /// <summary>What ids in a path begin with, by the name of their place.</summary>
    public static readonly Dictionary<string, string> Prefixes = new(StringComparer.Ordinal)
    {
        ["store"] = Prefix<MemoryStore>(),
        ["memory"] = Prefix<StoredMemory>(),
        ["version"] = Prefix<MemoryVersion>(),
        ["session"] = Prefix<Session>(),
        ["dream"] = Prefix<Dream>(),
        ["schedule"] = Prefix<DreamSchedule>(),
        ["agent"] = Prefix<Agent>(),
        ["environment"] = Prefix<AgentEnvironment>(),
        ["file"] = Prefix<StoredFile>(),
        ["thread"] = Prefix<SessionThread>(),
        ["skill"] = Prefix<Skill>(),
        ["skill_version"] = Prefix<SkillVersion>(),
        ["resource"] = Prefix<SessionResource>(),
    };

    private readonly WireSchemas _schemas = new();

    private OpenApiDocument() { }

    public static JsonObject Of(IEnumerable<RouteEndpoint> routes) => new OpenApiDocument().Write(routes);

    private JsonObject Write(IEnumerable<RouteEndpoint> routes)
    {
        var paths = new SortedDictionary<string, SortedDictionary<string, JsonObject>>(StringComparer.Ordinal);
        foreach (var route in routes)
        {
            var operations = paths.TryGetValue(PathOf(route), out var known) ? known : paths[PathOf(route)] = new(StringComparer.Ordinal);
            foreach (var method in MethodsOf(route)) operations.Add(method, Describe(route, method));
        }
        var error = Content(Operation.Json, _schemas.Reference(typeof(ErrorEnvelope)));
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Reverie",
                ["version"] = "1",
                ["description"] = "Made of the server's routes. What begins with /v1/reverie/ is beyond the public contract of managed agents.",
            },
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }, new JsonObject { ["key"] = new JsonArray() }),
            ["paths"] = new JsonObject(paths.Select(static p => KeyValuePair.Create(p.Key, (JsonNode?)new JsonObject(p.Value.Select(static o => KeyValuePair.Create(o.Key, (JsonNode?)o.Value)))))),
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" },
                    ["key"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "x-api-key" },
                },
                ["responses"] = new JsonObject
                {
                    ["Error"] = new JsonObject
                    {
                        ["description"] = string.Join("; ", ErrorType.All.Select(static t => $"{t.Status} {t.Name}")) + ".",
                        ["headers"] = new JsonObject { ["request-id"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } } },
                        ["content"] = error,
                    },
                },
                ["schemas"] = _schemas.ToJson(),
            },
        };
    }

    public static string PathOf(RouteEndpoint route) => route.RoutePattern.RawText!.TrimEnd('/').Replace("{*", "{", StringComparison.Ordinal);

    public static IEnumerable<string> MethodsOf(RouteEndpoint route) => route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(static m => m.ToLowerInvariant());

    private JsonObject Describe(RouteEndpoint route, string method)
    {
        var said = route.Metadata.GetMetadata<Operation>() ?? throw new InvalidOperationException($"{method} {PathOf(route)} does not say what it takes and gives");
        var operation = new JsonObject { ["operationId"] = IdOf(method, PathOf(route)), ["summary"] = said.Summary, ["tags"] = new JsonArray(TagOf(PathOf(route))) };
        var isOpen = route.Metadata.GetMetadata<OpenToAll>() is not null;
        if (isOpen) operation["security"] = new JsonArray();
        var parameters = new JsonArray([.. route.RoutePattern.Parameters.Select(PathParameter), .. Beta(route), .. said.Query.Select(QueryParameter)]);
        if (parameters.Count > 0) operation["parameters"] = parameters;
        if (said.Takes is { } takes) operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content(Operation.Json, _schemas.Request(takes)) };
        else if (said.TakesMedia is { } media) operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content(media, Bytes()) };
        operation["responses"] = new JsonObject
        {
            ["200"] = new JsonObject
            {
                ["description"] = said.Summary + ".",
                ["content"] = Content(said.GivesMedia, said.Gives is { } gives ? _schemas.Reference(gives) : Bytes()),
            },
            ["default"] = new JsonObject { ["$ref"] = "#/components/responses/Error" },
        };
        return operation;
    }

    private static IEnumerable<JsonNode?> Beta(RouteEndpoint route)
    {
        if (route.Metadata.GetMetadata<BetaHeader>() is not { } beta) yield break;
        yield return new JsonObject
        {
            ["name"] = "anthropic-beta",
            ["in"] = "header",
            ["required"] = true,
            ["description"] = $"Values separated by commas, among them {string.Join(" or ", beta.AnyOf)}{(beta.NotBoth ? ", not both" : "")}.",
            ["schema"] = new JsonObject { ["type"] = "string", ["examples"] = new JsonArray(beta.AnyOf[0]) },
        };
    }

    private static JsonNode? PathParameter(RoutePatternParameterPart part) => new JsonObject
    {
        ["name"] = part.Name,
        ["in"] = "path",
        ["required"] = true,
        // Models are named by others, in their own ways.
        ["schema"] = part.Name == "model" ? new JsonObject { ["type"] = "string" } : new JsonObject { ["type"] = "string", ["pattern"] = WireSchemas.IdPattern(Prefixes[part.Name]) },
    };

    private static JsonNode? QueryParameter(Parameter parameter)
    {
        var schema = new JsonObject { ["type"] = parameter.Type };
        if (parameter.Format is { } format) schema["format"] = format;
        if (parameter.Words.Count > 0) schema["enum"] = new JsonArray([.. parameter.Words.Select(static w => (JsonNode)w)]);
        if (parameter.Min is { } min) schema["minimum"] = min;
        if (parameter.Max is { } max) schema["maximum"] = max;
        if (parameter.Default is { } value) schema["default"] = JsonValue.Create(value);
        var written = new JsonObject { ["name"] = parameter.Name, ["in"] = "query" };
        if (parameter.IsRequired) written["required"] = true;
        if (parameter.Meaning.Length > 0) written["description"] = parameter.Meaning;
        written["schema"] = parameter.IsRepeated ? new JsonObject { ["type"] = "array", ["items"] = schema } : schema;
        return written;
    }

    private static JsonObject Content(string media, JsonNode schema) => new() { [media] = new JsonObject { ["schema"] = schema } };

    private static JsonObject Bytes() => new() { ["type"] = "string" };

    /// <summary>E.g. <c>post_memory_stores_archive</c>.</summary>
    private static string IdOf(string method, string path) =>
        string.Join('_', path.Replace("/v1/", "/", StringComparison.Ordinal).Split('/', StringSplitOptions.RemoveEmptyEntries).Select(static s => s.Replace("{", "by_", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal).Replace('.', '_')).Prepend(method));

    private static string TagOf(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["v1", "reverie", ..] => "beyond the contract",
        ["v1", var what, ..] => what.Replace('_', ' '),
        _ => "server",
    };

    private static string Prefix<T>() where T : IResource => T.IdPrefix;
}
