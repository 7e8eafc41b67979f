using System.Text.Json;
using Reverie.Protocol.Json;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Turns;

namespace Reverie.Server.Sessions;

/// <summary>The event of an update: what changed, and nothing else.</summary>
internal static class SessionUpdated
{
    /// <summary>Null when nothing changed.</summary>
    public static NewEvent? Between(SessionRow before, SessionRow after, SessionSetup? setup, SessionSetup? newSetup)
    {
        var fields = TurnEvents.Fields(json =>
        {
            if (before.Title != after.Title) json.WriteString("title", after.Title);
            if (!AreSame(before.Metadata, after.Metadata) && after.Metadata.Count > 0)
            {
                json.WriteStartObject("metadata");
                foreach (var (key, value) in after.Metadata) json.WriteString(key, value);
                json.WriteEndObject();
            }
            if (newSetup is null || setup is null) return;
            if (!ReferenceEquals(setup.Agent, newSetup.Agent))
            {
                json.WritePropertyName("agent");
                JsonSerializer.Serialize(json, newSetup.Agent, WireJson.Wire.SessionAgent);
            }
            if (setup.BudgetCents == newSetup.BudgetCents) return;
            json.WritePropertyName("budget");
            if (newSetup.Budget is { } budget) JsonSerializer.Serialize(json, budget, WireJson.Wire.SessionBudget);
            else json.WriteNullValue();
        });
        return fields == "{}" && AreSame(before.Metadata, after.Metadata) ? null : new NewEvent(EventTypes.SessionUpdated, fields);
    }

    private static bool AreSame(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(p => other.TryGetValue(p.Key, out var value) && value == p.Value);
}
