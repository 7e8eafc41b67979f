using System.Globalization;
using Reverie.Testing.Models;

// dotnet run --project tests/Reverie.Testing -- [--port N] [--key KEY] [--dream MODE]
var port = 0;
var key = FakeModelServer.DefaultKey;
string? mode = null;
for (var at = 0; at + 1 < args.Length; at += 2)
{
    if (args[at] == "--port" && int.TryParse(args[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) port = number;
    else if (args[at] == "--key") key = args[at + 1];
    else if (args[at] == "--dream") mode = args[at + 1];
}
if (args.Length % 2 != 0 || (mode is not null && !DreamingMind.Modes.Contains(mode)))
{
    await Console.Error.WriteLineAsync("usage: [--port N] [--key KEY] [--dream good|sloppy|wrong|over-long|injected|malformed]");
    return 2;
}
await using var server = await FakeModelServer.StartAsync(port, key);
if (mode is not null) server.Respond = DreamingMind.Of(mode);
Console.WriteLine($"Listening on {server.Url}");
await server.WaitForShutdownAsync();
return 0;
