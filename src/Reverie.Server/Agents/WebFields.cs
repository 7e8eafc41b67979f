using System.Text.Json;
using System.Text.RegularExpressions;
using Reverie.Agents;
using Reverie.Protocol.Agents;
using Reverie.Server.Http;

namespace Reverie.Server.Agents;

/// <summary>
/// Reads what limits the web tools. Refusals of domains and countries end the request at once, because clients match their
/// words (public contract, "Domain rules").
/// </summary>
internal static partial class WebFields
{
    private const int PlaceCharsMax = 255;

    /// <exception cref="ApiException">A list breaks a rule.</exception>
    public static (IReadOnlyList<string>? Allowed, IReadOnlyList<string>? Blocked) Domains(JsonPart config, bool takesPath)
    {
        if (config.Has("allowed_domains") && config.Has("blocked_domains"))
            throw ApiException.Invalid($"{config.Name}: Only one of allowed_domains or blocked_domains may be set.");
        return (List(config, "allowed_domains", takesPath), List(config, "blocked_domains", takesPath));
    }

    public static UserLocation? Location(JsonPart config)
    {
        if (config.Object("user_location") is not { } part) return null;
        part.Knows("type", "city", "country", "region", "timezone").OneOf("type", true, "approximate");
        var country = part.Text("country", false, 0, PlaceCharsMax);
        if (country is not null && !Countries.Contains(country)) throw ApiException.Invalid($"{part.NameOf("country")}: not a country the search provider supports");
        var timezone = part.Text("timezone", false, 0, PlaceCharsMax);
        if (timezone is not null && !(ZoneName().IsMatch(timezone) && TimeZoneInfo.TryFindSystemTimeZoneById(timezone, out _)))
            part.Problem("timezone", $"must be an IANA time zone such as Europe/Berlin, not {ApiException.Quoted(timezone)}");
        return new UserLocation { City = part.Text("city", false, 1, PlaceCharsMax), Country = country, Region = part.Text("region", false, 1, PlaceCharsMax), Timezone = timezone };
    }

    public static UrlSources? Sources(JsonPart config)
    {
        if (config.Object("url_sources") is not { } part) return null;
        part.Knows("client_tool_results", "server_tool_results", "user_input");
        return new UrlSources
        {
            ClientToolResults = Filter(part, "client_tool_results", takesTools: true),
            ServerToolResults = Filter(part, "server_tool_results", takesTools: true),
            UserInput = Filter(part, "user_input", takesTools: false),
        };
    }

    private static List<string>? List(JsonPart config, string field, bool takesPath)
    {
        if (!config.Has(field)) return null;
        var items = config.Items(field, AgentLimits.DomainsMax);
        if (items.Count == 0 && config.Value.GetProperty(field) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0)
            throw ApiException.Invalid($"{config.NameOf(field)}: Empty list of domains is ambiguous. Provide at least one domain or null.");
        var texts = new List<string>();
        var seen = new HashSet<WebDomain>();
        foreach (var (value, i) in items.Select(static (item, i) => (item.Value, i)))
        {
            var name = $"{config.NameOf(field)}.{i}";
            if (config.TextOf(value, name, 0, int.MaxValue) is not { } text) continue;
            var (domain, problem) = WebDomain.Read(text, takesPath);
            if (domain is null) throw ApiException.Invalid($"{name}: {problem}");
            if (!seen.Add(domain)) throw ApiException.Invalid($"{name}: {ApiException.Quoted(text)} is in the list already");
            texts.Add(text);
        }
        return texts;
    }

    private static UrlSourceFilter? Filter(JsonPart part, string field, bool takesTools)
    {
        if (!part.Has(field)) return null;
        if (part.Value.GetProperty(field).ValueKind == JsonValueKind.String) return Whole(part.OneOf(field, true, "all", "none"));
        if (part.Object(field) is not { } filter) return null;
        var type = takesTools ? filter.OneOf("type", true, "all", "none", "only", "except") : filter.OneOf("type", true, "all", "none");
        if (type is not ("only" or "except"))
        {
            filter.Knows("type");
            return Whole(type);
        }
        filter.Knows("type", "tools");
        var tools = new List<ToolReference>();
        foreach (var tool in filter.Objects("tools", AgentLimits.FilterToolsMax))
        {
            tool.Knows("type", "name").OneOf("type", true, "tool_reference");
            if (tool.Text("name", true, 1, AgentLimits.ToolNameCharsMax) is { } name) tools.Add(new ToolReference(name));
        }
        if (tools.Count == 0) filter.Problem("tools", $"must name 1 to {AgentLimits.FilterToolsMax} tools");
        if (tools.Distinct().Count() < tools.Count) filter.Problem("tools", "names a tool more than once");
        return type == "only" ? new UrlSourceFilter.Only(tools) : new UrlSourceFilter.Except(tools);
    }

    private static UrlSourceFilter? Whole(string? word) => word switch
    {
        "all" => new UrlSourceFilter.All(),
        "none" => new UrlSourceFilter.None(),
        _ => null,
    };

    /// <summary>Only names are looked up, never paths.</summary>
    [GeneratedRegex(@"\A[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}\z")]
    private static partial Regex ZoneName();
}
