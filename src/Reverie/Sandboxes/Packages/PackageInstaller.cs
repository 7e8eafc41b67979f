namespace Reverie.Sandboxes.Packages;

/// <summary>How one manager installs into the directory it is started in.</summary>
/// <param name="Name">The manager.</param>
/// <param name="Program">The program it needs.</param>
/// <param name="Wanted">Its packages.</param>
/// <param name="Install">A script that installs the packages that are its arguments.</param>
internal sealed record PackageInstaller(string Name, string Program, Func<SandboxPackages, IReadOnlyList<string>> Wanted, string Install)
{
    /// <summary>The file with the sources of gems, inside.</summary>
    public const string GemSettings = "/mnt/.gemrc";

    // Says where pip downloads from; its options and settings name only where it looks.
    private const string PipHosts = "from pip._internal.models.index import PyPI; print(PyPI.simple_url, PyPI.file_storage_domain)";

    public static readonly IReadOnlyList<PackageInstaller> All =
    [
        new("cargo", "cargo", static p => p.Cargo, "export CARGO_HOME=/tmp/cargo; for p in \"$@\"; do cargo install --root . \"$p\" || exit; done")
        {
            Registry = static r => new() { ["CARGO_REGISTRY_DEFAULT"] = "operator", ["CARGO_REGISTRIES_OPERATOR_INDEX"] = $"sparse+{r.AbsoluteUri.TrimEnd('/')}/" },
        },
        new("gem", "gem", static p => p.Gem, "gem install --no-document --install-dir . --bindir bin \"$@\"")
        {
            Library = ("GEM_PATH", ""),
            Registry = static _ => new() { ["GEMRC"] = GemSettings },
            Sources = "gem sources",
        },
        new("go", "go", static p => p.Go, "export GOPATH=/tmp/go GOCACHE=/tmp/gocache GOBIN=$PWD/bin; for p in \"$@\"; do go install \"$p\" || exit; done")
        {
            Registry = static r => new() { ["GOPROXY"] = r.AbsoluteUri, ["GOSUMDB"] = "off" },
            Sources = "go env GOPROXY GOSUMDB",
        },
        new("npm", "npm", static p => p.Npm, "npm install --global --no-audit --no-fund --cache /tmp/npm --prefix . -- \"$@\"")
        {
            Library = ("NODE_PATH", "/lib/node_modules"),
            Registry = static r => new() { ["npm_config_registry"] = r.AbsoluteUri },
            Sources = "npm config get registry",
        },
        new("pip", "python3", static p => p.Pip, "/usr/bin/python3 -m pip install --disable-pip-version-check --no-cache-dir --target . -- \"$@\"")
        {
            Library = ("PYTHONPATH", ""),
            Registry = static r => r.Scheme == Uri.UriSchemeHttps ? new() { ["PIP_INDEX_URL"] = r.AbsoluteUri } : new() { ["PIP_INDEX_URL"] = r.AbsoluteUri, ["PIP_TRUSTED_HOST"] = r.Authority },
            Sources = $"/usr/bin/python3 -c \"{PipHosts}\"",
        },
    ];

    /// <summary>What tells a language where its packages are, and where they are below the directory; null for none.</summary>
    public (string Variable, string Path)? Library { get; private init; }

    /// <summary>Variables that put a registry in place of the manager's own.</summary>
    public required Func<Uri, Dictionary<string, string>> Registry { get; init; }

    /// <summary>A script that prints URLs or hosts the manager downloads from; null where it does not tell.</summary>
    public string? Sources { get; private init; }
}
