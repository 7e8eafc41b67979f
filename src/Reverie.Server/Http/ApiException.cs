using Reverie.Protocol.Errors;

namespace Reverie.Server.Http;

/// <summary>Ends a request with an error of the catalogue. The message goes to the client as it is.</summary>
internal sealed class ApiException(ErrorType type, string message, string? code = null) : Exception(message)
{
    public ErrorType Type { get; } = type;

    /// <summary><c>error.details.error_code</c>; null for none.</summary>
    public string? Code { get; } = code;

    /// <summary>A conflict that trying again cannot mend: the SDKs retry every other 409 by themselves.</summary>
    public bool IsPermanent { get; init; }

    public static ApiException Invalid(string message) => new(ErrorType.InvalidRequest, message);

    public static ApiException NotFound(string what, string id) => new(ErrorType.NotFound, $"There is no {what} with the id {Quoted(id)} in this workspace.");

    /// <summary>Client text in a message: short and on one line.</summary>
    public static string Quoted(string text)
    {
        var line = string.Concat(text.Take(80).Select(static c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
        return $"\"{line}{(text.Length > 80 ? "…" : "")}\"";
    }
}
