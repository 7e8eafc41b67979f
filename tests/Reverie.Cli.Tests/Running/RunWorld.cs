using System.Diagnostics;

namespace Reverie.Cli.Tests.Running;

/// <summary>A directory with agent files, and the program run in it.</summary>
internal sealed class RunWorld : IDisposable
{
    /// <summary>Says something, calls a tool, and tells what it answered; then the same again.</summary>
    public const string Hello = """
        name: hello
        model: reverie/scripted
        system: |
          answers:
            - say: I look.
              call: {tool: bash, input: {command: echo found-it}}
            - say: "For {{user}}: {{result}}"
          repeat: true
        tools: [{type: agent_toolset_20260401}]
        """;

    public const string Careful = """
        name: careful
        model: reverie/scripted
        system: |
          answers:
            - call: {tool: bash, input: {command: echo ran}}
            - say: "Then: {{result}}"
          repeat: true
        tools: [{type: agent_toolset_20260401, default_config: {permission_policy: {type: always_ask}}}]
        """;

    /// <summary>Its one tool call takes longer than any test.</summary>
    public const string Slow = """
        name: slow
        model: reverie/scripted
        system: |
          answers:
            - say: I begin.
              call: {tool: bash, input: {command: sleep 600}}
            - say: "Then: {{result}}"
        tools: [{type: agent_toolset_20260401}]
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("reverie-run-test-");

    public string Root => _root.FullName;

    public RunWorld With(string name, string text)
    {
        File.WriteAllText(Path.Combine(Root, name), text);
        return this;
    }

    public async Task<Ran> RunAsync(params string[] args)
    {
        using var process = CliProcess.Start(Root, args);
        process.StandardInput.Close();
        return await CliProcess.EndAsync(process);
    }

    /// <summary>A server on the directory that the other commands use; disposing it kills it.</summary>
    public async Task<RunningServer> ServeAsync()
    {
        var process = CliProcess.Start(Root, "serve", "--urls", "http://127.0.0.1:0");
        await CliProcess.LineAsync(process, "Listening on");
        return new RunningServer(process);
    }

    /// <summary>The one session there is.</summary>
    public async Task<string> SessionAsync() => (await RunAsync("sessions", "list")).Out.Split(' ')[0];

    public void Dispose() => _root.Delete(recursive: true);
}

/// <summary>A server that is killed at the end.</summary>
internal sealed class RunningServer(Process process) : IDisposable
{
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }
}
