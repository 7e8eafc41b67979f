using System.Text;
using System.Text.Json;
using Reverie.Memory.Stores;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Memory.Archives;

/// <summary>An archive that was read and found to be a store; its history waits in a temporary file.</summary>
public sealed class ReceivedStore : IAsyncDisposable
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static readonly ArchiveLines<MemoryChange> HistoryLines = new(ArchiveNames.History, WireJson.Wire.MemoryChange, ArchiveLimits.LineBytesMax, "a change of a store");
    internal static readonly ArchiveLines<ArchivedChange> ProvenanceLines = new(ArchiveNames.Provenance, WireJson.Wire.ArchivedChange, ArchiveLimits.ChangeBytesMax, "a change of a dream with its lines");

    private readonly FileStream _history = Spool.Create();
    private readonly FileStream _provenance = Spool.Create();
    private readonly FileStream _plain = Spool.Create();
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly ProvenanceCheck _provenanceCheck = new();
    private bool _hasProvenance;

    private ReceivedStore() { }

    /// <summary>The store as it was; null when the archive does not say.</summary>
    public MemoryStore? Store { get; private set; }

    /// <summary>True when it brings its own history; false for plain files.</summary>
    public bool HasHistory { get; private set; }

    internal HistoryCheck Check { get; } = new();

    /// <exception cref="ArchiveException">It breaks a rule; nothing was kept.</exception>
    public static async Task<ReceivedStore> ReadAsync(IAsyncEnumerable<ArchiveEntry> entries, IdGenerator ids, Actor actor, TimeProvider clock, CancellationToken cancellationToken)
    {
        var received = new ReceivedStore();
        try
        {
            await foreach (var entry in entries.WithCancellation(cancellationToken)) await received.TakeAsync(entry, cancellationToken);
            if (!received.HasHistory) await received.MakeHistoryAsync(ids, actor, DbTime.UtcNow(clock), cancellationToken);
            received.Check.Complete(received._files);
            if (received.HasHistory) received._provenanceCheck.Complete(received.Check);
            return received;
        }
        catch (Exception error) when (ArchiveEntries.IsUnreadable(error))
        {
            await received.DisposeAsync();
            throw ArchiveEntries.Unreadable(error);
        }
        catch
        {
            await received.DisposeAsync();
            throw;
        }
    }

    /// <summary>The history from its beginning.</summary>
    internal async IAsyncEnumerable<MemoryChange> ChangesAsync()
    {
        _history.Position = 0;
        await foreach (var change in HistoryLines.ReadAsync(_history, CancellationToken.None)) yield return change;
    }

    /// <summary>What its lines rest on; nothing without its own history, which alone knows the memories that it speaks of.</summary>
    internal async IAsyncEnumerable<ArchivedChange> ProvenanceAsync()
    {
        if (!HasHistory) yield break;
        _provenance.Position = 0;
        await foreach (var change in ProvenanceLines.ReadAsync(_provenance, CancellationToken.None)) yield return change;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _history.DisposeAsync();
        await _provenance.DisposeAsync();
        await _plain.DisposeAsync();
    }

    private async Task TakeAsync(ArchiveEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Name == ArchiveNames.Header) await TakeHeaderAsync(entry.Content, cancellationToken);
        else if (entry.Name == ArchiveNames.History) await TakeHistoryAsync(entry.Content, cancellationToken);
        else if (entry.Name == ArchiveNames.Provenance) await TakeProvenanceAsync(entry.Content, cancellationToken);
        else if (entry.Name.StartsWith(ArchiveNames.Memories + "/", StringComparison.Ordinal)) await TakeFileAsync(entry.Name[ArchiveNames.Memories.Length..], entry.Content, cancellationToken);
        else throw new ArchiveException($"\"{ArchiveEntries.Shown(entry.Name)}\" has no place in the archive of a store: it holds {ArchiveNames.Header}, {ArchiveNames.History}, {ArchiveNames.Provenance} and files below {ArchiveNames.Memories}/");
    }

    private async Task TakeHeaderAsync(Stream content, CancellationToken cancellationToken)
    {
        if (Store is not null) throw new ArchiveException($"{ArchiveNames.Header} comes twice");
        var bytes = await BytesAsync(content, ArchiveLimits.HeaderBytesMax, ArchiveNames.Header, cancellationToken);
        try
        {
            var header = JsonSerializer.Deserialize(bytes.Span, WireJson.Wire.MemoryStoreArchive);
            if (header is not { Format: MemoryStoreArchive.FormatName, Version: 1, MemoryStore: { } store })
                throw new ArchiveException($"{ArchiveNames.Header} must have format \"{MemoryStoreArchive.FormatName}\", version 1 and a memory_store");
            if (MemoryStoreRules.Problem(store) is { } problem) throw new ArchiveException($"{ArchiveNames.Header}: {problem}");
            Store = store;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new ArchiveException($"{ArchiveNames.Header} is not the description of a store: {error.Message}", error);
        }
    }

    private async Task TakeHistoryAsync(Stream content, CancellationToken cancellationToken)
    {
        if (HasHistory) throw new ArchiveException($"{ArchiveNames.History} comes twice");
        HasHistory = true;
        await foreach (var change in HistoryLines.ReadAsync(content, cancellationToken))
        {
            Check.Add(change);
            await HistoryLines.WriteAsync(_history, change, cancellationToken);
        }
    }

    private async Task TakeProvenanceAsync(Stream content, CancellationToken cancellationToken)
    {
        if (_hasProvenance) throw new ArchiveException($"{ArchiveNames.Provenance} comes twice");
        _hasProvenance = true;
        await foreach (var change in ProvenanceLines.ReadAsync(content, cancellationToken))
        {
            _provenanceCheck.Add(change);
            await ProvenanceLines.WriteAsync(_provenance, change, cancellationToken);
        }
    }

    private async Task TakeFileAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        var name = ArchiveNames.Memories + ArchiveEntries.Shown(path);
        if (MemoryPath.AbsoluteProblem(path) is { } problem) throw new ArchiveException($"\"{name}\": the path {problem}");
        if (_files.Count == MemoryLimits.MemoriesMax) throw new ArchiveException($"the archive has more than {MemoryLimits.MemoriesMax} memories, the limit");
        var bytes = await BytesAsync(content, MemoryLimits.ContentBytesMax, name, cancellationToken);
        string text;
        try
        {
            text = Strict.GetString(bytes.Span);
        }
        catch (DecoderFallbackException error)
        {
            throw new ArchiveException($"\"{name}\" is not UTF-8 text; convert it or take it out", error);
        }
        var memory = MemoryContent.Of(text);
        if (memory.Problem is { } wrong) throw new ArchiveException($"\"{name}\" {wrong}");
        if (!_files.TryAdd(path, memory.Sha256)) throw new ArchiveException($"\"{name}\" comes twice");
        // In case no history comes: the texts are kept in the form in which it would have come.
        await HistoryLines.WriteAsync(_plain, new MemoryChange(_files.Count, Created(path, memory)), cancellationToken);
    }

    private async Task MakeHistoryAsync(IdGenerator ids, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        _plain.Position = 0;
        await foreach (var change in HistoryLines.ReadAsync(_plain, cancellationToken))
        {
            var own = change with { MemoryVersion = change.MemoryVersion with { Id = ids.New<MemoryVersion>(), MemoryId = ids.New<StoredMemory>(), CreatedAt = now, CreatedBy = actor } };
            Check.Add(own);
            await HistoryLines.WriteAsync(_history, own, cancellationToken);
        }
    }

    private static MemoryVersion Created(string path, MemoryContent content) => new()
    {
        Id = Id<MemoryVersion>.Parse("memver_none"),
        MemoryId = Id<StoredMemory>.Parse("mem_none"),
        MemoryStoreId = Id<MemoryStore>.Parse("memstore_none"),
        Operation = MemoryOperation.Created,
        Path = path,
        Content = content.Text,
        ContentSha256 = content.Sha256,
        ContentSizeBytes = content.SizeBytes,
        CreatedAt = DateTimeOffset.UnixEpoch,
        CreatedBy = null,
        RedactedAt = null,
        RedactedBy = null,
    };

    private static async Task<ReadOnlyMemory<byte>> BytesAsync(Stream content, int max, string name, CancellationToken cancellationToken)
    {
        var buffer = new byte[max + 1];
        var count = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return count <= max ? buffer.AsMemory(0, count) : throw new ArchiveException($"\"{name}\" has more than {max} bytes, the limit");
    }
}
