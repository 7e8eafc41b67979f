using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Reverie.Bench.Hands;
using Reverie.Sandboxes;

if (args.Length > 1 || (args.Length == 1 && !int.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out _)))
{
    Console.Error.WriteLine("usage: Reverie.Bench.Hands [CALLS]");
    return 2;
}
var calls = args.Length == 1 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 300;
var place = Directory.CreateTempSubdirectory("reverie-bench-hands-").FullName;
try
{
    var host = await SandboxHost.ProbeAsync(new SandboxHostOptions { Directory = Path.Combine(place, "host") }, TimeProvider.System, NullLogger<SandboxHost>.Instance, CancellationToken.None);
    if (host.Support.Level != SandboxLevel.Namespaces)
    {
        Console.Error.WriteLine(host.Support.Reason);
        return 1;
    }
    await using var workshop = await Workshop.OpenAsync(place, host);
    await Report.WriteAsync(workshop, calls);
    return 0;
}
finally
{
    Directory.Delete(place, recursive: true);
}
