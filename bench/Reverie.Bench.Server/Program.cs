using Reverie.Bench.Server;

// The load must cost little beside what it measures: each client goes on where its answer was noticed.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
return args switch
{
    [ReferenceServers.Bare] => await ReferenceServers.RunBareAsync(),
    [ReferenceServers.Floor, var file] => await ReferenceServers.RunFloorAsync(file),
    _ => BenchOptions.Parse(args) is { } options ? await Report.WriteAsync(options) : BenchOptions.Usage(),
};
