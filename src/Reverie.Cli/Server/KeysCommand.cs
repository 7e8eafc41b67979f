using System.CommandLine;
using System.Globalization;
using Reverie.Audit;
using Reverie.Cli.Terminal;
using Reverie.Keys;
using Reverie.Protocol.Ids;
using Reverie.Storage;

namespace Reverie.Cli.Server;

/// <summary><c>reverie keys</c>: who may call the server.</summary>
internal static class KeysCommand
{
    private const string Time = "yyyy-MM-dd HH:mm";

    public static Command Create(CliContext context)
    {
        var command = new ExampledCommand("keys", "Create, list and revoke the keys of the server's callers.", "reverie keys create --name laptop --data ./data", "reverie keys list", "reverie keys revoke apikey_…");
        command.Subcommands.Add(CreateCreate(context));
        command.Subcommands.Add(CreateList(context));
        command.Subcommands.Add(CreateRevoke(context));
        return command;
    }

    private static ExampledCommand CreateCreate(CliContext context)
    {
        var data = ServeCommand.DataOption();
        var name = new Option<string>("--name") { Description = "What the key is for", HelpName = "TEXT", Required = true };
        var workspace = new Option<string>("--workspace") { Description = "The workspace it opens; a new id makes a new workspace", HelpName = "ID", DefaultValueFactory = static _ => ApiKeyRepository.DefaultWorkspace };
        var command = new ExampledCommand("create", "Make a key and show its secret, once.", "reverie keys create --name ci") { name, workspace, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (label, space) = (parsed.GetRequiredValue(name), parsed.GetRequiredValue(workspace));
            if (label.Length is 0 or > 255 || label.Any(char.IsControl)) throw new BadInputException("--name must have 1 to 255 characters and no control characters");
            if (!space.StartsWith("wrkspc_", StringComparison.Ordinal) || space.Length > 64 || !space.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
                throw new BadInputException("--workspace must be wrkspc_ followed by letters, digits, _ or -, at most 64 characters in all");
            var secret = ApiKeySecret.New();
            var key = await WithKeysAsync(context, parsed.GetRequiredValue(data), (keys, database) => database.WriteAsync(async db =>
            {
                var made = await keys.CreateAsync(db, space, label, secret);
                new AuditLog(context.Time).Record(db, space, Operator.Actor, AuditActions.KeyCreated, "api_key", made.Id.Value, ("name", label));
                return made;
            }, cancellationToken), cancellationToken);
            var screen = Screen.Out(context.Streams);
            screen.Line($"{key.Id} opens {key.WorkspaceId}. Its secret, shown this once:");
            screen.Line("");
            screen.Line($"  {secret}");
            return ExitCode.Ok;
        });
        return command;
    }

    private static ExampledCommand CreateList(CliContext context)
    {
        var data = ServeCommand.DataOption();
        var command = new ExampledCommand("list", "List the keys, revoked ones too.", "reverie keys list") { data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var all = await WithKeysAsync(context, parsed.GetRequiredValue(data), (keys, database) => database.ReadAsync(keys.ListAsync, cancellationToken).AsTask(), cancellationToken);
            var screen = Screen.Out(context.Streams);
            if (all.Count == 0) screen.Line("There are no keys yet.");
            foreach (var key in all)
            {
                var state = key.RevokedAt is { } at ? $"revoked {at.ToString(Time, CultureInfo.InvariantCulture)}" : "in use";
                screen.Line($"{key.Id}  {key.WorkspaceId}  made {key.CreatedAt.ToString(Time, CultureInfo.InvariantCulture)}  {state}  {PlainText.Escaped(key.Name)}");
            }
            return ExitCode.Ok;
        });
        return command;
    }

    private static ExampledCommand CreateRevoke(CliContext context)
    {
        var data = ServeCommand.DataOption();
        var id = new Argument<string>("ID") { Description = "The key's id, as \"reverie keys list\" shows it" };
        var command = new ExampledCommand("revoke", "Refuse a key from now on; a running server notices within seconds.", "reverie keys revoke apikey_…") { id, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var text = parsed.GetRequiredValue(id);
            if (!Id<ApiKey>.TryParse(text, out var key)) throw new BadInputException($"\"{text}\" is no key id; it begins with apikey_, see \"reverie keys list\"");
            var revoked = await WithKeysAsync(context, parsed.GetRequiredValue(data), (keys, database) => database.WriteAsync(async db =>
            {
                var isNews = (await keys.ListAsync(db)).Exists(k => k.Id == key && k.RevokedAt is null);
                var gone = await keys.RevokeAsync(db, key);
                if (isNews) new AuditLog(context.Time).Record(db, gone!.WorkspaceId, Operator.Actor, AuditActions.KeyRevoked, "api_key", key.Value);
                return gone;
            }, cancellationToken), cancellationToken)
                ?? throw new BadInputException($"there is no key {text}; see \"reverie keys list\"");
            Screen.Out(context.Streams).Line($"{revoked.Id} is revoked.");
            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<T> WithKeysAsync<T>(CliContext context, string data, Func<ApiKeyRepository, Database, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var database = await DatabaseSettings.OpenAsync(Path.GetFullPath(data), cancellationToken);
        return await work(new ApiKeyRepository(new IdGenerator(context.Time), context.Time), database);
    }
}
