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

    /// <summary>The file with the rubric of an outcome, whose text is put into the fields before it is sent; null for others.</summary>
    public string? RubricFileId { get; init; }

    /// <summary>It is written down as taken up at once: answers, and outcomes.</summary>
    public bool IsImmediate => CallId is not null || Type == Turns.EventTypes.UserDefineOutcome;

    /// <summary>The files its content names.</summary>
    public IReadOnlyList<AttachedFile> Files { get; init; } = [];
}

/// <summary>A file that a content block names.</summary>
/// <param name="Field">Where the request names it.</param>
/// <param name="FileId">As it was sent.</param>
/// <param name="IsDocument">For a document; otherwise for a picture.</param>
public sealed record AttachedFile(string Field, string FileId, bool IsDocument);
