namespace Reverie.Protocol.Errors;

/// <summary>The kinds of error of the public contract ("Errors"), with the HTTP status each goes out with.</summary>
public sealed record ErrorType
{
    private ErrorType(string name, int status)
    {
        Name = name;
        Status = status;
    }

    /// <summary>What <c>error.type</c> says.</summary>
    public string Name { get; }

    /// <summary>HTTP status.</summary>
    public int Status { get; }

    /// <summary>400: the request breaks a rule; the message names the field, the limit and what to do.</summary>
    public static ErrorType InvalidRequest { get; } = new("invalid_request_error", 400);

    /// <summary>401: no credential, or one that is unknown or revoked.</summary>
    public static ErrorType Authentication { get; } = new("authentication_error", 401);

    /// <summary>403: the credential may not do this.</summary>
    public static ErrorType Permission { get; } = new("permission_error", 403);

    /// <summary>404: no such thing in this workspace, or no such endpoint without its beta header.</summary>
    public static ErrorType NotFound { get; } = new("not_found_error", 404);

    /// <summary>405: the endpoint exists, the method does not. The contract has no type of its own for it.</summary>
    public static ErrorType MethodNotAllowed { get; } = new("invalid_request_error", 405);

    /// <summary>409: the state of things does not allow it now.</summary>
    public static ErrorType Conflict { get; } = new("conflict_error", 409);

    /// <summary>409: the path is taken, or lies above or below another memory's path.</summary>
    public static ErrorType MemoryPathConflict { get; } = new("memory_path_conflict_error", 409);

    /// <summary>409: the content is not the one the precondition names.</summary>
    public static ErrorType MemoryPreconditionFailed { get; } = new("memory_precondition_failed_error", 409);

    /// <summary>413: the body is larger than the endpoint takes.</summary>
    public static ErrorType TooLarge { get; } = new("request_too_large", 413);

    /// <summary>429: too many requests; <c>retry-after</c> says when to come back.</summary>
    public static ErrorType RateLimit { get; } = new("rate_limit_error", 429);

    /// <summary>500: a fault of the server's own.</summary>
    public static ErrorType Internal { get; } = new("api_error", 500);

    /// <summary>529: the database does not take the request now, because it is closing, cannot be reached or could not commit; try again.</summary>
    public static ErrorType Overloaded { get; } = new("overloaded_error", 529);

    /// <summary>Every kind there is.</summary>
    public static IReadOnlyList<ErrorType> All { get; } =
        [InvalidRequest, Authentication, Permission, NotFound, MethodNotAllowed, Conflict, MemoryPathConflict, MemoryPreconditionFailed, TooLarge, RateLimit, Internal, Overloaded];
}
