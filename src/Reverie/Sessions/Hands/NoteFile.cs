using System.Text.Json;
using Reverie.Protocol.Json;

namespace Reverie.Sessions.Hands;

/// <summary>What this process knows of the files of a directory, by their paths, kept beside it for the next process. Replaced whole or not at all.</summary>
/// <param name="path">A file of this machine that no sandbox sees.</param>
internal sealed class NoteFile(string path)
{
    /// <summary>Empty when there is none, or none that can be read: whoever asks looks at the files themselves then.</summary>
    public Dictionary<string, string> Read()
    {
        try
        {
            return File.Exists(path) && JsonSerializer.Deserialize(File.ReadAllText(path), WireJson.Wire.DictionaryStringString) is { } note ? new(note, StringComparer.Ordinal) : new(StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            return new(StringComparer.Ordinal);
        }
    }

    // Without a token: what it tells has happened.
    public async Task WriteAsync(IEnumerable<KeyValuePair<string, string>> note)
    {
        var staged = path + ".tmp";
        await File.WriteAllTextAsync(staged, JsonSerializer.Serialize(new Dictionary<string, string>(note, StringComparer.Ordinal), WireJson.Wire.DictionaryStringString), CancellationToken.None);
        File.Move(staged, path, overwrite: true);
    }
}
