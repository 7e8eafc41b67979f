namespace Reverie.Dreaming;

/// <summary>The stages of a dream, in order.</summary>
public enum DreamStage { Review, Synthesise, Consult, Curate, Gate }

/// <summary>How far a dream is.</summary>
/// <param name="Stage">The stage it is in.</param>
/// <param name="Sessions">Sessions reviewed so far.</param>
/// <param name="Events">Events reviewed so far.</param>
public readonly record struct DreamProgress(DreamStage Stage, int Sessions, long Events);
