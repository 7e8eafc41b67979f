using System.CommandLine;
using System.Globalization;
using Reverie.Audit;
using Reverie.Cli.Terminal;
using Reverie.Dreams.Provenance;
using Reverie.Keys;
using Reverie.Memory.Archives;
using Reverie.Memory.Stores;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Memory;
using Reverie.Storage;

namespace Reverie.Cli.Server;

/// <summary><c>reverie memory</c>: the server's memory stores as files. A server may run meanwhile.</summary>
internal static class MemoryCommands
{
    private const int ListedMax = 1_000;

    public static Command Create(CliContext context)
    {
        var command = new ExampledCommand("memory", "List, export and import the server's memory stores.",
            "reverie memory list --data ./data", "reverie memory export --store memstore_… --to notes.tar.gz --data ./data", "reverie memory import notes.tar.gz --data ./data");
        command.Subcommands.Add(CreateList(context));
        command.Subcommands.Add(CreateExport(context));
        command.Subcommands.Add(CreateImport(context));
        return command;
    }

    private static ExampledCommand CreateList(CliContext context)
    {
        var (data, workspace) = (ServeCommand.DataOption(), WorkspaceOption());
        var command = new ExampledCommand("list", "List the stores, newest first, archived ones too.", "reverie memory list --data ./data") { workspace, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var database = await OpenAsync(parsed.GetRequiredValue(data), cancellationToken);
            var stores = new MemoryStoreRepository(new IdGenerator(context.Time), context.Time);
            var space = parsed.GetRequiredValue(workspace);
            var all = await database.ReadAsync(db => stores.ListAsync(db, space, TimeRange.All, isArchivedShown: true, after: null, ListedMax), cancellationToken);
            var screen = Screen.Out(context.Streams);
            if (all.Count == 0) screen.Line($"There are no memory stores in {PlainText.Escaped(PlainText.Line(space))}.");
            foreach (var store in all)
                screen.Line($"{store.Id}  made {store.CreatedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}  {(store.ArchivedAt is null ? "in use  " : "archived")}  {PlainText.Escaped(PlainText.Line(store.Name))}");
            return ExitCode.Ok;
        });
        return command;
    }

    private static ExampledCommand CreateExport(CliContext context)
    {
        var (data, workspace) = (ServeCommand.DataOption(), WorkspaceOption());
        var store = new Option<string>("--store") { Description = "The store's id, as \"reverie memory list\" shows it", HelpName = "ID", Required = true };
        var target = new Option<string>("--to") { Description = "A new file ending in .tar.gz, or a new directory with the memories as plain files", HelpName = "DIR|FILE.tar.gz", Required = true };
        var command = new ExampledCommand("export", "Write a store with its whole history to a file or a directory.",
            "reverie memory export --store memstore_… --to notes.tar.gz", "reverie memory export --store memstore_… --to ./notes")
        { store, target, workspace, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var text = parsed.GetRequiredValue(store);
            if (!Id<MemoryStore>.TryParse(text, out var id)) throw new BadInputException($"\"{text}\" is no store id; it begins with memstore_, see \"reverie memory list\"");
            var to = parsed.GetRequiredValue(target);
            if (Path.Exists(to)) throw new BadInputException($"{to} is there already; name a new file or directory so that nothing is overwritten");
            var scope = new MemoryScope(parsed.GetRequiredValue(workspace), id);
            await using var database = await OpenAsync(parsed.GetRequiredValue(data), cancellationToken);
            await using var place = ExportPlace.At(to);
            _ = await database.ReadAsync(db => Archives(context).ExportAsync(db, scope, place.Target, cancellationToken), cancellationToken)
                ?? throw new BadInputException($"there is no store {text} in {scope.WorkspaceId}; see \"reverie memory list\"");
            await place.CompleteAsync();
            Screen.Out(context.Streams).Line($"{text} written to {PlainText.Escaped(PlainText.Line(to))}");
            return ExitCode.Ok;
        });
        return command;
    }

    private static ExampledCommand CreateImport(CliContext context)
    {
        var (data, workspace) = (ServeCommand.DataOption(), WorkspaceOption());
        var source = new Argument<string>("FROM") { Description = "A tar file, gzipped or not, or a directory: exported, or just files" };
        var name = new Option<string?>("--name") { Description = "The store's name (default: the one it had)", HelpName = "TEXT" };
        var command = new ExampledCommand("import", "Make a new store of an export or of a directory of text files.",
            "reverie memory import notes.tar.gz", "reverie memory import ./notes --name \"Team notes\"")
        { source, name, workspace, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (from, label, space) = (parsed.GetRequiredValue(source), parsed.GetValue(name), parsed.GetRequiredValue(workspace));
            if (label is not null && MemoryStoreRules.NameProblem(label) is { } problem) throw new BadInputException($"--name {problem}");
            await using var database = await OpenAsync(parsed.GetRequiredValue(data), cancellationToken);
            await using var received = await ReadAsync(context, from, cancellationToken);
            var made = await database.WriteAsync(async db =>
            {
                var imported = await Archives(context).ImportAsync(db, space, received, label);
                new AuditLog(context.Time).Record(db, space, Operator.Actor, AuditActions.StoreImported, "memory_store", imported.MemoryStore.Id.Value, ("memory_count", imported.MemoryCount.ToString()), ("version_count", imported.VersionCount.ToString()));
                return imported;
            }, cancellationToken);
            Screen.Out(context.Streams).Line($"{made.MemoryStore.Id} holds {made.MemoryCount:N0} memories with {made.VersionCount:N0} versions{(made.IdsKept ? ", under the ids they had" : "")}.");
            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<ReceivedStore> ReadAsync(CliContext context, string from, CancellationToken cancellationToken)
    {
        var ids = new IdGenerator(context.Time);
        if (Directory.Exists(from)) return await ReceivedStore.ReadAsync(ArchiveEntries.OfDirectoryAsync(from), ids, Operator.Actor, context.Time, cancellationToken);
        if (!File.Exists(from)) throw new BadInputException($"there is no file or directory {from}");
        await using var file = File.OpenRead(from);
        return await ReceivedStore.ReadAsync(ArchiveEntries.OfTarAsync(file, cancellationToken), ids, Operator.Actor, context.Time, cancellationToken);
    }

    private static MemoryStoreArchives Archives(CliContext context)
    {
        var ids = new IdGenerator(context.Time);
        return new MemoryStoreArchives(new MemoryStoreRepository(ids, context.Time), new MemoryRepository(ids, context.Time), new MemoryVersionRepository(context.Time), new ChangeRecords(), ids, context.Time);
    }

    private static Task<Database> OpenAsync(string data, CancellationToken cancellationToken) => DatabaseSettings.OpenAsync(Path.GetFullPath(data), cancellationToken);

    private static Option<string> WorkspaceOption() =>
        new("--workspace") { Description = "The workspace of the stores", HelpName = "ID", DefaultValueFactory = static _ => ApiKeyRepository.DefaultWorkspace };
}
