using System.Text.Json;
using Reverie.Cli.Tests.Running;
using Reverie.Evaluations;

namespace Reverie.Cli.Tests.Evaluations;

/// <summary>An agent whose answer depends on its memory, two tasks, and memories as directories.</summary>
internal sealed class EvalWorld : IDisposable
{
    /// <summary>Knows the port only from its memory, and the colour anyway.</summary>
    public const string Knowing = """
        name: knowing
        model: reverie/scripted
        system: |
          answers:
            - call: {tool: read, input: {file_path: /mnt/memory/notes/ports.md}}
            - choose:
                - if_user_says: colour
                  say: The colour is blue.
                - if_result_says: "8443"
                  say: The port is 8443.
                - say: The port is 80.
        tools: [{type: agent_toolset_20260401}]
        """;

    public const string Tasks = """
        - {name: port, task: Which port?, check: {contains: "8443"}}
        - {name: colour, task: Which colour?, check: {matches: "blue\\.$"}}
        """;

    public EvalWorld()
    {
        Run.With("agent.yaml", Knowing).With("tasks.yaml", Tasks);
        Memory("notes", "ports.md", "Staging listens on 8443.");
    }

    public RunWorld Run { get; } = new();

    public EvalWorld Memory(string directory, string path, string text)
    {
        Directory.CreateDirectory(Path.Combine(Run.Root, directory));
        File.WriteAllText(Path.Combine(Run.Root, directory, path), text);
        return this;
    }

    /// <summary>Evaluates the agent file with the tasks file.</summary>
    public Task<Ran> EvalAsync(params string[] args) => Run.RunAsync(["eval", "tasks.yaml", "--agent", "agent.yaml", .. args]);

    /// <summary>Makes a store of a directory.</summary>
    public async Task ImportAsync(string directory, string name)
    {
        Directory.CreateDirectory(Path.Combine(Run.Root, "reverie-data"));
        Assert.Equal(0, (await Run.RunAsync("memory", "import", directory, "--name", name)).Code);
    }

    public EvaluationReport Report(string name = "report.json") => EvaluationReportJson.Read(File.ReadAllText(Path.Combine(Run.Root, name)));

    public JsonElement Json(string name = "report.json") => JsonElement.Parse(File.ReadAllText(Path.Combine(Run.Root, name)));

    public void Dispose() => Run.Dispose();
}
