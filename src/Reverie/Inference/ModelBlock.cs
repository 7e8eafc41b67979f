using System.Text.Json.Serialization;

namespace Reverie.Inference;

/// <summary>A piece of a message.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TextBlock), "text")]
[JsonDerivedType(typeof(ThinkingBlock), "thinking")]
[JsonDerivedType(typeof(RedactedThinkingBlock), "redacted_thinking")]
[JsonDerivedType(typeof(ToolUseBlock), "tool_use")]
[JsonDerivedType(typeof(ToolResultBlock), "tool_result")]
[JsonDerivedType(typeof(ImageBlock), "image")]
[JsonDerivedType(typeof(DocumentBlock), "document")]
[JsonDerivedType(typeof(SearchResultBlock), "search_result")]
public abstract record ModelBlock
{
    private protected ModelBlock()
    {
    }
}

/// <summary>Words. Blocks of nothing but white space are left out of what is sent: providers refuse them.</summary>
public sealed record TextBlock(string Text) : ModelBlock
{
    /// <summary>
    /// True where other requests begin with the same up to here: a provider that is told what to keep of a prompt keeps
    /// this. Never logged.
    /// </summary>
    [JsonIgnore]
    public bool EndsSharedPrefix { get; init; }
}

/// <summary>What the model thought. Goes back unchanged, signature and all, while the turn it belongs to goes on.</summary>
/// <param name="Text">May be empty: some models sign thoughts they do not show.</param>
/// <param name="Signature">The provider's; null where it has none, and then the block is not sent back.</param>
public sealed record ThinkingBlock(string Text, string? Signature = null) : ModelBlock;

/// <summary>What the model thought, encrypted by the provider. Goes back unchanged like <see cref="ThinkingBlock"/>.</summary>
public sealed record RedactedThinkingBlock(string Data) : ModelBlock;

/// <summary>A call the model asks for.</summary>
/// <param name="Id">Names the call within the conversation; made by this process where a provider gives none.</param>
/// <param name="Name">The tool.</param>
/// <param name="Input">The JSON text of an object, always well-formed.</param>
public sealed record ToolUseBlock(string Id, string Name, string Input) : ModelBlock
{
    /// <summary>What the model wrote instead of a JSON object; <see cref="Input"/> is then <c>{}</c>. Null when all is well.</summary>
    public string? InvalidInput { get; init; }
}

/// <summary>The answer to a call.</summary>
/// <param name="ToolUseId">The call it answers.</param>
/// <param name="Content">Text, images, documents and search results; may be empty.</param>
/// <param name="IsError">True where the tool failed.</param>
public sealed record ToolResultBlock(string ToolUseId, IReadOnlyList<ModelBlock> Content, bool IsError) : ModelBlock;

/// <summary>A picture.</summary>
/// <param name="Source"><see cref="Base64Source"/> of PNG, JPEG, GIF or WebP, or <see cref="UrlSource"/>.</param>
public sealed record ImageBlock(MediaSource Source) : ModelBlock;

/// <summary>A document.</summary>
/// <param name="Source"><see cref="Base64Source"/> of PDF, <see cref="PlainTextSource"/> or <see cref="UrlSource"/>.</param>
/// <param name="Title">For the model; null for none.</param>
/// <param name="Context">What the model should know about it; null for none.</param>
public sealed record DocumentBlock(MediaSource Source, string? Title = null, string? Context = null) : ModelBlock;

/// <summary>Something found, which the model may cite.</summary>
/// <param name="Source">Where it was found.</param>
/// <param name="Title">Its title.</param>
/// <param name="Content">Its pieces; at least one.</param>
/// <param name="IsCitable">True to have the model cite it.</param>
public sealed record SearchResultBlock(string Source, string Title, IReadOnlyList<string> Content, bool IsCitable) : ModelBlock;

/// <summary>Where the bytes of a picture or document are.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Base64Source), "base64")]
[JsonDerivedType(typeof(UrlSource), "url")]
[JsonDerivedType(typeof(PlainTextSource), "text")]
[JsonDerivedType(typeof(FileSource), "file")]
public abstract record MediaSource
{
    private protected MediaSource()
    {
    }
}

/// <summary>Here.</summary>
/// <param name="MediaType">Such as <c>image/png</c> or <c>application/pdf</c>.</param>
/// <param name="Data">Base64, standard alphabet, padded.</param>
public sealed record Base64Source(string MediaType, string Data) : MediaSource;

/// <summary>On the web, to be fetched by the provider.</summary>
public sealed record UrlSource(string Url) : MediaSource;

/// <summary>Here, as plain text.</summary>
public sealed record PlainTextSource(string Text) : MediaSource;

/// <summary>A file of the workspace. Never reaches a provider: its bytes are put in its place before a model is asked.</summary>
public sealed record FileSource(string FileId) : MediaSource;
