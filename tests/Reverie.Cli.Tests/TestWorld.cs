using Reverie.Cli.Terminal;
using Reverie.Dreaming;
using Reverie.Dreams;
using Reverie.Memory;
using Reverie.Protocol.Dreams;

namespace Reverie.Cli.Tests;

/// <summary>A directory of its own for one test, and the command line run in it.</summary>
internal sealed class TestWorld : IDisposable
{
    public const string Session = """
        {"external_id":"s1","source":"test","agent":"a","created_at":"2026-01-01T00:00:00Z","events":[{"type":"user.message","content":[{"type":"text","text":"hello"}]}]}
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("reverie-cli-test-");

    public TestWorld()
    {
        Directory.CreateDirectory(MemoryDir);
        File.WriteAllText(Sessions, Session + "\n");
    }

    public string Root => _root.FullName;

    public string MemoryDir => In("memory");

    public string Out => In("out");

    public string Report => In("report.json");

    public string Sessions => In("one.sessions.jsonl");

    public string[] Dream => ["dream", "--sessions", Sessions, "--memory", MemoryDir, "--out", Out];

    public string In(string name) => Path.Combine(Root, name);

    /// <summary>Writes a store and the report of a dream over it.</summary>
    public void Given(MemoryTree memory, DreamReport report)
    {
        Directory.Delete(MemoryDir);
        MemoryDirectory.Save(memory, MemoryDir);
        using var pending = ReportFile.Prepare(Report, report);
        pending.Commit();
    }

    public MemoryTree Memory() => MemoryDirectory.Load(MemoryDir);

    public DreamReport ReportNow() => ReportFile.Load(Report);

    public Task<Ran> RunAsync(params string[] args) => RunAsync(Answering(""), args);

    public Task<Ran> RunWithAnswersAsync(string answers, params string[] args) => RunAsync(Answering(answers), args);

    public Task<Ran> RunOnTerminalAsync(bool noColor, params string[] args) =>
        RunAsync(new CliStreams(new StringWriter(), new StringWriter(), new StringReader(""), InIsTerminal: false, OutIsTerminal: true,
            ErrorIsTerminal: true, noColor, WidthColumns: 100), args);

    public void Dispose() => _root.Delete(recursive: true);

    private static CliStreams Answering(string answers) => new(new StringWriter(), new StringWriter(), new StringReader(answers),
        InIsTerminal: false, OutIsTerminal: false, ErrorIsTerminal: false, NoColor: false, WidthColumns: 100);

    private async Task<Ran> RunAsync(CliStreams streams, string[] args)
    {
        var code = await ReverieApp.RunAsync(args, new CliContext(streams, TimeProvider.System, Editor: null, Root, IsDebug: false));
        return new(code, streams.Out.ToString()!, streams.Error.ToString()!);
    }
}

/// <summary>What a command line did.</summary>
internal sealed record Ran(int Code, string Out, string Error);
