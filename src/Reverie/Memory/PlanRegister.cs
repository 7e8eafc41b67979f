using System.Security.Cryptography;

namespace Reverie.Memory;

/// <summary>
/// The plans that processes of this user have standing on this machine, kept outside every memory directory. A plan that
/// came with a directory, out of a repository or an archive, is not among them.
/// </summary>
internal sealed class PlanRegister(string directory)
{
    /// <summary>The register of whoever runs the process.</summary>
    public static PlanRegister OfUser =>
        new(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "reverie", "plans"));

    /// <summary>Enters a plan before it stands.</summary>
    public void Enter(byte[] plan)
    {
        try
        {
            MemoryJournal.CreatePrivateDirectory(directory);
            File.WriteAllBytes(Entry(plan), []);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"what is about to be changed cannot be noted in {directory}: {error.Message}; XDG_DATA_HOME may name another place", error);
        }
    }

    public bool Holds(byte[] plan) => File.Exists(Entry(plan));

    /// <summary>Takes out a plan that was carried out.</summary>
    public void Strike(byte[] plan) => File.Delete(Entry(plan));

    private string Entry(byte[] plan) => Path.Combine(directory, Convert.ToHexStringLower(SHA256.HashData(plan)));
}
