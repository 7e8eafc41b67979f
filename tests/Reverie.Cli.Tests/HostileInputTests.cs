using System.Diagnostics;
using System.IO.Compression;
using System.Text;

namespace Reverie.Cli.Tests;

/// <summary>The inputs of docs/reference/hostile-inputs.md: each gets its answer, and nothing is written half.</summary>
public sealed class HostileInputTests : IDisposable
{
    private static readonly Dictionary<string, Attempt> SessionFiles = new(StringComparer.Ordinal)
    {
        ["gzip that ends in the middle"] = new("cut off or damaged", static file => File.WriteAllBytes(file, Gzip(string.Concat(Enumerable.Repeat(TestWorld.Session, 200)))[..^40])),
        ["bytes that are not UTF-8"] = new(":1: contains text that is not valid UTF-8", static file =>
            File.WriteAllBytes(file, [.. Encoding.UTF8.GetBytes(TestWorld.Session.Replace("hello", "hel", StringComparison.Ordinal)).SelectMany(static b => b == (byte)'h' ? [b, (byte)0xC3] : (byte[])[b])])),
        ["one line of 200 MB"] = new(":1: is longer than 64 MiB", static file => Sparse(file, 200_000_000)),
        ["JSON nested 10,000 deep"] = new(":1: not a JSON object of at most 64 levels", static file =>
            File.WriteAllText(file, TestWorld.Session.Replace("\"hello\"", new string('[', 10_000) + new string(']', 10_000), StringComparison.Ordinal))),
        ["two events with one id"] = new("events[1].id \"e\" occurs twice", static file =>
            File.WriteAllText(file, Session("""{"type":"user.message","id":"e"},{"type":"user.message","id":"e"}"""))),
        ["17 pairs of metadata"] = new("at most 16 pairs", static file =>
            File.WriteAllText(file, TestWorld.Session.Replace("\"events\"", $"\"metadata\":{{{string.Join(',', Enumerable.Range(0, 17).Select(static i => $"\"k{i}\":\"v\""))}}},\"events\"", StringComparison.Ordinal))),
        ["a time that is none"] = new("created_at must be an RFC 3339 time", static file =>
            File.WriteAllText(file, TestWorld.Session.Replace("2026-01-01T00:00:00Z", "yesterday", StringComparison.Ordinal))),
        ["a line that is no JSON"] = new(":1: not a JSON object", static file => File.WriteAllText(file, "}{\n")),
        ["a named pipe as session file"] = new("is a named pipe", static file => Pipe(file)),
        ["a device as session file"] = new("is a device", static file => File.CreateSymbolicLink(file, "/dev/zero")),
        ["a directory as session file"] = new("is a directory", static file => Directory.CreateDirectory(file)),
    };

    private static readonly Dictionary<string, Attempt> Memories = new(StringComparer.Ordinal)
    {
        ["a link out of the memory directory"] = new("is a symbolic link", static memory => File.CreateSymbolicLink(Path.Combine(memory, "out.md"), "/etc/passwd")),
        ["a linked directory in the memory directory"] = new("is a symbolic link", static memory => Directory.CreateSymbolicLink(Path.Combine(memory, "etc"), "/etc")),
        ["a named pipe as memory"] = new("\"pipe.md\" is a named pipe", static memory => Pipe(Path.Combine(memory, "pipe.md"))),
        ["a memory that is not UTF-8"] = new("\"image\" is not UTF-8", static memory => File.WriteAllBytes(Path.Combine(memory, "image"), [0xff, 0xfe])),
        ["a memory over 100 KiB"] = new("at most 102,400", static memory => Sparse(Path.Combine(memory, "large.md"), 200_000_000)),
        ["a memory nobody may read"] = new("may not be read", static memory => Unreadable(Path.Combine(memory, "secret.md"))),
        ["a control character in a path"] = new("U+0007", static memory => File.WriteAllText(Path.Combine(memory, "bell\a.md"), "")),
        ["a path that is not in normal form C"] = new("normal form C", static memory => File.WriteAllText(Path.Combine(memory, "cafe\u0301.md"), "")),
        ["a path of 21 segments"] = new("more than 20 segments", static memory =>
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine([memory, .. Enumerable.Repeat("d", 20)])).FullName, "deep.md"), "")),
        ["a planted journal"] = new("did not make on this machine", static memory => Journal(memory, static file => File.WriteAllText(file, """{"Id":"","Writes":{"a.md":"0"},"Deletes":["b.md"]}"""))),
        ["a planted journal of a pipe"] = new("did not make on this machine", static memory => Journal(memory, static file => Pipe(file))),
        ["a device as memory directory"] = new("is a file", static memory =>
        {
            Directory.Delete(memory);
            File.CreateSymbolicLink(memory, "/dev/zero");
        }),
    };

    private readonly TestWorld _world = new();

    public static TheoryData<string> NamesOfSessionFiles => [.. SessionFiles.Keys];

    public static TheoryData<string> NamesOfMemories => [.. Memories.Keys];

    public void Dispose() => _world.Dispose();

    [Theory]
    [MemberData(nameof(NamesOfSessionFiles))]
    public async Task A_hostile_session_file_is_refused_or_skipped_and_counted(string name)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("pipes and devices are told on Linux");
        var (said, arrange) = SessionFiles[name];
        var file = _world.In("hostile");
        arrange(file);
        string[] dream = ["dream", "--sessions", file, _world.Sessions, "--memory", _world.MemoryDir, "--out", _world.Out, "--report", _world.Report];
        var before = Names();

        var refused = await _world.RunAsync(dream);
        Assert.Equal(ExitCode.BadInput, refused.Code);
        Assert.Contains(said, refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, Names());

        var skipped = await _world.RunAsync([.. dream, "--skip-bad"]);
        Assert.Equal(ExitCode.Ok, skipped.Code);
        Assert.Contains("1 could not be read and was skipped", skipped.Error, StringComparison.Ordinal);
        Assert.Equal(1, _world.ReportNow().Inputs.Sessions);
    }

    [Theory]
    [MemberData(nameof(NamesOfMemories))]
    public async Task A_hostile_memory_directory_is_refused_and_stays_as_it_is(string name)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("pipes and devices are told on Linux");
        var (said, arrange) = Memories[name];
        arrange(_world.MemoryDir);
        var before = Names();

        var ran = await _world.RunAsync([.. _world.Dream, "--report", _world.Report]);

        Assert.Equal(ExitCode.BadInput, ran.Code);
        Assert.Contains(said, ran.Error, StringComparison.Ordinal);
        Assert.Equal(before, Names());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("\uFEFF")]
    public async Task Empty_files_hold_no_sessions(string text)
    {
        File.WriteAllText(_world.Sessions, text);

        var ran = await _world.RunAsync([.. _world.Dream, "--report", _world.Report]);

        Assert.Equal((ExitCode.Ok, 0), (ran.Code, _world.ReportNow().Inputs.Sessions));
    }

    [Fact]
    public async Task Events_without_ids_and_sessions_that_come_twice_are_read_and_counted_once()
    {
        var events = string.Join(',', Enumerable.Repeat("""{"type":"user.message","content":"hello"}""", 3));
        File.WriteAllText(_world.Sessions, Session(events) + Session(events));

        var ran = await _world.RunAsync([.. _world.Dream, "--report", _world.Report]);

        Assert.Equal(ExitCode.Ok, ran.Code);
        Assert.Contains("1 session came twice", ran.Error, StringComparison.Ordinal);
        Assert.Equal((1, 3), (_world.ReportNow().Inputs.Sessions, _world.ReportNow().Inputs.Events));
    }

    [Fact]
    public async Task A_report_that_is_no_file_is_refused()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("pipes and devices are told on Linux");
        foreach (var (path, said) in new[] { (Pipe(_world.In("pipe")), "is a named pipe"), ("/dev/zero", "is a device"), (_world.Root, "is a directory") })
        {
            foreach (var command in (string[])["apply", "revert", "review"])
            {
                var ran = await _world.RunAsync(command, path, "--memory", _world.MemoryDir);

                Assert.Equal(ExitCode.BadInput, ran.Code);
                Assert.Contains(said, ran.Error, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void The_page_lists_every_attempt_with_its_answer()
    {
        var page = File.ReadAllText(Path.Combine(Checkout(), "docs", "reference", "hostile-inputs.md"));

        foreach (var (name, attempt) in SessionFiles.Concat(Memories))
            Assert.Matches($"(?m)^\\| {System.Text.RegularExpressions.Regex.Escape(name)} \\|.*{System.Text.RegularExpressions.Regex.Escape(attempt.Said)}", page);
    }

    /// <summary>Everything there is, links and journals included.</summary>
    private List<string> Names() => [.. Directory.EnumerateFileSystemEntries(_world.Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }).Order(StringComparer.Ordinal)];

    private static string Session(string events) =>
        $$"""{"external_id":"s9","source":"test","agent":"a","created_at":"2026-01-01T00:00:00Z","events":[{{events}}]}""" + "\n";

    private static byte[] Gzip(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return compressed.ToArray();
    }

    private static void Sparse(string file, long bytes)
    {
        using var stream = File.Create(file);
        stream.SetLength(bytes);
    }

    private static string Pipe(string file)
    {
        using var mkfifo = Process.Start("mkfifo", file);
        mkfifo.WaitForExit();
        return file;
    }

    private static void Unreadable(string file)
    {
        if (Environment.IsPrivilegedProcess) Assert.Skip("this user may read everything");
        File.WriteAllText(file, "");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.None);
    }

    private static void Journal(string memory, Action<string> plan)
    {
        File.WriteAllText(Path.Combine(memory, "b.md"), "- b\n");
        var journal = Directory.CreateDirectory(Path.Combine(memory, ".reverie-journal")).FullName;
        File.WriteAllText(Path.Combine(journal, "0"), "- planted\n");
        plan(Path.Combine(journal, "plan.json"));
    }

    private static string Checkout()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Reverie.slnx"))) at = at.Parent!;
        return at.FullName;
    }

    /// <param name="Said">What the answer says.</param>
    /// <param name="Arrange">Puts it where the path says.</param>
    private sealed record Attempt(string Said, Action<string> Arrange);
}
