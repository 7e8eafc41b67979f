using Microsoft.AspNetCore.Builder;

namespace Reverie.Server.Http;

/// <summary>What an endpoint takes and gives, stated next to it: docs/reference/openapi.json is made of these.</summary>
/// <param name="Summary">What it does, in one line.</param>
internal sealed record Operation(string Summary)
{
    public const string Json = "application/json";

    /// <summary>The shape of the body; null for none, and for one that is not JSON.</summary>
    public Type? Takes { get; init; }

    /// <summary>The media type of the body, where it is not JSON; null otherwise.</summary>
    public string? TakesMedia { get; init; }

    /// <summary>The shape of the answer; null where it is not JSON.</summary>
    public Type? Gives { get; init; }

    public string GivesMedia { get; init; } = Json;

    public IReadOnlyList<Parameter> Query { get; init; } = [];
}

/// <summary>A query parameter of an endpoint.</summary>
/// <param name="Name">As it is sent.</param>
/// <param name="Meaning">For people; empty where the name says it.</param>
internal sealed record Parameter(string Name, string Meaning = "")
{
    public string Type { get; init; } = "string";

    /// <summary>A format that JSON Schema knows; null for none.</summary>
    public string? Format { get; init; }

    /// <summary>What it may be; empty for anything.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    public long? Min { get; init; }

    public long? Max { get; init; }

    /// <summary>What counts when it is absent; null for nothing.</summary>
    public object? Default { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>True when it may be given many times.</summary>
    public bool IsRepeated { get; init; }

    public static Parameter Page { get; } = new("page", "The next_page of the page before; nothing for the first.");

    public static Parameter IncludeArchived { get; } = Flag("include_archived", "Whether archived ones are listed too.");

    public static Parameter View { get; } = OneOf("view", "Whether texts come along.", "basic", "full");

    public static Parameter Limit(int byDefault, int max, string meaning = "Items of a page.") => Number("limit", meaning, byDefault, 1, max);

    public static Parameter Number(string name, string meaning, long byDefault, long min, long max) => new(name, meaning) { Type = "integer", Default = byDefault, Min = min, Max = max };

    public static Parameter Flag(string name, string meaning) => new(name, meaning) { Type = "boolean", Default = false };

    public static Parameter OneOf(string name, string meaning, params string[] words) => new(name, meaning) { Words = words };

    public static Parameter Many(string name, string meaning, params string[] words) => new(name + "[]", meaning) { Words = words, IsRepeated = true };

    /// <summary>The bounds of a time: <c>name[gte]</c> and so on.</summary>
    public static Parameter[] Times(string name = "created_at") => [Bound(name, "gt"), Bound(name, "gte"), Bound(name, "lt"), Bound(name, "lte")];

    private static Parameter Bound(string name, string op) => new($"{name}[{op}]") { Format = "date-time" };
}

/// <summary>States what endpoints take and give.</summary>
internal static class OperationExtensions
{
    public static void Describe(this IEndpointConventionBuilder endpoint, string summary, Type? takes = null, Type? gives = null, params Parameter[] query) =>
        endpoint.Describe(new Operation(summary) { Takes = takes, Gives = gives, Query = query });

    public static void Describe(this IEndpointConventionBuilder endpoint, Operation operation) => endpoint.WithMetadata(operation);
}
