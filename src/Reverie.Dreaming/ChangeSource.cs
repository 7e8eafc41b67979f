namespace Reverie.Dreaming;

/// <summary>A session that bears out a change, and who it speaks for.</summary>
/// <param name="Session"><c>source/external_id</c>.</param>
/// <param name="Principal">The person, or what the session tells where nobody is named: equal for sessions that are one witness.</param>
public sealed record ChangeSource(string Session, string Principal);
