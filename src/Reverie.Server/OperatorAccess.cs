using System.Text.Json;
using System.Text.Json.Serialization;
using Reverie.Storage;

namespace Reverie.Server;

/// <summary>
/// How commands on the same machine reach the server that holds a data directory. It lies in that directory, readable by its
/// owner alone, as long as the server runs.
/// </summary>
/// <param name="Url">Where the server listens, as seen from its own machine.</param>
/// <param name="Key">Opens the default workspace until the server stops.</param>
public sealed partial record OperatorAccess(Uri Url, string Key)
{
    private const string Name = "server.json";

    /// <summary>Null when no server has left any.</summary>
    /// <exception cref="DatabaseException">It cannot be read.</exception>
    public static OperatorAccess? Find(string dataDirectory)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(dataDirectory, Name)), Json.Default.OperatorAccess);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new DatabaseException($"the server on {dataDirectory} cannot be asked: {Name} in it cannot be read ({error.Message})", error);
        }
    }

    /// <summary>From the addresses a server listens at: one that listens everywhere is asked by loopback.</summary>
    internal static OperatorAccess Of(IReadOnlyCollection<string> urls, string key)
    {
        var url = new UriBuilder(urls.First());
        if (url.Host is "0.0.0.0") url.Host = "127.0.0.1";
        else if (url.Host is "[::]") url.Host = "[::1]";
        return new OperatorAccess(url.Uri, key);
    }

    /// <summary>Without the key.</summary>
    public override string ToString() => Url.ToString();

    /// <summary>Appears whole or not at all.</summary>
    internal void Leave(string dataDirectory)
    {
        var (file, next) = (Path.Combine(dataDirectory, Name), Path.Combine(dataDirectory, Name + ".next"));
        File.Delete(next);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(next, options)) JsonSerializer.Serialize(stream, this, Json.Default.OperatorAccess);
        File.Move(next, file, overwrite: true);
    }

    internal static void Remove(string dataDirectory) => File.Delete(Path.Combine(dataDirectory, Name));

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(OperatorAccess))]
    private sealed partial class Json : JsonSerializerContext;
}
