using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Cli.Running;
using Reverie.Cli.Server;
using Reverie.Cli.Terminal;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;

namespace Reverie.Cli.Proof;

/// <summary><c>reverie provenance</c>: what each passage of a memory rests on.</summary>
internal static class ProvenanceCommand
{
    public static Command Create(CliContext context)
    {
        var store = new Argument<string>("STORE") { Description = "The store's id, as \"reverie memory list\" shows it" };
        var path = new Argument<string>("PATH") { Description = "The memory, such as /playbooks/errors.md" };
        var (format, data, url) = (ProofOptions.Format(), ServeCommand.DataOption(), ChosenServer.UrlOption());
        var command = new ExampledCommand("provenance", "Say of each passage of a memory who wrote it and on which dreams, sessions and people it rests.",
            "reverie provenance memstore_… /playbooks/errors.md", "reverie provenance memstore_… /playbooks/errors.md --format json")
        { store, path, format, data, url };
        command.IsInterruptible = true;
        command.SetAction((parsed, cancellationToken) =>
        {
            var (id, at) = (ProofOptions.StoreId(parsed.GetRequiredValue(store)), parsed.GetRequiredValue(path));
            var name = at.StartsWith('/') ? at : $"/{at}";
            return ChosenServer.UseAsync(context, parsed.GetRequiredValue(data), parsed.GetValue(url), async (api, cancel) =>
            {
                var passages = new List<JsonElement>();
                await foreach (var passage in api.ListAsync($"/v1/reverie/memory_stores/{id}/provenance?path={Uri.EscapeDataString(name)}&limit=1000", cancel)) passages.Add(passage);
                if (parsed.GetRequiredValue(format) == "json") await context.Streams.Out.WriteLineAsync(new JsonArray([.. passages.Select(static p => JsonNode.Parse(p.GetRawText()))]).ToJsonString(ProofOptions.Indented));
                else await ShowAsync(context, api, id, passages.ConvertAll(static p => p.Deserialize(WireJson.Wire.MemoryPassage)!), cancel);
                return ExitCode.Ok;
            }, cancellationToken);
        });
        return command;
    }

    private static async Task ShowAsync(CliContext context, Api api, Id<MemoryStore> store, List<MemoryPassage> passages, CancellationToken cancellationToken)
    {
        var screen = Screen.Out(context.Streams);
        if (passages.Count == 0)
        {
            screen.Line("The memory is empty.");
            return;
        }
        var memory = await api.GetAsync($"/v1/memory_stores/{store}/memories/{passages[0].MemoryId}?view=full", cancellationToken);
        new PassageView(screen, memory.GetProperty("content").GetString()!.Split('\n')).Write(passages);
    }
}
