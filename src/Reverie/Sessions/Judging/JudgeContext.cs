namespace Reverie.Sessions.Judging;

/// <summary>What the judge is told whichever call of an answer it is asked about.</summary>
/// <param name="Mark">Encloses data; nobody knew it before.</param>
/// <param name="Text">Up to the call.</param>
internal sealed record JudgeContext(string Mark, string Text);
