namespace Reverie.Protocol.Json;

/// <summary>One page of a list.</summary>
/// <param name="Data">The items, in the order the endpoint promises.</param>
/// <param name="NextPage">Opaque: pass it as <c>page</c> for what follows; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Data, string? NextPage);
