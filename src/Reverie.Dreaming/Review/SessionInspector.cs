using Reverie.Dreaming.Text;
using Reverie.Protocol.Sessions;

namespace Reverie.Dreaming.Review;

/// <summary>Reads sessions one at a time as a dream would, and keeps only what choosing among them needs. Not for two threads at once.</summary>
public sealed class SessionInspector
{
    private readonly TextPool _texts = new();

    /// <summary>What the session, read alone, shows.</summary>
    public SessionSigns Read(SessionTranscript transcript)
    {
        var review = SessionReviewer.Review(transcript, _texts);
        return new SessionSigns(review.Steps.Count(static s => s.Flagged), review.Suspects.Count);
    }
}

/// <summary>What a session, read alone, shows.</summary>
/// <param name="Errors">Tool calls whose source says they failed.</param>
/// <param name="SuspectLines">Lines of foreign text that may try to instruct agents, 20 at most.</param>
public readonly record struct SessionSigns(int Errors, int SuspectLines);
