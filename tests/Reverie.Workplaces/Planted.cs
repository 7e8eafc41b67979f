using System.Text.Json.Nodes;

namespace Reverie.Workplaces;

/// <summary>A planted thing while the sessions are played: where it shows.</summary>
internal sealed class Planted(JsonObject node)
{
    public JsonObject Node { get; } = node;
    public SortedSet<string> Support { get; } = new(StringComparer.Ordinal);
    public List<Spot> Spots { get; } = [];
    public SortedSet<string> Literals { get; } = new(StringComparer.Ordinal);
    public int Resolved { get; set; }
    public int Failed { get; set; }

    public void Show(Play play, params Spot?[] spots)
    {
        Support.Add(play.Key);
        Spots.AddRange(spots.OfType<Spot>());
    }

    public void Seal(string field)
    {
        if (field == "events")
        {
            Node["events"] = new JsonArray(Spots.Select(s => (JsonNode)s.Node()).ToArray());
            return;
        }
        Node["support"] = new JsonArray(Support.Select(s => (JsonNode)JsonValue.Create(s)!).ToArray());
        Node["evidence"] = new JsonArray(Spots.Select(s => (JsonNode)s.Node()).ToArray());
    }
}
