namespace Reverie.Cli.Tests.Server;

public sealed class PackageSettingsTests : IDisposable
{
    private readonly TestWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("REVERIE_PACKAGE_HOSTS", "https://me:open-sesame@npm.internal", "entry 1 is none")]
    [InlineData("REVERIE_PACKAGE_HOSTS", "npm.internal,*", "entry 2 is none")]
    [InlineData("REVERIE_PACKAGE_REGISTRIES", "apt=https://npm.internal/", "entry 1 names none of cargo, gem, go, npm, pip")]
    [InlineData("REVERIE_PACKAGE_REGISTRIES", "https://me:open-sesame@npm.internal/", "entry 1 names none of cargo, gem, go, npm, pip")]
    [InlineData("REVERIE_PACKAGE_REGISTRIES", "npm", "the address of npm is no http or https URL")]
    [InlineData("REVERIE_PACKAGE_REGISTRIES", "npm=file:///packages", "the address of npm is no http or https URL")]
    [InlineData("REVERIE_PACKAGE_REGISTRIES", "npm=https://npm.internal/,npm=https://other.internal/", "npm stands twice")]
    [InlineData("REVERIE_PACKAGE_REGISTRIES", "npm=https://npm.internal/?token=open-sesame", "must end with its path")]
    [InlineData("REVERIE_PACKAGE_REGISTRIES", "npm=https://me:open-sesame@npm.internal/", "carries a user or password, which every installation could read")]
    [InlineData("REVERIE_PACKAGES_MAX_GIB", "0", "must be a number from 1 to 1000000")]
    public async Task A_setting_that_cannot_be_used_is_named_and_no_secret_repeated(string name, string value, string words)
    {
        using var process = CliProcess.StartProgram(_world.Root, "dotnet", [typeof(ReverieApp).Assembly.Location, "serve", "--urls", "http://127.0.0.1:0"], (name, value));

        var ran = await CliProcess.EndAsync(process);

        Assert.Equal(ExitCode.BadInput, ran.Code);
        Assert.Contains(name, ran.Error, StringComparison.Ordinal);
        Assert.Contains(words, ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("open-sesame", ran.Error, StringComparison.Ordinal);
    }
}
