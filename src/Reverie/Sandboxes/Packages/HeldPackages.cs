using Reverie.Sandboxes.Launch;

namespace Reverie.Sandboxes.Packages;

/// <summary>Installed packages, which stay until this is disposed.</summary>
/// <param name="additions">Mounts and variables that make them usable.</param>
/// <param name="hold">What keeps them; null where there are none.</param>
internal sealed class HeldPackages(SandboxAdditions additions, IDisposable? hold) : IDisposable
{
    /// <summary>Of an environment without packages.</summary>
    public static readonly HeldPackages None = new(SandboxAdditions.None, hold: null);

    public SandboxAdditions Additions => additions;

    public void Dispose() => hold?.Dispose();
}
