using System.Text.Json;

namespace Reverie.Server.Http;

/// <summary>An object inside a body. What is wrong with it is noted in the body, each field by its full name.</summary>
internal readonly struct JsonPart
{
    private readonly JsonBody _body;
    private readonly JsonElement _value;

    private JsonPart(JsonBody body, JsonElement value, string name)
    {
        _body = body;
        _value = value;
        Name = name;
    }

    /// <summary>The whole body.</summary>
    public static JsonPart Of(JsonBody body) => new(body, body.Root, "");

    /// <summary>Where it lies, e.g. <c>tools[0].configs[1]</c>.</summary>
    public string Name { get; }

    /// <summary>The object as it was sent.</summary>
    public JsonElement Value => _value;

    /// <summary>True once anything was noted of the body.</summary>
    public bool IsBodyWrong => _body.IsWrong;

    /// <summary>A field's full name.</summary>
    public string NameOf(string field) => Name.Length == 0 ? field : $"{Name}.{field}";

    /// <summary>Notes that a field breaks a rule.</summary>
    public void Problem(string field, string rule, string? code = null) => _body.Problem(NameOf(field), rule, code);

    /// <summary>Notes that something breaks a rule, by its full name.</summary>
    public void ProblemAt(string name, string rule) => _body.Problem(name, rule);

    /// <summary>Refuses fields that are not known, so that a misspelt one is noticed.</summary>
    public JsonPart Knows(params ReadOnlySpan<string> fields)
    {
        foreach (var field in _value.EnumerateObject())
        {
            if (!fields.Contains(field.Name)) _body.Problem(NameOf(ApiException.Quoted(field.Name)), "is not a field of this request");
        }
        return this;
    }

    /// <summary>True when the field is there, null or not.</summary>
    public bool IsSent(string field) => _value.TryGetProperty(field, out _);

    /// <summary>True when the field is there and not null.</summary>
    public bool Has(string field) => _value.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>The string of a field; null when it is absent, null or wrong, which is noted.</summary>
    public string? Text(string field, bool isRequired, int charsMin, int charsMax)
    {
        if (!Has(field))
        {
            if (isRequired) Problem(field, "is required");
            return null;
        }
        return TextOf(_value.GetProperty(field), NameOf(field), charsMin, charsMax);
    }

    /// <summary>One of the words; null when it is absent, null or wrong, which is noted.</summary>
    public string? OneOf(string field, bool isRequired, params ReadOnlySpan<string> words)
    {
        if (Text(field, isRequired, 0, int.MaxValue) is not { } text) return null;
        if (words.Contains(text)) return text;
        Problem(field, $"must be {string.Join(" or ", words!)}, not {ApiException.Quoted(text)}");
        return null;
    }

    /// <summary>The truth value of a field; null when it is absent, null or wrong, which is noted.</summary>
    public bool? Flag(string field)
    {
        if (!Has(field)) return null;
        var value = _value.GetProperty(field);
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Problem(field, $"must be true or false, not {JsonBody.Kind(value)}");
        return null;
    }

    /// <summary>The whole number of a field; null when it is absent, null or wrong, which is noted.</summary>
    public int? Number(string field, int min, int max)
    {
        if (!Has(field)) return null;
        var value = _value.GetProperty(field);
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max) return number;
        Problem(field, $"must be a whole number from {min} to {max}{(value.ValueKind == JsonValueKind.Number ? "" : $", not {JsonBody.Kind(value)}")}");
        return null;
    }

    /// <summary>The object of a field; null when it is absent, null or wrong, which is noted.</summary>
    public JsonPart? Object(string field) => Has(field) ? ObjectOf(_value.GetProperty(field), NameOf(field)) : null;

    /// <summary>An element that must be an object; null when it is none, which is noted.</summary>
    public JsonPart? ObjectOf(JsonElement value, string name)
    {
        if (value.ValueKind == JsonValueKind.Object) return new JsonPart(_body, value, name);
        _body.Problem(name, $"must be an object, not {JsonBody.Kind(value)}");
        return null;
    }

    /// <summary>The elements of an array with their names; none when it is absent, null or wrong, which is noted.</summary>
    public IReadOnlyList<(JsonElement Value, string Name)> Items(string field, int countMax)
    {
        if (!Has(field)) return [];
        var value = _value.GetProperty(field);
        if (value.ValueKind != JsonValueKind.Array)
        {
            Problem(field, $"must be an array, not {JsonBody.Kind(value)}");
            return [];
        }
        if (value.GetArrayLength() > countMax)
        {
            Problem(field, $"has {value.GetArrayLength()} entries; the limit is {countMax}");
            return [];
        }
        var name = NameOf(field);
        return [.. value.EnumerateArray().Select((item, i) => (item, $"{name}[{i}]"))];
    }

    /// <summary>The objects of an array; those that are none are noted.</summary>
    public IReadOnlyList<JsonPart> Objects(string field, int countMax)
    {
        var parts = new List<JsonPart>();
        foreach (var (value, name) in Items(field, countMax))
        {
            if (ObjectOf(value, name) is { } part) parts.Add(part);
        }
        return parts;
    }

    /// <summary>The strings of an array; those that are none or too long are noted.</summary>
    public IReadOnlyList<string> Texts(string field, int countMax, int charsMin, int charsMax)
    {
        var texts = new List<string>();
        foreach (var (value, name) in Items(field, countMax))
        {
            if (TextOf(value, name, charsMin, charsMax) is { } text) texts.Add(text);
        }
        return texts;
    }

    /// <summary>The string in an element; null when it is none or of a wrong length, which is noted.</summary>
    public string? TextOf(JsonElement value, string name, int charsMin, int charsMax)
    {
        if (_body.TextOf(value, name) is not { } text) return null;
        var chars = text.Length <= charsMax ? text.Length : text.EnumerateRunes().Count();
        if (text.Contains('\0')) _body.Problem(name, "must not contain the character U+0000");
        else if (chars < charsMin || chars > charsMax) _body.Problem(name, charsMin == 0 ? $"has {chars} characters; the limit is {charsMax}" : $"must have {charsMin} to {charsMax} characters, not {chars}");
        else return text;
        return null;
    }
}
