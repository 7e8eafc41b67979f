using System.IO.Compression;
using Reverie.Files;
using Reverie.Skills;

namespace Reverie.Sessions.Hands;

/// <summary>The skills of a session, unpacked in a directory that its sandbox can only read.</summary>
/// <param name="directory">On this machine; beside it skills are unpacked.</param>
internal sealed class MountedSkills(FileBlobs blobs, IReadOnlyList<SessionSkill> skills, string directory)
{
    private bool _isFilled;

    public string Root { get; } = Directory.CreateDirectory(directory).FullName;

    /// <summary>Unpacks what is not there yet. A skill whose directory is there is complete.</summary>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        if (_isFilled) return;
        foreach (var skill in skills)
        {
            var place = Path.Combine(Root, skill.Directory);
            if (!Directory.Exists(place)) await UnpackAsync(skill, place, cancellationToken);
        }
        _isFilled = true;
    }

    private async Task UnpackAsync(SessionSkill skill, string place, CancellationToken cancellationToken)
    {
        var begun = Root + ".begun";
        // What a process left that died.
        if (Directory.Exists(begun)) Directory.Delete(begun, recursive: true);
        await using (var archive = new FileStream(Root + ".zip", FileMode.Create, FileAccess.ReadWrite, FileShare.None, FileBlobs.ChunkBytes, FileOptions.DeleteOnClose | FileOptions.Asynchronous))
        {
            await foreach (var chunk in blobs.ReadAsync(skill.BlobId, skill.ArchiveBytes, cancellationToken)) await archive.WriteAsync(chunk, cancellationToken);
            await ZipFile.ExtractToDirectoryAsync(archive, begun, cancellationToken);
        }
        Directory.Move(Path.Combine(begun, skill.Name), place);
        Directory.Delete(begun);
    }
}
