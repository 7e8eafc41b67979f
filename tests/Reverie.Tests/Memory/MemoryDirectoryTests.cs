using Reverie.Dreaming;
using Reverie.Memory;
using Reverie.Protocol.Memory;

namespace Reverie.Tests.Memory;

public sealed class MemoryDirectoryTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryDirectory _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void An_empty_directory_is_an_empty_store() => Assert.Empty(MemoryDirectory.Load(_temporary.Path).Texts);

    [Fact]
    public void A_missing_directory_is_refused_by_name() => Refused(() => MemoryDirectory.Load(_temporary["none"]), "none", "does not exist");

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("nul\0name")]
    public void A_name_that_names_nothing_is_refused(string name)
    {
        Refused(() => MemoryDirectory.Load(name), "names no directory");
        Refused(() => MemoryDirectory.Save(MemoryTree.Empty, name), "names no directory");
        Refused(() => MemoryDirectory.Apply(MemoryTree.Empty, MemoryTree.Empty, name), "names no directory");
    }

    [Fact]
    public void A_file_is_no_store() => Refused(() => MemoryDirectory.Load(_temporary.Write("file", "x")), "is a file");

    [Fact]
    public void Every_byte_survives_a_round_trip()
    {
        string[] contents = ["", "a\r\nb\r\n", "\uFEFFwith mark", "no newline at the end", "\n\n", "tab\tnul\0é中🎉\u2028"];
        for (var index = 0; index < contents.Length; index++) _temporary.Write($"in/{index}/deep/note.md", contents[index]);

        MemoryDirectory.Save(MemoryDirectory.Load(_temporary["in"]), _temporary["out"]);

        Assert.Equal(Bytes(_temporary["in"]), Bytes(_temporary["out"]));
    }

    [Fact]
    public void Hidden_files_are_memories_but_version_control_is_not()
    {
        _temporary.Write("in/.hidden.md", "kept");
        _temporary.Write("in/.git/config", "passed over");
        _temporary.Write("in/sub/.DS_Store", [0xff, 0xfe]);

        Assert.Equal([".hidden.md"], MemoryDirectory.Load(_temporary["in"]).Texts.Keys);
    }

    [Fact]
    public void Text_that_is_not_utf8_is_refused_by_name()
    {
        _temporary.Write("in/bad.md", [(byte)'a', 0xc3, 0x28]);

        Refused(() => MemoryDirectory.Load(_temporary["in"]), "bad.md", "UTF-8");
    }

    [Fact]
    public void A_memory_may_fill_its_limit_but_not_pass_it()
    {
        _temporary.Write("in/full.md", new string('x', MemoryLimits.ContentBytesMax));
        Assert.Single(MemoryDirectory.Load(_temporary["in"]).Texts);

        _temporary.Write("in/over.md", new string('x', MemoryLimits.ContentBytesMax + 1));
        Refused(() => MemoryDirectory.Load(_temporary["in"]), "over.md", "102,400");
    }

    [Fact]
    public void One_file_past_the_limit_is_refused()
    {
        for (var index = 0; index <= MemoryLimits.MemoriesMax; index++) _temporary.Write($"in/{index}", "");

        Refused(() => MemoryDirectory.Load(_temporary["in"]), "more than 2000 files");
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("inside.md")]
    [InlineData("missing")]
    public void A_symbolic_link_is_refused_wherever_it_leads(string target)
    {
        _temporary.Write("in/inside.md", "x");
        File.CreateSymbolicLink(_temporary["in/link.md"], target);

        Refused(() => MemoryDirectory.Load(_temporary["in"]), "link.md", "symbolic link");
    }

    [Fact]
    public void A_linked_directory_is_refused()
    {
        Directory.CreateDirectory(_temporary["in"]);
        Directory.CreateSymbolicLink(_temporary["in/etc"], "/etc");

        Refused(() => MemoryDirectory.Load(_temporary["in"]), "\"etc\"", "symbolic link");
    }

    [Fact]
    public void A_path_outside_the_rules_is_refused()
    {
        _temporary.Write("in/bell\u0007.md", "x");

        Refused(() => MemoryDirectory.Load(_temporary["in"]), "U+0007");
    }

    [Fact]
    public void Saving_to_an_empty_directory_fills_it()
    {
        Directory.CreateDirectory(_temporary["out"]);

        MemoryDirectory.Save(Tree(("a/b.md", "x")), _temporary["out"] + "/");

        Assert.Equal("x", File.ReadAllText(_temporary["out/a/b.md"]));
        Assert.Equal([_temporary["out"]], Directory.GetFileSystemEntries(_temporary.Path));
    }

    [Fact]
    public void Saving_over_files_is_refused_and_changes_nothing()
    {
        _temporary.Write("out/old.md", "old");

        Refused(() => MemoryDirectory.Save(Tree(("a.md", "x")), _temporary["out"]), "is not empty");

        Assert.Equal(["old.md"], MemoryDirectory.Load(_temporary["out"]).Texts.Keys);
    }

    [Theory]
    [InlineData("../escape.md")]
    [InlineData("/absolute.md")]
    [InlineData("a//b.md")]
    [InlineData(".git/hooks/pre-commit")]
    [InlineData(".reverie-journal/plan.json")]
    public void A_store_with_a_path_outside_the_rules_is_not_written(string path)
    {
        Refused(() => MemoryDirectory.Save(Tree((path, "x")), _temporary["out"]), path);

        Assert.Empty(Directory.GetFileSystemEntries(_temporary.Path));
    }

    [Fact]
    public void One_path_cannot_be_a_file_and_a_directory() =>
        Refused(() => MemoryDirectory.Save(Tree(("a", "x"), ("a/b", "y")), _temporary["out"]), "in the way");

    [Fact]
    public void A_name_too_long_for_file_systems_is_refused_before_anything_is_written() =>
        Refused(() => MemoryDirectory.Save(Tree((new string('n', 256), "x")), _temporary["out"]), "255 bytes");

    [Fact]
    public void Text_with_half_a_surrogate_is_not_written() =>
        Refused(() => MemoryDirectory.Save(Tree(("a.md", "\ud83d")), _temporary["out"]), "not valid Unicode");

    [Fact]
    public void Applying_creates_changes_and_deletes_and_leaves_the_rest()
    {
        var before = Saved(("keep.md", "k"), ("change.md", "1"), ("gone/deep/file.md", "g"));

        MemoryDirectory.Apply(before, Tree(("keep.md", "k"), ("change.md", "2"), ("new/deep/file.md", "n")), _temporary["store"]);

        Assert.Equal(["change.md", "keep.md", "new/deep/file.md"], Bytes(_temporary["store"]).Keys);
        Assert.Equal("2", File.ReadAllText(_temporary["store/change.md"]));
        Assert.False(Directory.Exists(_temporary["store/gone"]));
    }

    [Fact]
    public void Applying_keeps_files_the_change_does_not_name()
    {
        var before = Saved(("a.md", "1"));
        _temporary.Write("store/another.md", "written by someone else");

        MemoryDirectory.Apply(before, Tree(("a.md", "2")), _temporary["store"]);

        Assert.Equal(["a.md", "another.md"], Bytes(_temporary["store"]).Keys);
    }

    [Fact]
    public void Applying_turns_a_file_into_a_directory_and_back()
    {
        var file = Saved(("a", "1"));
        var directory = Tree(("a/b", "2"));

        MemoryDirectory.Apply(file, directory, _temporary["store"]);
        Assert.Equal(["a/b"], Bytes(_temporary["store"]).Keys);

        MemoryDirectory.Apply(directory, file, _temporary["store"]);
        Assert.Equal(["a"], Bytes(_temporary["store"]).Keys);
    }

    [Fact]
    public void Applying_to_a_memory_changed_meanwhile_changes_nothing()
    {
        var before = Saved(("a.md", "1"), ("b.md", "1"));
        _temporary.Write("store/b.md", "changed");

        Refused(() => MemoryDirectory.Apply(before, Tree(("a.md", "2"), ("b.md", "2")), _temporary["store"]), "b.md", "changed it meanwhile");

        Assert.Equal("1", File.ReadAllText(_temporary["store/a.md"]));
        Assert.Equal(["a.md", "b.md"], Bytes(_temporary["store"]).Keys);
    }

    [Fact]
    public void Applying_never_writes_through_a_link()
    {
        var before = Saved(("a.md", "1"));
        Directory.CreateDirectory(_temporary["outside"]);
        Directory.CreateSymbolicLink(_temporary["store/sub"], _temporary["outside"]);

        Refused(() => MemoryDirectory.Apply(before, Tree(("a.md", "1"), ("sub/x.md", "2")), _temporary["store"]), "symbolic link");

        Assert.Empty(Directory.GetFileSystemEntries(_temporary["outside"]));
    }

    [Fact]
    public void A_change_whose_plan_stood_is_finished_at_the_next_opening()
    {
        Saved(("a.md", "1"), ("b.md", "1"), ("gone.md", "1"));
        _temporary.Write("store/.reverie-journal/1", "2");
        Planned("""{"Id":"of this test","Writes":{"a.md":"0","b.md":"1"},"Deletes":["gone.md"]}""");
        _temporary.Write("store/a.md", "2");

        Assert.True(MemoryDirectory.Settle(_temporary["store"]));

        var found = MemoryDirectory.Load(_temporary["store"]);
        Assert.Equal(["a.md", "b.md"], found.Texts.Keys);
        Assert.Equal(["2", "2"], found.Texts.Values);
        Assert.False(Directory.Exists(_temporary["store/.reverie-journal"]));
    }

    [Fact]
    public void A_change_killed_before_its_plan_stood_never_happened()
    {
        Saved(("a.md", "1"));
        _temporary.Write("store/.reverie-journal/0", "2");
        _temporary.Write("store/.reverie-journal/plan.json.draft", "{");

        Assert.False(MemoryDirectory.Settle(_temporary["store"]));
        Assert.Equal(["1"], MemoryDirectory.Load(_temporary["store"]).Texts.Values);
        Assert.False(Directory.Exists(_temporary["store/.reverie-journal"]));
    }

    [Fact]
    public void Reading_a_store_whose_change_was_interrupted_is_refused_and_touches_nothing()
    {
        Saved(("a.md", "1"));
        _temporary.Write("store/.reverie-journal/0", "2");
        Planned("""{"Id":"left for this test","Writes":{"a.md":"0"},"Deletes":[]}""");
        var before = Bytes(_temporary["store"]);

        Refused(() => MemoryDirectory.Load(_temporary["store"]), "interrupted", "apply, revert or review");

        Assert.Equal(before, Bytes(_temporary["store"]));
        MemoryDirectory.Settle(_temporary["store"]);
    }

    [Theory]
    [InlineData("""{"Id":"1","Writes":{"a.md":"0"},"Deletes":[]}""")]
    [InlineData("""{"Id":"1","Writes":{},"Deletes":["a.md"]}""")]
    [InlineData("""{"Id":"1","Writes":{".git/hooks/post-checkout":"0"},"Deletes":[]}""")]
    [InlineData("""{"Id":"1","Writes":{"../escape":"0"},"Deletes":["../../escape"]}""")]
    [InlineData("not json")]
    [InlineData("")]
    public void A_plan_that_came_with_the_directory_is_never_carried_out(string plan)
    {
        var tree = Saved(("a.md", "1"));
        _temporary.Write("store/.reverie-journal/0", "planted");
        _temporary.Write("store/.reverie-journal/plan.json", plan);
        var before = Bytes(_temporary.Path);

        Refused(() => MemoryDirectory.Load(_temporary["store"]), "did not make", $"rm -r '{_temporary["store/.reverie-journal"]}'");
        Refused(() => MemoryDirectory.Settle(_temporary["store"]), "did not make");
        Refused(() => MemoryDirectory.Apply(tree, Tree(("a.md", "2")), _temporary["store"]), "did not make");

        Assert.Equal(before, Bytes(_temporary.Path));
    }

    [Theory]
    [InlineData("lock")]
    [InlineData("plan.json")]
    public void A_journal_with_a_pipe_or_a_link_in_it_is_refused_and_not_waited_for(string name)
    {
        Saved(("a.md", "1"));
        Directory.CreateDirectory(_temporary["store/.reverie-journal"]);
        _temporary.Pipe($"store/.reverie-journal/{name}");

        Refused(() => MemoryDirectory.Load(_temporary["store"]), "did not make");
        Refused(() => MemoryDirectory.Settle(_temporary["store"]), "did not make");

        File.Delete(_temporary[$"store/.reverie-journal/{name}"]);
        File.CreateSymbolicLink(_temporary[$"store/.reverie-journal/{name}"], _temporary.Write("elsewhere", "x"));
        Refused(() => MemoryDirectory.Load(_temporary["store"]), "did not make");
    }

    [Fact]
    public void A_pipe_is_no_memory()
    {
        Saved(("a.md", "1"));
        _temporary.Pipe("store/pipe.md");

        Refused(() => MemoryDirectory.Load(_temporary["store"]), "pipe.md", "named pipe");
    }

    [Fact]
    public void Applying_keeps_the_mode_of_what_it_replaces()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("modes are POSIX");
        var before = Saved(("a.md", "1"));
        _temporary.SetMode("store/a.md", Private);

        MemoryDirectory.Apply(before, Tree(("a.md", "2"), ("new.md", "n")), _temporary["store"]);

        Assert.Equal("2", File.ReadAllText(_temporary["store/a.md"]));
        Assert.Equal(Private, _temporary.Mode("store/a.md"));
        Assert.Equal(NewFileMode(), _temporary.Mode("store/new.md"));
    }

    [Fact]
    public void A_copy_of_a_store_has_the_modes_of_the_store()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("modes are POSIX");
        Saved(("sub/a.md", "1"));
        _temporary.SetMode("store/sub/a.md", Private);
        _temporary.SetMode("store/sub", Private | UnixFileMode.UserExecute);
        _temporary.SetMode("store", Private | UnixFileMode.UserExecute);

        MemoryDirectory.Save(Tree(("sub/a.md", "2"), ("sub/new.md", "n")), _temporary["copy"], _temporary["store"]);

        foreach (var path in (string[])["", "/sub", "/sub/a.md"])
            Assert.Equal(_temporary.Mode("store" + path), _temporary.Mode("copy" + path));
        Assert.Equal(NewFileMode(), _temporary.Mode("copy/sub/new.md"));
    }

    [Fact]
    public void Two_processes_do_not_change_one_store_at_a_time()
    {
        var before = Saved(("a.md", "1"));
        using var held = MemoryJournal.Open(_temporary["store"]);

        Refused(() => MemoryDirectory.Apply(before, Tree(("a.md", "2")), _temporary["store"]), "another process");
        Refused(() => MemoryDirectory.Load(_temporary["store"]), "another process");
    }

    /// <summary>What the umask leaves of a new file.</summary>
    private UnixFileMode NewFileMode()
    {
        _temporary.Write("any", "");
        return _temporary.Mode("any");
    }

    /// <summary>Leaves a plan as a process of this user does that is killed after it stood.</summary>
    private void Planned(string plan)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(plan);
        PlanRegister.OfUser.Enter(bytes);
        _temporary.Write("store/.reverie-journal/plan.json", bytes);
    }

    private static void Refused(Action work, params string[] said)
    {
        var error = Assert.Throws<MemoryDirectoryException>(work);
        foreach (var part in said) Assert.Contains(part, error.Message);
    }

    private static MemoryTree Tree(params (string Path, string Text)[] memories) =>
        MemoryTree.Of(memories.Select(memory => KeyValuePair.Create(memory.Path, memory.Text)));

    private MemoryTree Saved(params (string Path, string Text)[] memories)
    {
        var tree = Tree(memories);
        MemoryDirectory.Save(tree, _temporary["store"]);
        return tree;
    }

    private static SortedDictionary<string, string> Bytes(string directory) =>
        new(Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(directory, file), file => Convert.ToHexString(File.ReadAllBytes(file))), StringComparer.Ordinal);
}
