namespace Reverie.Memory.Archives;

/// <summary>What lies where in an archive, whether packed or a directory.</summary>
internal static class ArchiveNames
{
    public const string Header = "store.json";
    public const string History = "history.jsonl";
    public const string Provenance = "provenance.jsonl";

    /// <summary>Without the slash: a memory's path begins with one.</summary>
    public const string Memories = "memories";
}
