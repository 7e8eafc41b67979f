namespace Reverie.Dreams.Selection;

/// <summary>When a session was last written to.</summary>
/// <param name="After">Later than this.</param>
/// <param name="Until">No later than this.</param>
public readonly record struct ChangedBetween(DateTimeOffset After, DateTimeOffset Until);
