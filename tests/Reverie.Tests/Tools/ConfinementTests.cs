using System.Net.Sockets;
using Reverie.Sandboxes.Files;
using Reverie.Tests.Sandboxes;

namespace Reverie.Tests.Tools;

/// <summary>The file tools work outside the sandbox on files an agent owns. What it plants there must not lead them anywhere else, nor hold them up.</summary>
public sealed class ConfinementTests : ToolTests
{
    public static TheoryData<string> Ways => new("/etc/passwd", "../secret", "/workspace/../secret", "/proc/self/environ", "out", "out-directory/secret", "chain", "up/secret", "proc", "/mnt/../etc/passwd", "mount/../../secret");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (var (name, target) in new[]
        {
            ("out", Machine.Place["secret"]), ("out-directory", Machine.Place.Path), ("chain", "link-to-out"), ("link-to-out", "/workspace/out"), ("up", "../../../../.."), ("proc", "/proc/self/root/etc/passwd"),
            ("mount", "/mnt/memory/notes"), ("loop", "loop"),
        })
            File.CreateSymbolicLink(Path.Combine(Work, name), target);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task No_path_leads_out(string path)
    {
        (await Sandbox.CallAsync("read", new { file_path = path })).IsErrorWith("read: ");
        (await Sandbox.CallAsync("write", new { file_path = path, content = "planted" })).IsErrorWith("write: ");
        (await Sandbox.CallAsync("edit", new { file_path = path, old_string = "open", new_string = "planted" })).IsErrorWith("edit: ");
        (await Sandbox.CallAsync("glob", new { pattern = "*", path })).IsErrorWith("glob: ");

        Assert.Equal("open-sesame\n", File.ReadAllText(Machine.Place["secret"]));
        Assert.DoesNotContain(Directory.EnumerateFiles(Machine.Place.Path), static f => File.ReadAllText(f).Contains("planted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_to_itself_and_a_path_without_end_are_errors()
    {
        (await Sandbox.CallAsync("read", new { file_path = "loop" })).IsErrorWith("too many levels of symbolic links");
        (await Sandbox.CallAsync("read", new { file_path = new string('x', 5_000) })).IsErrorWith("longer than");
        (await Sandbox.CallAsync("read", new { file_path = new string('x', 300) })).IsErrorWith("name too long");
    }

    [Fact]
    public async Task Pipes_and_sockets_are_refused_without_waiting()
    {
        Machine.Place.Pipe("work/pipe");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(Work, "socket")));

        foreach (var name in (string[])["pipe", "socket"])
        {
            (await Sandbox.CallAsync("read", new { file_path = name })).IsError($"read: {name} is not a regular file");
            (await Sandbox.CallAsync("write", new { file_path = name, content = "x" })).IsError($"write: {name} is not a regular file");
            (await Sandbox.CallAsync("edit", new { file_path = name, old_string = "x", new_string = "y" })).IsError($"edit: {name} is not a regular file");
        }
        (await Sandbox.CallAsync("glob", new { pattern = "*e*" })).IsFine("no matches");
    }

    [Fact]
    public async Task Links_swapped_while_the_tools_work_lead_nowhere()
    {
        RequireCommands();
        Put("place/file", "mine");
        // A directory, a link to another machine's root and a file change places as fast as the shell can.
        await Sandbox.ShellAsync($"ln -s {Machine.Place.Path} /workspace/trap; mv place real; (while true; do ln -sfn real swap; ln -sfn trap swap; ln -sfn {Machine.Place.Path}/secret file; echo mine > real/f; mv -f real/f file; done) >/dev/null 2>&1 &");

        for (var round = 0; round < 400; round++)
        {
            var read = await Sandbox.CallAsync("read", new { file_path = round % 2 == 0 ? "swap/secret" : "file" });
            Assert.DoesNotContain("open-sesame", read.Text(), StringComparison.Ordinal);
            await Sandbox.CallAsync("write", new { file_path = round % 2 == 0 ? "swap/secret" : "file", content = "mine" });
        }

        Assert.Equal("open-sesame\n", File.ReadAllText(Machine.Place["secret"]));
    }

    [Fact]
    public void A_listing_follows_no_link_and_opens_no_pipe()
    {
        Machine.Place.Pipe("work/pipe");
        Put("b/c", "22");
        Put("a", "1");

        var listing = SafeTree.List(Work, new(1_000, 1_000));

        Assert.Equal([("a", 1L), ("b/c", 2L)], listing.Files.Select(static f => (f.Path, f.Length)));
        Assert.False(listing.IsCut);
        Assert.Equal("22"u8.ToArray(), SafeTree.Read(Work, "b/c", 2));
    }

    [Theory]
    [InlineData("b/c", 1)]
    [InlineData("out", 100)]
    [InlineData("out-directory/secret", 100)]
    [InlineData("b/../a", 100)]
    [InlineData("b", 100)]
    [InlineData("pipe", 100)]
    [InlineData("none", 100)]
    public void Reading_back_gives_nothing_where_there_is_no_such_file(string path, int bytesMax)
    {
        Machine.Place.Pipe("work/pipe");
        Put("b/c", "22");
        Put("a", "1");

        Assert.Null(SafeTree.Read(Work, path, bytesMax));
    }

    [Fact]
    public void A_listing_is_bounded_in_files_bytes_and_depth()
    {
        for (var index = 0; index < 20; index++) Put($"{index}", "12345");
        Put(string.Join('/', Enumerable.Repeat("d", 300)) + "/deep", "");

        Assert.True(SafeTree.List(Work, new(10, 1_000_000)).IsCut);
        Assert.True(SafeTree.List(Work, new(10_000, 50)).IsCut);
        Assert.DoesNotContain(SafeTree.List(Work, new(10_000, 1_000_000)).Files, static f => f.Path.EndsWith("deep", StringComparison.Ordinal));
    }
}
