using Reverie.Dreaming.Models;
using Reverie.Inference;

namespace Reverie.Dreams.Models;

/// <summary>What a dream asked and was answered, kept before it is used, so that a dream that is begun again pays for nothing twice.</summary>
public interface IDreamAnswers
{
    /// <summary>Null for a request that was never begun.</summary>
    /// <param name="request">SHA-256 over everything that was sent, in hexadecimal digits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<KeptRequest?> FindAsync(string request, CancellationToken cancellationToken);

    /// <summary>Notes that the request is about to be sent: whoever comes after a crash knows that it may have been paid for.</summary>
    ValueTask BeginAsync(string request, RequestSize size, CancellationToken cancellationToken);

    /// <summary>Takes the last note back: the provider refused the request and took nothing for it.</summary>
    ValueTask WithdrawAsync(string request, CancellationToken cancellationToken);

    /// <summary>Keeps the answer.</summary>
    ValueTask KeepAsync(string request, KeptAnswer answer, CancellationToken cancellationToken);
}

/// <summary>A request that was begun.</summary>
/// <param name="Attempts">Times it was sent that may have been paid for, the answered one included.</param>
/// <param name="Answer">Null where none came, or none was kept.</param>
public sealed record KeptRequest(int Attempts, KeptAnswer? Answer)
{
    /// <summary>Times it may have been paid for without an answer.</summary>
    public int Lost => Answer is null ? Attempts : Attempts - 1;
}

/// <summary>An answer with what it took.</summary>
/// <param name="Text">The model's words.</param>
/// <param name="IsCut">True when it reached the most tokens it was allowed.</param>
/// <param name="Usage">Tokens.</param>
/// <param name="Duration">From the request to its end.</param>
public sealed record KeptAnswer(string Text, bool IsCut, ModelUsage Usage, TimeSpan Duration);

/// <summary>How large a request is and what for, for learning how many tokens and how much time such requests take.</summary>
/// <param name="Step">What it is for.</param>
/// <param name="IsRepair">True when it asks once more.</param>
/// <param name="RequestBytes">Bytes of all its texts.</param>
/// <param name="TypicalBytes">Bytes of an answer of ordinary length.</param>
public sealed record RequestSize(DreamStep Step, bool IsRepair, int RequestBytes, int TypicalBytes);
