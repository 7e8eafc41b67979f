using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Reverie.Yaml;

/// <summary>Reads YAML that strangers wrote: one document, of bounded depth, without anchors, which could multiply what is read.</summary>
public static class YamlText
{
    /// <summary>Levels of nesting.</summary>
    public const int DepthMax = 32;

    /// <exception cref="YamlTextException">It is no YAML, or breaks a bound.</exception>
    public static YamlNode Load(string text)
    {
        try
        {
            Measure(text);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count != 1) throw new YamlTextException(1, $"there must be one document, not {stream.Documents.Count}");
            return stream.Documents[0].RootNode;
        }
        catch (YamlException error)
        {
            throw new YamlTextException(error.Start.Line, error.InnerException?.Message ?? error.Message);
        }
    }

    /// <summary>YAML's plain words and numbers are JSON's; everything quoted is a text.</summary>
    /// <exception cref="YamlTextException">JSON has nothing for it.</exception>
    public static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(static c => KeyValuePair.Create(Key(c.Key), ToJson(c.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "null" or "~" or "" or null } => null,
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" } => true,
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "false" } => false,
        YamlScalarNode { Style: ScalarStyle.Plain, Value: var text } when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        YamlScalarNode { Style: ScalarStyle.Plain, Value: var text } when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => number,
        YamlScalarNode { Value: var text } => text,
        _ => throw new YamlTextException(node.Start.Line, "this cannot be put into JSON"),
    };

    /// <summary>Before anything is built: depth that would exhaust the stack, and references that would multiply.</summary>
    private static void Measure(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > DepthMax) throw new YamlTextException(parser.Current.Start.Line, $"it is nested deeper than {DepthMax} levels");
            if (parser.Current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false }) throw new YamlTextException(parser.Current.Start.Line, "anchors and references are not supported");
        }
    }

    private static string Key(YamlNode node) => node is YamlScalarNode { Value: { } text } ? text : throw new YamlTextException(node.Start.Line, "a key must be a text");
}
