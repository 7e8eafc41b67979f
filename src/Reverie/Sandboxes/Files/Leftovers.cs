using Microsoft.Extensions.Logging;

namespace Reverie.Sandboxes.Files;

/// <summary>Removes directories that strangers wrote to and nobody uses any more.</summary>
internal sealed partial class Leftovers(ILogger log)
{
    /// <summary>Removes a directory; one that stays is logged, and is no error of whoever has another use for the machine.</summary>
    public void Remove(string directory)
    {
        try
        {
            SafeTree.RestoreRights(directory);
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SandboxFileException)
        {
            LogLeft(directory, error.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The directory {Directory}, which nothing uses any more, cannot be removed and takes room: {Problem}. The next start of the server tries again")]
    private partial void LogLeft(string directory, string problem);
}
