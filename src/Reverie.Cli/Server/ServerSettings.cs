using Reverie.Server;

namespace Reverie.Cli.Server;

/// <summary>What the environment says of a server, wherever it is started from.</summary>
internal static class ServerSettings
{
    /// <param name="urls">Where it listens.</param>
    /// <param name="data">Its directory.</param>
    /// <exception cref="Terminal.BadInputException">A setting cannot be used.</exception>
    public static ServerOptions Read(string urls, string data) => new()
    {
        Urls = urls,
        DataDirectory = Path.GetFullPath(data),
        Postgres = DatabaseSettings.ConnectionString,
        Inference = ModelSettings.Read(),
        JudgeModel = ModelSettings.Judge,
        IsSandboxUnsafe = SandboxSettings.IsUnsafe,
        SandboxUse = SandboxSettings.Use,
        DreamUse = DreamSettings.Use,
        SecretKey = SecretSettings.Key,
        Mcp = McpSettings.Read(),
        Packages = PackageSettings.Read(),
    };
}
