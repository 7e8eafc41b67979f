namespace Reverie.Sandboxes.Launch;

/// <summary>The few files of <c>/etc</c> a sandbox has of its own, so that it sees no account or host of this machine.</summary>
internal static class AccountFiles
{
    private static readonly (string Name, string Text)[] All =
    [
        ("passwd", $"root:x:0:0:root:/root:/bin/bash\nagent:x:1000:1000:agent:{Bubblewrap.Home}:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n"),
        ("group", "root:x:0:\nagent:x:1000:\nnogroup:x:65534:\n"),
        ("hosts", "127.0.0.1 localhost sandbox\n::1 localhost\n"),
        ("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n"),
    ];

    public static IEnumerable<string> Names => All.Select(static f => f.Name);

    public static string PathOf(SandboxHostOptions host, string name) => Path.Combine(host.Directory, "etc", name);

    public static void Write(SandboxHostOptions host)
    {
        Directory.CreateDirectory(Path.Combine(host.Directory, "etc"));
        foreach (var (name, text) in All) File.WriteAllText(PathOf(host, name), text);
    }
}
