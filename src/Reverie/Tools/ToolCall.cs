using System.Text.Json;
using Reverie.Tools.Web;

namespace Reverie.Tools;

/// <summary>A request of an agent to run a tool.</summary>
/// <param name="Id">The id of the request; names the file a large result is put into.</param>
/// <param name="Name">The tool.</param>
/// <param name="Input">What the model gave it, whatever that is.</param>
public sealed record ToolCall(string Id, string Name, JsonElement Input)
{
    /// <summary>The agent's settings for <c>web_fetch</c>.</summary>
    public WebFetchSettings WebFetch { get; init; } = WebFetchSettings.Default;
}
