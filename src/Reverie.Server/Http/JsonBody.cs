using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Reverie.Protocol.Errors;

namespace Reverie.Server.Http;

/// <summary>A JSON object sent by a client, read strictly: what is wrong with it is said all at once, each field by its name.</summary>
internal sealed class JsonBody : IDisposable
{
    /// <summary>Bytes of a body, unless an endpoint says otherwise.</summary>
    public const int BytesMax = 4 * 1024 * 1024;

    /// <summary>JSON nested deeper than this is refused.</summary>
    public const int DepthMax = 64;

    private readonly JsonDocument _document;
    private readonly List<string> _problems = [];
    private string? _code;

    private JsonBody(JsonDocument document) => _document = document;

    /// <exception cref="ApiException">Too large, not JSON, too deep, or not an object.</exception>
    public static async Task<JsonBody> ReadAsync(HttpContext http, int bytesMax = BytesMax)
    {
        RequirePlainUtf8(http.Request);
        if (http.Request.ContentLength > bytesMax) throw TooLarge(bytesMax);
        var bytes = new ArrayBufferWriter<byte>((int)(http.Request.ContentLength ?? 1024) + 1);
        while (true)
        {
            var read = await http.Request.Body.ReadAsync(bytes.GetMemory(1024), http.RequestAborted);
            if (read == 0) break;
            bytes.Advance(read);
            if (bytes.WrittenCount > bytesMax) throw TooLarge(bytesMax);
        }
        return new JsonBody(Parse(bytes.WrittenMemory));
    }

    /// <summary>The object itself.</summary>
    public JsonElement Root => _document.RootElement;

    /// <summary>True once anything was noted.</summary>
    public bool IsWrong => _problems.Count > 0;

    /// <summary>Refuses fields the endpoint does not know, so that a misspelt one is noticed.</summary>
    public JsonBody Knows(params ReadOnlySpan<string> names)
    {
        foreach (var field in Root.EnumerateObject())
        {
            if (!names.Contains(field.Name)) _problems.Add($"{Show(field.Name)} is not a field of this request");
        }
        return this;
    }

    /// <summary>True when the field is there and not null.</summary>
    public bool Has(string name) => Root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>The string of a field; null when it is absent, null or wrong, which is noted.</summary>
    public string? Text(string name, bool isRequired, int charsMin, int charsMax)
    {
        if (!Has(name))
        {
            if (isRequired) Problem(name, "is required");
            return null;
        }
        if (Text(name) is not { } text) return null;
        var chars = text.Length <= charsMax ? text.Length : text.EnumerateRunes().Count();
        if (chars >= charsMin && chars <= charsMax) return text;
        Problem(name, charsMin == 0 ? $"has {chars} characters; the limit is {charsMax}" : $"must have {charsMin} to {charsMax} characters, not {chars}");
        return null;
    }

    /// <summary>The string of a field, of any length; null when it is absent, null or wrong, which is noted.</summary>
    public string? Text(string name) => Has(name) ? TextOf(Root.GetProperty(name), name) : null;

    /// <summary>The string of a field that <paramref name="owner"/>, an object inside this one called <paramref name="name"/>, must have; null when it is absent or wrong, which is noted.</summary>
    public string? TextIn(JsonElement owner, string field, string name)
    {
        if (owner.TryGetProperty(field, out var value)) return TextOf(value, $"{name}.{field}");
        Problem($"{name}.{field}", "is required");
        return null;
    }

    /// <summary>The boolean of a field; false when it is absent, null or wrong, which is noted.</summary>
    public bool Flag(string name)
    {
        if (!Has(name)) return false;
        var value = Root.GetProperty(name);
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) Problem(name, $"must be true or false, not {Kind(value)}");
        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>The string in an element; null when it is none, which is noted.</summary>
    public string? TextOf(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Problem(name, $"must be a string, not {Kind(value)}");
            return null;
        }
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            Problem(name, "contains half of a surrogate pair, which is not valid Unicode");
            return null;
        }
    }

    /// <summary>The object of a field; null when it is absent, null or wrong, which is noted.</summary>
    public JsonElement? Object(string name) => OfKind(name, JsonValueKind.Object, "an object");

    /// <summary>The array of a field; null when it is absent, null or wrong, which is noted.</summary>
    public JsonElement? Array(string name) => OfKind(name, JsonValueKind.Array, "an array");

    /// <summary>Notes that a field breaks a rule.</summary>
    /// <param name="code">The contract's machine-readable reason, which the refusal gets unless another came first; null where it has none.</param>
    public void Problem(string name, string rule, string? code = null)
    {
        _problems.Add($"{name} {rule}");
        _code ??= code;
    }

    /// <param name="code"><c>error.details.error_code</c>; null for none.</param>
    /// <exception cref="ApiException">Anything was noted.</exception>
    public void ThrowIfWrong(string? code = null)
    {
        if (_problems.Count > 0) throw new ApiException(ErrorType.InvalidRequest, string.Join("; ", _problems) + ".", code ?? _code);
    }

    /// <inheritdoc />
    public void Dispose() => _document.Dispose();

    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };

    private JsonElement? OfKind(string name, JsonValueKind kind, string words)
    {
        if (!Has(name)) return null;
        var value = Root.GetProperty(name);
        if (value.ValueKind == kind) return value;
        Problem(name, $"must be {words}, not {Kind(value)}");
        return null;
    }

    private static string Show(string name) => ApiException.Quoted(name);

    private static JsonDocument Parse(ReadOnlyMemory<byte> bytes)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = DepthMax, AllowDuplicateProperties = false });
            // The parser checks escapes and bytes only where a string is read.
            if (!System.Text.Unicode.Utf8.IsValid(bytes.Span)) throw new ApiException(ErrorType.InvalidRequest, "The body is not valid UTF-8.", "request_body_encoding_invalid");
        }
        catch (JsonException error)
        {
            throw ApiException.Invalid($"The body is not valid JSON at line {error.LineNumber + 1 ?? 1}, byte {error.BytePositionInLine + 1 ?? 1}{(bytes.IsEmpty ? ": it is empty" : "")}. It must be one object, nested at most {DepthMax} deep, each field once.");
        }
        catch (InvalidOperationException)
        {
            throw ApiException.Invalid("The body has a field name that is not valid Unicode.");
        }
        if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
        using (document) throw ApiException.Invalid($"The body must be an object, not {Kind(document.RootElement)}.");
    }

    private static void RequirePlainUtf8(HttpRequest request)
    {
        if (request.Headers.ContentEncoding is not ([] or ["" or "identity"]))
            throw new ApiException(ErrorType.InvalidRequest, $"The content-encoding {ApiException.Quoted(request.Headers.ContentEncoding.ToString())} is not supported; send the body as it is.", "request_body_encoding_unsupported");
        if (request.ContentType is not { } text) return;
        if (!MediaTypeHeaderValue.TryParse(text, out var type) || !type.Charset.HasValue) return;
        var charset = type.Charset.Value!.Trim('"');
        if (charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase)) return;
        throw new ApiException(ErrorType.InvalidRequest, $"The charset {ApiException.Quoted(charset)} is not supported; send UTF-8.", "unsupported_charset");
    }

    private static ApiException TooLarge(int bytesMax) => new(ErrorType.TooLarge, $"The body is larger than {bytesMax} bytes.");
}
