namespace Reverie.Sandboxes.Files;

/// <summary>A file of a sandbox cannot be had; the message is for the agent.</summary>
public sealed class SandboxFileException(string message) : IOException(message);
