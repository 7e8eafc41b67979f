using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Reverie.Dreaming;
using Reverie.Memory;
using Reverie.Protocol.Memory;

namespace Reverie.Tests.Memory;

public sealed class MemoryPropertyTests : IDisposable
{
    private static readonly Gen<string> Segments = Gen.Elements("a", "b.md", "..", ".", "", ".git", "C", "é", "a\u0000", "\u200b", "x y", "\ud83d", "~", "-rf");
    private static readonly Gen<string> Paths = Gen.Select(Gen.NonEmptyListOf(Segments), segments => string.Join('/', segments));

    private readonly TemporaryDirectory _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Whatever_the_paths_a_store_is_written_exactly_or_not_at_all()
    {
        var stores = Gen.Select(Gen.ListOf(Gen.Zip(Paths, ArbMap.Default.GeneratorFor<string>())),
            pairs => pairs.GroupBy(pair => pair.Item1).Select(group => KeyValuePair.Create(group.Key, group.First().Item2 ?? "")));

        Prop.ForAll(stores.ToArbitrary(), store =>
        {
            var tree = MemoryTree.Of(store);
            var name = $"{Guid.NewGuid():N}";
            try
            {
                MemoryDirectory.Save(tree, _temporary[name]);
            }
            catch (MemoryDirectoryException)
            {
                return !Directory.GetFileSystemEntries(_temporary.Path).Any(entry => entry.Contains(name));
            }
            return MemoryDirectory.Load(_temporary[name]).Texts.SequenceEqual(tree.Texts);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_change_can_be_applied_and_reverted()
    {
        var names = Gen.Elements("a.md", "b.md", "d/a.md", "d/b.md", "d/e/f.md", "g/h.md");
        var stores = Gen.Select(Gen.ListOf(Gen.Zip(names, Gen.Elements("", "1", "2\r\n", "\uFEFF3"))),
            pairs => MemoryTree.Of(pairs.GroupBy(pair => pair.Item1).Select(group => KeyValuePair.Create(group.Key, group.First().Item2))));

        Prop.ForAll(stores.ToArbitrary(), stores.ToArbitrary(), (before, after) =>
        {
            var directory = _temporary[$"{Guid.NewGuid():N}"];
            MemoryDirectory.Save(before, directory);

            MemoryDirectory.Apply(before, after, directory);
            var applied = MemoryDirectory.Load(directory).Texts.SequenceEqual(after.Texts);
            MemoryDirectory.Apply(after, before, directory);

            return applied && MemoryDirectory.Load(directory).Texts.SequenceEqual(before.Texts);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_path_without_a_problem_stays_inside_its_directory()
    {
        Prop.ForAll(Gen.OneOf(Paths, ArbMap.Default.GeneratorFor<string>()).Where(path => path is not null).ToArbitrary(), path =>
        {
            if (MemoryPath.Problem(path) is not null) return true;
            var full = Path.GetFullPath(Path.Combine("/store", path));
            return full == "/store/" + path && Encoding.UTF8.GetByteCount(path) < MemoryPath.BytesMax && path.Split('/').Length <= MemoryPath.SegmentsMax;
        }).QuickCheckThrowOnFailure();
    }
}
