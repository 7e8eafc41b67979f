using System.CommandLine;
using System.Text.Json.Nodes;
using Reverie.Cli.Server;
using Reverie.Cli.Terminal;
using Reverie.Sessions.Turns;

namespace Reverie.Cli.Running;

/// <summary><c>reverie run</c>: a session of an agent that a file describes, in the terminal.</summary>
internal static class RunCommand
{
    private const int TitleCharsMax = 80;

    public static Command Create(CliContext context)
    {
        var first = new Argument<string?>("AGENT.yaml") { Description = "The agent: name, model, system, tools and so on, in YAML or JSON; left out with --resume", Arity = ArgumentArity.ZeroOrOne };
        var second = new Argument<string?>("TASK") { Description = "What to do; read from the standard input when it is left out or -", Arity = ArgumentArity.ZeroOrOne };
        var resume = new Option<string?>("--resume") { Description = "Go on with a session instead of beginning one", HelpName = "SESSION" };
        var memory = new Option<string[]>("--memory") { Description = "A memory store to mount, by id or name; :ro behind it for reading only. A name nobody has makes a store", HelpName = "STORE[:ro]", DefaultValueFactory = static _ => [] };
        var files = new Option<string[]>("--file") { Description = "A file to mount below /mnt/session/uploads", HelpName = "PATH", DefaultValueFactory = static _ => [] };
        var environment = new Option<string?>("--environment") { Description = "Where its tools run (default: an environment without network)", HelpName = "ID" };
        var model = new Option<string?>("--model") { Description = "Another model than the file's", HelpName = "MODEL" };
        var format = SessionsCommand.FormatOption();
        var data = ServeCommand.DataOption();
        var command = new ExampledCommand("run", "Run a session of an agent in the terminal; a server may run meanwhile, and need not.",
            "reverie run samples/agents/hello.yaml \"What is in this directory?\"",
            "reverie run agent.yaml \"Fix the failing test\" --memory notes --file src.tar.gz --model claude-sonnet-5-5",
            "reverie run --resume sesn_… \"And now the other one\"")
        { first, second, resume, memory, files, environment, model, format, data };
        command.IsInterruptible = true;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (one, two, session) = (parsed.GetValue(first), parsed.GetValue(second), parsed.GetValue(resume));
            var directory = parsed.GetRequiredValue(data);
            var view = SessionsCommand.View(context, parsed.GetRequiredValue(format));
            if (session is not null)
            {
                if (two is not null) throw new BadInputException("--resume: goes on with the session's own agent; leave AGENT.yaml out");
                if (parsed.GetResult(memory) is { Implicit: false } || parsed.GetResult(files) is { Implicit: false } || parsed.GetValue(environment) is not null || parsed.GetValue(model) is not null)
                    throw new BadInputException("--resume: the session keeps the memory, files, environment and model it began with; leave these options out");
                var more = await TaskAsync(context, one, cancellationToken);
                return await SessionsCommand.SendAsync(context, directory, session, view, _ => [Message(more)], cancellationToken);
            }
            if (one is null) throw new BadInputException("AGENT.yaml is missing; try: reverie run samples/agents/hello.yaml \"What is in this directory?\"");
            var file = AgentFile.Read(one);
            if (parsed.GetValue(model) is { } other) file["model"] = other;
            var task = await TaskAsync(context, two, cancellationToken);
            return await LocalServer.UseAsync(context, directory, async (api, interrupts) =>
            {
                var resources = new RunResources(api, context.Streams.Error);
                var agent = await new RunAgents(api).SaveAsync(file, one, interrupts.Leaving);
                var began = await api.PostAsync("/v1/sessions", new JsonObject
                {
                    ["agent"] = new JsonObject { ["type"] = "agent", ["id"] = agent.GetProperty("id").GetString(), ["version"] = agent.GetProperty("version").GetInt32() },
                    ["environment_id"] = parsed.GetValue(environment) ?? await resources.FindEnvironmentAsync(interrupts.Leaving),
                    ["title"] = PlainText.Line(task, TitleCharsMax),
                    ["resources"] = await resources.MountAsync(parsed.GetRequiredValue(memory), parsed.GetRequiredValue(files), interrupts.Leaving),
                }, interrupts.Leaving);
                return await new SessionDialog(context, api, began.GetProperty("id").GetString()!, directory, view, interrupts).RunAsync(_ => [Message(task)]);
            }, cancellationToken);
        });
        return command;
    }

    private static JsonObject Message(string text) => new()
    {
        ["type"] = EventTypes.UserMessage,
        ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }),
    };

    private static async Task<string> TaskAsync(CliContext context, string? given, CancellationToken cancellationToken)
    {
        if (given is null && context.Streams.InIsTerminal) throw new BadInputException("TASK is missing; say what to do, in quotes");
        var task = given is null or "-" ? await context.Streams.In.ReadToEndAsync(cancellationToken) : given;
        return string.IsNullOrWhiteSpace(task) ? throw new BadInputException("TASK is empty; say what to do") : task.TrimEnd('\r', '\n');
    }
}
