using System.Security.Cryptography;
using System.Text;
using Reverie.Cli.Terminal;
using Reverie.Dreaming;
using Reverie.Memory;
using Reverie.Protocol.Sessions;

namespace Reverie.Cli.Evaluations;

/// <summary>The memory that one side has.</summary>
internal abstract record MemorySpec
{
    private MemorySpec() { }

    /// <summary>For people.</summary>
    public abstract string Name { get; }

    /// <summary>What it is, as far as the person said it: equal for equal memories.</summary>
    public abstract string Fingerprint { get; }

    public sealed record None : MemorySpec
    {
        public override string Name => "no memory";

        public override string Fingerprint => "none";
    }

    /// <summary>A store of the server.</summary>
    /// <param name="IdOrName">As it was given.</param>
    /// <param name="At">A version or a time of it; null for the newest.</param>
    public sealed record Store(string IdOrName, string? At) : MemorySpec
    {
        public override string Name => At is null ? IdOrName : $"{IdOrName}@{At}";

        public override string Fingerprint => $"store {Name}";
    }

    /// <summary>A directory of text files.</summary>
    public sealed record Files(string Path, MemoryTree Tree) : MemorySpec
    {
        public override string Name => Path;

        public override string Fingerprint
        {
            get
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                foreach (var (path, text) in Tree.Texts) hash.AppendData(Encoding.UTF8.GetBytes($"{path}\0{MemoryTree.Sha256(text)}\0"));
                return $"files {Convert.ToHexStringLower(hash.GetHashAndReset())}";
            }
        }
    }

    /// <summary>Reads what was given on the command line. With a slash it is a directory, and behind an @ a version or time of a store.</summary>
    /// <exception cref="BadInputException">It is empty, or a directory that cannot be a memory.</exception>
    public static MemorySpec Parse(string given)
    {
        if (string.IsNullOrWhiteSpace(given)) throw new BadInputException("--memory must not be empty; name a store or a directory");
        if (given.Contains('/')) return new Files(given, MemoryDirectory.Load(given));
        if (given is "." or "..") return Parse(given + "/");
        var mark = given.LastIndexOf('@');
        var at = mark > 0 ? given[(mark + 1)..] : "";
        return at.StartsWith("memver_", StringComparison.Ordinal) || Rfc3339.TryRead(at, out _) ? new Store(given[..mark], at) : new Store(given, null);
    }
}
