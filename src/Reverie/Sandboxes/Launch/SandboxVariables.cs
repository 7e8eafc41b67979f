namespace Reverie.Sandboxes.Launch;

/// <summary>The environment variables inside: none of the server's.</summary>
internal static class SandboxVariables
{
    private const string SystemPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public static SortedDictionary<string, string> Of(SandboxSpec spec, SandboxAdditions additions)
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["HOME"] = Bubblewrap.Home,
            ["USER"] = "agent",
            ["LANG"] = "C.UTF-8",
            ["TERM"] = "dumb",
            ["PATH"] = SystemPath,
            ["TMPDIR"] = "/tmp",
            ["PYTHONUNBUFFERED"] = "1",
        };
        foreach (var (name, value) in additions.Variables) variables[name] = name == "PATH" ? $"{value}:{SystemPath}" : value;
        foreach (var (name, value) in spec.Variables) variables[name] = value;
        return variables;
    }
}
