using System.Text;

namespace Reverie.Tests.Tools;

public sealed class FileToolTests : ToolTests
{
    private const int Limit = 262_144;

    [Theory]
    [InlineData("a.txt")]
    [InlineData("./a.txt")]
    [InlineData("/workspace/a.txt")]
    [InlineData("/workspace/../workspace//a.txt")]
    [InlineData("link")]
    [InlineData("absolute-link")]
    public async Task Read_returns_the_text_as_it_is(string path)
    {
        Put("a.txt", "one\r\ntwo\té\n\n");
        File.CreateSymbolicLink(Path.Combine(Work, "link"), "a.txt");
        File.CreateSymbolicLink(Path.Combine(Work, "absolute-link"), "/workspace/./a.txt");

        (await Sandbox.CallAsync("read", new { file_path = path })).IsFine("one\r\ntwo\té\n\n");
    }

    [Theory]
    [InlineData(1, 1, "one")]
    [InlineData(2, 3, "two\nthree")]
    [InlineData(3, 0, "three\nfour")]
    [InlineData(3, -1, "three\nfour")]
    [InlineData(4, 99, "four")]
    public async Task Read_takes_lines_counted_from_one_both_ends_included(int first, int last, string text)
    {
        Put("a.txt", "one\ntwo\nthree\nfour\n");

        (await Sandbox.CallAsync("read", new { file_path = "a.txt", view_range = new[] { first, last } })).IsFine(text);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("[1,2,3]")]
    [InlineData("[0,2]")]
    [InlineData("[3,2]")]
    [InlineData("[\"1\",2]")]
    [InlineData("[1.5,2]")]
    [InlineData("\"1-2\"")]
    [InlineData("7")]
    public async Task Read_refuses_a_range_that_is_none(string range)
    {
        Put("a.txt", "one\ntwo\n");

        (await Sandbox.CallJsonAsync("read", $$"""{"file_path":"a.txt","view_range":{{range}}}""")).IsError("read: view_range must be [start_line, end_line]");
    }

    [Fact]
    public async Task Read_of_a_range_past_the_end_says_so()
    {
        Put("a.txt", "one\n");

        (await Sandbox.CallAsync("read", new { file_path = "a.txt", view_range = new[] { 5, 6 } })).IsErrorWith("ends before");
    }

    [Fact]
    public async Task Read_takes_files_up_to_its_limit_and_of_longer_ones_some_lines()
    {
        Put("fits", new string('x', 100_000));
        Put("over", new string('x', 150_000) + "\n" + new string('y', 150_000) + "\nlast\n");

        (await Sandbox.CallAsync("read", new { file_path = "fits" })).IsFine(new('x', 100_000));
        (await Sandbox.CallAsync("read", new { file_path = "over" })).IsErrorWith($"read: over is 300007 bytes, exceeds {Limit}-byte limit. ");
        (await Sandbox.CallAsync("read", new { file_path = "over", view_range = new[] { 3, 3 } })).IsFine("last");
        (await Sandbox.CallAsync("read", new { file_path = "over", view_range = new[] { 1, 2 } })).IsErrorWith($"exceed {Limit}-byte limit");
    }

    [Theory]
    [InlineData("{}", "read: file_path is required")]
    [InlineData("""{"file_path":""}""", "read: file_path is required")]
    [InlineData("""{"file_path":null}""", "read: file_path is required")]
    [InlineData("""{"file_path":7}""", "read: file_path must be a string")]
    [InlineData("""{"file_path":"\ud800"}""", "read: file_path holds half of a surrogate pair; send well-formed Unicode")]
    [InlineData("""{"file_path":"a\u0000b"}""", "read: a path holds a NUL character")]
    [InlineData("""{"file_path":"missing"}""", "read: missing: no such file or directory")]
    [InlineData("""{"file_path":"missing/deep"}""", "read: missing/deep: no such file or directory")]
    [InlineData("""{"file_path":"/workspace"}""", "read: /workspace is not a regular file")]
    [InlineData("""{"file_path":"/"}""", "read: / is outside the working directory /workspace and the mounted directories")]
    [InlineData("\"text\"", "read: file_path is required")]
    [InlineData("[]", "read: file_path is required")]
    public async Task Read_says_what_is_wrong(string input, string error) => (await Sandbox.CallJsonAsync("read", input)).IsError(error);

    [Fact]
    public async Task Empty_output_is_said_to_be_empty()
    {
        Put("empty", "");

        (await Sandbox.CallAsync("read", new { file_path = "empty", more = 1 })).IsFine("(no output)");
    }

    [Fact]
    public async Task Write_makes_directories_and_counts_bytes()
    {
        (await Sandbox.CallAsync("write", new { file_path = "deep/er/é.txt", content = "é\n" })).IsFine("wrote 3 bytes to deep/er/é.txt");

        Assert.Equal("é\n", File.ReadAllText(Path.Combine(Work, "deep/er/é.txt")));
    }

    [Fact]
    public async Task Write_replaces_at_once_keeps_the_mode_and_leaves_nothing_behind()
    {
        Put("run.sh", "old");
        Machine.Place.SetMode("work/run.sh", (UnixFileMode)0x1ED);
        using var before = File.OpenRead(Path.Combine(Work, "run.sh"));

        (await Sandbox.CallAsync("write", new { file_path = "run.sh", content = "" })).IsFine("wrote 0 bytes to run.sh");

        Assert.Equal((UnixFileMode)0x1ED, Machine.Place.Mode("work/run.sh"));
        Assert.Equal(3, before.Length);
        Assert.Single(Directory.EnumerateFileSystemEntries(Work));
    }

    [Fact]
    public async Task Write_through_a_link_changes_the_file_behind_it()
    {
        File.CreateSymbolicLink(Path.Combine(Work, "link"), "/mnt/memory/notes/new.md");

        (await Sandbox.CallAsync("write", new { file_path = "link", content = "text" })).IsFine("wrote 4 bytes to link");

        Assert.Equal("text", File.ReadAllText(Machine.Place["notes/new.md"]));
        Assert.NotNull(new FileInfo(Path.Combine(Work, "link")).LinkTarget);
    }

    [Theory]
    [InlineData("""{"content":"x"}""", "write: file_path is required")]
    [InlineData("""{"file_path":"a"}""", "write: content is required")]
    [InlineData("""{"file_path":"a","content":5}""", "write: content must be a string")]
    [InlineData("""{"file_path":"dir","content":"x"}""", "write: dir is not a regular file")]
    [InlineData("""{"file_path":"/workspace","content":"x"}""", "write: /workspace is not a regular file")]
    [InlineData("""{"file_path":"file/x","content":"x"}""", "write: file/x: not a directory")]
    [InlineData("""{"file_path":"/mnt/other","content":"x"}""", "write: /mnt/other is outside the working directory /workspace and the mounted directories")]
    [InlineData("""{"file_path":"/mnt/memory/library/book.md","content":"x"}""", "write: /mnt/memory/library/book.md is inside read-only directory /mnt/memory/library")]
    [InlineData("""{"file_path":"/mnt/memory/library/a/b/c.md","content":"x"}""", "write: /mnt/memory/library/a/b/c.md is inside read-only directory /mnt/memory/library")]
    public async Task Write_says_what_is_wrong(string input, string error)
    {
        Put("dir/x", "");
        Put("file", "");

        (await Sandbox.CallJsonAsync("write", input)).IsError(error);
    }

    [Fact]
    public async Task Edit_replaces_one_or_all()
    {
        Put("a.txt", "one two one\n");

        (await Sandbox.CallAsync("edit", new { file_path = "a.txt", old_string = "two", new_string = "$0 three" })).IsFine("edited a.txt (1 replacement(s))");
        (await Sandbox.CallAsync("edit", new { file_path = "a.txt", old_string = "one", new_string = "1" })).IsError("edit: old_string appears 2 times in a.txt (must be unique)");
        (await Sandbox.CallAsync("edit", new { file_path = "a.txt", old_string = "one", new_string = "", replace_all = true })).IsFine("edited a.txt (2 replacement(s))");

        Assert.Equal(" $0 three \n", File.ReadAllText(Path.Combine(Work, "a.txt")));
    }

    [Theory]
    [InlineData("""{"file_path":"a.txt","old_string":"","new_string":"x"}""", "edit: old_string is required")]
    [InlineData("""{"file_path":"a.txt","old_string":"x"}""", "edit: new_string is required")]
    [InlineData("""{"file_path":"a.txt","old_string":"nowhere","new_string":"x"}""", "edit: old_string not found in a.txt")]
    [InlineData("""{"file_path":"a.txt","old_string":"a","new_string":"x","replace_all":"yes"}""", "edit: replace_all must be true or false")]
    [InlineData("""{"file_path":"big","old_string":"a","new_string":"x"}""", "edit: big is 262145 bytes, exceeds 262144-byte limit. Change it with bash.")]
    [InlineData("""{"file_path":"binary","old_string":"a","new_string":"x"}""", "edit: binary is not UTF-8 text")]
    [InlineData("""{"file_path":"dir","old_string":"a","new_string":"x"}""", "edit: dir is not a regular file")]
    [InlineData("""{"file_path":"/mnt/memory/library/book.md","old_string":"printed","new_string":"x"}""", "edit: /mnt/memory/library/book.md is inside read-only directory /mnt/memory/library")]
    public async Task Edit_says_what_is_wrong(string input, string error)
    {
        Put("a.txt", "a a");
        Put("dir/x", "");
        Put("big", new string('a', Limit + 1));
        Machine.Place.Write("work/binary", [0x61, 0xFF, 0xFE]);

        (await Sandbox.CallJsonAsync("edit", input)).IsError(error);
    }

    [Fact]
    public async Task Edit_keeps_the_bytes_around()
    {
        Machine.Place.Write("work/marked", Encoding.UTF8.GetBytes("\uFEFFa\r\nb\0c"));

        await Sandbox.CallAsync("edit", new { file_path = "marked", old_string = "b", new_string = "é" });

        Assert.Equal(Encoding.UTF8.GetBytes("\uFEFFa\r\né\0c"), File.ReadAllBytes(Path.Combine(Work, "marked")));
    }
}
