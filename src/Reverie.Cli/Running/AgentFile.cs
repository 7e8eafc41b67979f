using System.Text.Json.Nodes;
using Reverie.Cli.Terminal;

namespace Reverie.Cli.Running;

/// <summary>An agent as a file: the fields of the contract's request that makes one, in YAML or JSON. Their rules are the server's.</summary>
internal static class AgentFile
{
    /// <exception cref="BadInputException">It is not there, too large, or holds no object.</exception>
    public static JsonObject Read(string path) =>
        ConfigurationFile.Read(path, "agent file", "holds name, model, system, tools and so on, as samples/agents/hello.yaml does") as JsonObject
            ?? throw new BadInputException($"{PlainText.Line(path)} must hold the fields of an agent: name, model, system, tools and so on");
}
