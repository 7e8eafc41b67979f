using System.CommandLine;
using Reverie.Cli.Terminal;
using Reverie.Storage;

namespace Reverie.Cli.Server;

/// <summary><c>reverie backup</c> and <c>reverie restore</c>: the server's data in one file, and back.</summary>
internal static class BackupCommands
{
    public static Command CreateBackup(CliContext context)
    {
        var data = ServeCommand.DataOption();
        var target = new Option<string>("--to") { Description = "The file to write; must not exist", HelpName = "FILE", Required = true };
        var command = new ExampledCommand("backup", "Copy everything the server keeps into one file, while it runs.", "reverie backup --data ./data --to reverie-monday.db") { data, target };
        command.SetAction(parsed =>
        {
            RefusePostgres("pg_dump makes backups of it");
            var file = Path.GetFullPath(parsed.GetRequiredValue(target));
            SqliteBackup.Create(DataDirectory.FileIn(Path.GetFullPath(parsed.GetRequiredValue(data))), file);
            Screen.Out(context.Streams).Line($"{PlainText.Escaped(PlainText.Line(file))} holds everything, {new FileInfo(file).Length:N0} bytes, checked.");
            return ExitCode.Ok;
        });
        return command;
    }

    public static Command CreateRestore(CliContext context)
    {
        var file = new Argument<string>("FILE") { Description = "What \"reverie backup\" wrote" };
        var data = ServeCommand.DataOption();
        var force = new Option<bool>("--force") { Description = "Move what is in the directory aside instead of refusing" };
        var command = new ExampledCommand("restore", "Make a data directory of a backup; no server may run on it.", "reverie restore reverie-monday.db --data ./data", "reverie restore reverie-monday.db --data ./data --force") { file, data, force };
        command.SetAction(parsed =>
        {
            RefusePostgres("pg_restore brings its backups back");
            var directory = Path.GetFullPath(parsed.GetRequiredValue(data));
            var aside = DataRestore.Run(Path.GetFullPath(parsed.GetRequiredValue(file)), directory, parsed.GetValue(force), context.Time);
            var screen = Screen.Out(context.Streams);
            screen.Line($"{PlainText.Escaped(PlainText.Line(directory))} is restored; start the server with --data.");
            if (aside is not null) screen.Line($"What was there lies in {PlainText.Escaped(PlainText.Line(aside))}.");
            return ExitCode.Ok;
        });
        return command;
    }

    private static void RefusePostgres(string hint)
    {
        if (DatabaseSettings.ConnectionString is not null) throw new BadInputException($"REVERIE_DATABASE names a PostgreSQL database; {hint}. Unset it to work on a data directory");
    }
}
