using Reverie.Files;

namespace Reverie.Tests.Files;

public sealed class FilePlacesTests : IDisposable
{
    private readonly TemporaryDirectory _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Every_kind_of_file_is_told_without_opening_it()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("kinds are told on Linux");
        Assert.Equal(FileKind.Regular, FilePlaces.KindOf(_temporary.Write("file", "")));
        Assert.Equal(FileKind.Directory, FilePlaces.KindOf(_temporary.Path));
        Assert.Equal(FileKind.Pipe, FilePlaces.KindOf(_temporary.Pipe("pipe")));
        Assert.Equal(FileKind.Device, FilePlaces.KindOf("/dev/zero"));
        Assert.Equal(FileKind.Missing, FilePlaces.KindOf(_temporary["none"]));
        File.CreateSymbolicLink(_temporary["link"], _temporary["file"]);
        Assert.Equal((FileKind.Regular, FileKind.Link), (FilePlaces.KindOf(_temporary["link"]), FilePlaces.EntryKindOf(_temporary["link"])));
    }

    [Theory]
    [InlineData("memory", true)]
    [InlineData("memory/", true)]
    [InlineData("memory/new/deep", true)]
    [InlineData("memory/sub/file", true)]
    [InlineData("to-memory", true)]
    [InlineData("to-memory/new", true)]
    [InlineData("to-sub/new", true)]
    [InlineData("to-sub/../memory", true)]
    [InlineData("memory2", false)]
    [InlineData("memory/../other", false)]
    [InlineData("memory/to-other/new", false)]
    [InlineData("other/new/deep", false)]
    [InlineData("loop/new", false)]
    public void Containment_is_what_the_file_system_says(string path, bool isWithin)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("identities are told on Linux");
        _temporary.Write("memory/sub/file", "");
        _temporary.Write("other/file", "");
        Directory.CreateSymbolicLink(_temporary["to-memory"], _temporary["memory"]);
        Directory.CreateSymbolicLink(_temporary["to-sub"], "to-memory/sub");
        Directory.CreateSymbolicLink(_temporary["loop"], "loop");
        Directory.CreateSymbolicLink(_temporary["memory/to-other"], _temporary["other"]);

        Assert.Equal(isWithin, FilePlaces.IsWithin(_temporary[path], _temporary["memory"]) && FilePlaces.IsWithin(_temporary[path], _temporary["to-memory"]));
    }

    [Fact]
    public void Two_names_of_one_file_are_the_same()
    {
        _temporary.Write("one", "");
        _temporary.Write("two", "");

        Assert.True(FilePlaces.AreSame(_temporary["one"], _temporary["./one"]));
        Assert.False(FilePlaces.AreSame(_temporary["one"], _temporary["two"]));
        Assert.False(FilePlaces.AreSame(_temporary["none"], _temporary["none"]));
    }

    [Theory]
    [InlineData("/dev/zero", "device")]
    [InlineData("/dev/null", "device")]
    public void A_device_is_neither_read_nor_replaced(string device, string named)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("kinds are told on Linux");
        Assert.Contains(named, InputFile.Problem(device));
        Assert.Contains(named, OutputFile.Problem(device));
    }

    [Fact]
    public void A_named_pipe_is_never_taken_for_one_the_shell_hands_over() =>
        Assert.Contains("named pipe", InputFile.Problem(_temporary.Pipe("pipe"), takesPipe: true));
}
