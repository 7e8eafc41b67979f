using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Reverie.Cli;

/// <summary>A command whose help ends with lines to copy.</summary>
internal sealed class ExampledCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples => examples;

    /// <summary>It decides itself what Ctrl+C does.</summary>
    public bool IsInterruptible { get; set; }

    /// <summary>The <c>--help</c> of a whole command tree.</summary>
    public static HelpOption Help()
    {
        var help = new HelpOption { Recursive = true };
        help.Action = new ExamplesAction((HelpAction)help.Action!);
        return help;
    }

    private sealed class ExamplesAction(HelpAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            if (parseResult.CommandResult.Command is not ExampledCommand { Examples.Count: > 0 } command) return code;
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in command.Examples) output.WriteLine($"  {example}");
            output.WriteLine();
            return code;
        }
    }
}
