using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Xml.Linq;
using Reverie.Protocol.Ids;
using Reverie.Server.Http;

namespace Reverie.Server.Tests.OpenApi;

/// <summary>The JSON schemas of what goes over the wire: one for each type, described by its documentation.</summary>
internal sealed class WireSchemas
{
    private const string Components = "#/components/schemas/";

    private static readonly JsonSerializerOptions Wire = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        RespectNullableAnnotations = true,
    };

    private static readonly NullabilityInfoContext Nullability = new();

    private readonly SortedDictionary<string, JsonNode> _schemas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _texts = new[] { "Reverie.Protocol", "Reverie.Server" }
        .SelectMany(static name => XDocument.Load(Path.Combine(AppContext.BaseDirectory, name + ".xml")).Descendants("member"))
        .ToDictionary(static m => m.Attribute("name")!.Value, static m => m.Element("summary") is { } summary ? Plain(summary) : "", StringComparer.Ordinal);

    public static string IdPattern(string prefix) => $"^{prefix}_[A-Za-z0-9_-]{{1,64}}$";

    /// <summary>Points to the schema of an answer, in which everything is always there.</summary>
    public JsonObject Reference(Type type) => Reference(type, isRequest: false);

    /// <summary>Points to the schema of a body, in which only what is required must be there, and nothing else may be.</summary>
    public JsonObject Request(Type type) => Reference(type, isRequest: true);

    public JsonObject ToJson() => new(_schemas.Select(static s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value)));

    private JsonObject Reference(Type type, bool isRequest)
    {
        if (type == typeof(object)) return new JsonObject { ["type"] = "object" };
        // What goes both ways is strict in one and complete in the other.
        var name = NameOf(type) + (isRequest && type.Assembly == typeof(Id<>).Assembly ? "Request" : "");
        if (_schemas.TryAdd(name, new JsonObject()))
        {
            var schema = Wire.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
            {
                TreatNullObliviousAsNonNullable = true,
                TransformSchemaNode = (context, node) => Transform(context, node, isRequest),
            });
            if (TextOf($"T:{type.FullName}") is { Length: > 0 } text) schema["description"] = text;
            _schemas[name] = schema;
        }
        return new JsonObject { ["$ref"] = Components + name };
    }

    private JsonObject Transform(JsonSchemaExporterContext context, JsonNode node, bool isRequest)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var isNullable = context.PropertyInfo is { } property && property.IsGetNullable;
        var isNested = context.Path.Length > 0 && context.BaseTypeInfo is null;
        var schema = node as JsonObject ?? [];
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Id<>)) schema = OrNull(new JsonObject { ["type"] = "string", ["pattern"] = IdPattern((string)type.GetGenericArguments()[0].GetProperty("IdPrefix")!.GetValue(null)!) }, isNullable);
        else if (isNested && IsOurs(type)) schema = OrNull(Reference(type, isRequest), isNullable);
        else if (context.TypeInfo.Kind == JsonTypeInfoKind.Object && IsOurs(type)) Complete(schema, context.TypeInfo, isRequest);
        if (context.PropertyInfo is { } field) Annotate(ref schema, field, isRequest);
        return schema;
    }

    private static void Complete(JsonObject schema, JsonTypeInfo type, bool isRequest)
    {
        if (isRequest && schema["anyOf"] is null) schema["additionalProperties"] = false;
        if (isRequest || schema["properties"] is null) return;
        // An answer leaves nothing out but what says so.
        var always = type.Properties.Where(static p => p.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), true).Length is not > 0).Select(static p => p.Name).ToList();
        if (schema["properties"]!["type"] is not null && !always.Contains("type", StringComparer.Ordinal)) always.Insert(0, "type");
        if (always.Count > 0) schema["required"] = new JsonArray([.. always.Select(static name => (JsonNode)name)]);
    }

    private void Annotate(ref JsonObject schema, JsonPropertyInfo field, bool isRequest)
    {
        if (field.AttributeProvider is not PropertyInfo member) return;
        if (member.GetCustomAttribute<EitherAttribute>() is { } either) schema = new JsonObject { ["anyOf"] = new JsonArray([.. either.Types.Select(t => t == typeof(string) ? new JsonObject { ["type"] = "string" } : Reference(t, isRequest))]) };
        if (member.GetCustomAttribute<StringLengthAttribute>() is { } text)
        {
            if (text.MinimumLength > 0) schema["minLength"] = text.MinimumLength;
            schema["maxLength"] = text.MaximumLength;
        }
        if (member.GetCustomAttribute<LengthAttribute>() is { } length) (schema["minItems"], schema["maxItems"]) = (length.MinimumLength, length.MaximumLength);
        if (member.GetCustomAttribute<RegularExpressionAttribute>() is { } pattern) schema["pattern"] = pattern.Pattern;
        if (member.GetCustomAttribute<AllowedValuesAttribute>() is { } allowed) schema["enum"] = new JsonArray([.. allowed.Values.Select(static v => (JsonNode?)(string?)v), .. field.IsGetNullable ? [null] : Array.Empty<JsonNode?>()]);
        if (Nullability.Create(member).GenericTypeArguments is [_, { ReadState: NullabilityState.Nullable }]) schema["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("string", "null") };
        // A property that always says the same says what the object is.
        if (!isRequest && member is { Name: "Type", CanWrite: false } && Constant(member) is { } constant) (schema["type"], schema["const"]) = ("string", constant);
        if (DescriptionOf(member) is { Length: > 0 } description) schema["description"] = description;
    }

    /// <summary>The value of a property in an object that was only just made; null when there is none.</summary>
    private static string? Constant(PropertyInfo member)
    {
        var type = member.DeclaringType!;
        // The copying constructor of a record takes the record itself.
        var constructor = type.GetConstructors().FirstOrDefault(c => c.GetParameters() is not [var only] || only.ParameterType != type);
        var made = constructor?.Invoke([.. constructor.GetParameters().Select(static p => p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null)]);
        return made is null ? null : (string?)member.GetValue(made);
    }

    private string DescriptionOf(PropertyInfo member) => TextOf($"P:{member.DeclaringType!.FullName!.Replace('+', '.')}.{member.Name}");

    private string TextOf(string member) => _texts.GetValueOrDefault(member, "");

    private static JsonObject OrNull(JsonObject schema, bool isNullable) =>
        isNullable ? new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) } : schema;

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("Reverie.", StringComparison.Ordinal) == true && type != typeof(JsonElement);

    private static string NameOf(Type type) => type.IsGenericType ? NameOf(type.GetGenericArguments()[0]) + type.Name.Split('`')[0] : type.Name;

    /// <summary>Documentation as a line of text.</summary>
    private static string Plain(XElement summary)
    {
        var words = summary.DescendantNodes().Select(static node => node switch
        {
            XText text => text.Value,
            XElement element when element.Attribute("cref") is { } cref => cref.Value.Split('.')[^1],
            XElement element when element.Attribute("name") is { } name => name.Value,
            _ => "",
        });
        return string.Join(' ', string.Concat(words).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
