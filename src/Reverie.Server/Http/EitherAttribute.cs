namespace Reverie.Server.Http;

/// <summary>A field of a request that may have several shapes.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EitherAttribute(params Type[] types) : Attribute
{
    public IReadOnlyList<Type> Types { get; } = types;
}
