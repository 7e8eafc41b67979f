namespace Reverie.Sessions.Hands.Repositories;

/// <summary>Why a repository is not there.</summary>
/// <param name="Type">The error type of the public contract.</param>
/// <param name="Reason">The rest of a sentence that begins with the repository.</param>
internal sealed record CloneProblem(string Type, string Reason)
{
    public static readonly CloneProblem Authentication = new("repository_authentication_error", "wants a token that it accepts: send one with authorization_token, or check that the repository exists.");
    public static readonly CloneProblem Forbidden = new("repository_forbidden_error", "may not be read with this token.");
    public static readonly CloneProblem NotFound = new("repository_not_found_error", "is not found.");
    public static readonly CloneProblem Checkout = new("repository_checkout_error", "has no such branch or commit.");
    public static readonly CloneProblem UnreadableToken = new("repository_authentication_error", "has a token that was kept with another key of this server; send it again.");

    /// <summary>Any other failure.</summary>
    public static CloneProblem Other(string reason) => new("repository_clone_error", reason);

    /// <summary>What git's complaint means.</summary>
    /// <param name="complaint">The beginning of its standard error, in English.</param>
    public static CloneProblem Of(string complaint)
    {
        if (Says("Authentication failed", "could not read Username", "could not read Password", "error: 401")) return Authentication;
        if (Says("error: 403")) return Forbidden;
        if (Says("Remote branch", "not our ref", "couldn't find remote ref", "unadvertised object")) return Checkout;
        if (Says("' not found", "does not appear to be a git repository", "error: 404")) return NotFound;
        var last = complaint.Split('\n').LastOrDefault(static l => l.StartsWith("fatal: ", StringComparison.Ordinal));
        return Other($"could not be cloned: {last?["fatal: ".Length..].TrimEnd('.') ?? "git gave no reason"}.");

        bool Says(params ReadOnlySpan<string> signs)
        {
            foreach (var sign in signs)
            {
                if (complaint.Contains(sign, StringComparison.Ordinal)) return true;
            }
            return false;
        }
    }
}
