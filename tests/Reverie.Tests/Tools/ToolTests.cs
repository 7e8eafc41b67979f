using System.Text.Json;
using Reverie.Sandboxes;
using Reverie.Tests.Sandboxes;
using Reverie.Tools;
using Reverie.Tools.Web;

namespace Reverie.Tests.Tools;

/// <summary>Calls of tools as a model makes them.</summary>
internal static class ToolCalls
{
    private static readonly ToolBox Box = new(new WebFetcher());

    public static async Task<ToolOutput> CallAsync(this ISandbox sandbox, string name, object input) =>
        await Box.RunAsync(new("toolu_1", name, JsonSerializer.SerializeToElement(input)), sandbox, TestContext.Current.CancellationToken);

    public static async Task<ToolOutput> CallJsonAsync(this ISandbox sandbox, string name, string input)
    {
        using var parsed = JsonDocument.Parse(input);
        return await Box.RunAsync(new("toolu_1", name, parsed.RootElement), sandbox, TestContext.Current.CancellationToken);
    }

    public static string Text(this ToolOutput output) => string.Join('\n', output.Content.OfType<ToolContent.Text>().Select(static t => t.Value));

    public static void IsFine(this ToolOutput output, string text)
    {
        Assert.Equal(text, output.Text());
        Assert.False(output.IsError);
    }

    public static void IsError(this ToolOutput output, string text)
    {
        Assert.Equal(text, output.Text());
        Assert.True(output.IsError);
    }

    public static void IsErrorWith(this ToolOutput output, string part)
    {
        Assert.Contains(part, output.Text(), StringComparison.Ordinal);
        Assert.True(output.IsError);
    }
}

/// <summary>A sandbox whose files the tools may touch. Its commands run where the machine can.</summary>
public abstract class ToolTests : IAsyncLifetime
{
    private readonly SandboxMachine _machine = new();
    private SandboxHost? _host;

    private protected SandboxMachine Machine => _machine;

    private protected ISandbox Sandbox { get; private set; } = null!;

    private protected string Work => _machine.Work;

    public virtual async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Sandboxes need Linux.");
        _host = await SandboxMachine.ProbeAsync();
        var notes = _machine.Mount("notes", "/mnt/memory/notes", isReadOnly: false);
        var library = _machine.Mount("library", "/mnt/memory/library", isReadOnly: true);
        _machine.Place.Write("library/book.md", "printed\n");
        _machine.Place.Write("secret", "open-sesame\n");
        Sandbox = _host.Open(_machine.Spec(s => s with { Mounts = [notes, library] }));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Sandbox is not null) await Sandbox.DisposeAsync();
        _machine.Dispose();
    }

    private protected void RequireCommands() => Assert.SkipUnless(_host!.Support.Level == SandboxLevel.Namespaces, _host.Support.Reason);

    private protected void Put(string path, string text) => _machine.Place.Write(Path.Combine("work", path), text);
}
