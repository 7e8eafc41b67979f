namespace Lumara.Crew;

/// <summary>What a crew member does next.</summary>
internal abstract record Move
{
    private Move() { }

    /// <summary>Calls a tool.</summary>
    /// <param name="Tool">Which.</param>
    /// <param name="Input">The JSON text of its input.</param>
    public sealed record Call(string Tool, string Input) : Move;

    /// <summary>Says something and ends its turn.</summary>
    public sealed record Say(string Text) : Move;
}
