using Reverie.Protocol;
using Reverie.Protocol.Memory;

namespace Reverie.Memory.Archives;

/// <summary>The contract's rules for what describes a store.</summary>
public static class MemoryStoreRules
{
    /// <summary>What is wrong with a store that came from elsewhere; null when nothing is.</summary>
    public static string? Problem(MemoryStore store)
    {
        if (NameProblem(store.Name) is { } problem) return $"name {problem}";
        if (store.Description is null || store.Description.Length > MemoryLimits.StoreDescriptionCharsMax || store.Description.Contains('\0'))
            return $"description must have at most {MemoryLimits.StoreDescriptionCharsMax} characters and no U+0000";
        if (store.Metadata is null || store.Metadata.Count > MetadataLimits.PairsMax) return $"metadata must have at most {MetadataLimits.PairsMax} pairs";
        return store.Metadata.All(static p => p.Key.Length is >= 1 and <= MetadataLimits.KeyCharsMax && p.Value is { Length: <= MetadataLimits.ValueCharsMax } && !p.Key.Contains('\0') && !p.Value.Contains('\0'))
            ? null : $"metadata must have keys of 1 to {MetadataLimits.KeyCharsMax} characters and values of at most {MetadataLimits.ValueCharsMax}";
    }

    /// <summary>What is wrong with a name; null when nothing is.</summary>
    public static string? NameProblem(string? name) => name is null || name.Length is 0 or > MemoryLimits.StoreNameCharsMax || name.Any(char.IsControl)
        ? $"must have 1 to {MemoryLimits.StoreNameCharsMax} characters and no control characters" : null;
}
