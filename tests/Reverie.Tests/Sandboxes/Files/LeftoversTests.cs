using Microsoft.Extensions.Logging;
using Reverie.Sandboxes.Files;

namespace Reverie.Tests.Sandboxes.Files;

public sealed class LeftoversTests : IDisposable
{
    private const UnixFileMode OwnersAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TemporaryDirectory _temporary = new();
    private readonly Entries _log = [];

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Directories_without_rights_are_removed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Sandboxes need Linux.");
        _temporary.Write("left/deep/deeper/file", "text");
        foreach (var name in (string[])["left/deep/deeper", "left/deep", "left"]) _temporary.SetMode(name, UnixFileMode.None);

        new Leftovers(_log).Remove(_temporary["left"]);

        Assert.False(Directory.Exists(_temporary["left"]));
        Assert.Empty(_log);
    }

    [Fact]
    public void Rights_come_back_to_directories_alone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Sandboxes need Linux.");
        _temporary.Write("left/deep/file", "text");
        _temporary.Write("outside/file", "text");
        Directory.CreateSymbolicLink(_temporary["left/deep/link"], _temporary["outside"]);
        foreach (var name in (string[])["outside", "left/deep/file", "left/deep", "left"]) _temporary.SetMode(name, UnixFileMode.None);

        SafeTree.RestoreRights(_temporary["left"]);

        Assert.Equal((OwnersAll, OwnersAll, UnixFileMode.None, UnixFileMode.None), (_temporary.Mode("left"), _temporary.Mode("left/deep"), _temporary.Mode("left/deep/file"), _temporary.Mode("outside")));
        _temporary.SetMode("outside", OwnersAll);
    }

    [Fact]
    public void What_cannot_be_removed_is_logged()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Sandboxes need Linux.");
        var file = _temporary.Write("file", "text");

        new Leftovers(_log).Remove(file);

        Assert.Contains(file, Assert.Single(_log), StringComparison.Ordinal);
    }

    private sealed class Entries : List<string>, ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Add(formatter(state, exception));
    }
}
