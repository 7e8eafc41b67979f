namespace Reverie.Sessions.Inbox;

/// <summary>An event a client sends, valid by itself.</summary>
/// <param name="Type">The wire type.</param>
/// <param name="Fields">A JSON object with its fields, those the contract knows and no others.</param>
public sealed record ClientEvent(string Type, string Fields)
{
    /// <summary>The call it answers; null for others.</summary>
    public string? CallId { get; init; }

    /// <summary>The thread it is for; null for all.</summary>
    public string? ThreadId { get; init; }
}
