using Reverie.Bench.Turns;

// The load must cost little beside what it measures: each client goes on where its answer was noticed.
if (!ServerProcess.IsServer(args)) Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
return args switch
{
    [ServerProcess.Reverie, var directory, var wait] => await MeasuredServer.RunAsync(directory, ServerProcess.Milliseconds(wait)),
    [ServerProcess.Floor, var file, var wait] => await FloorServer.RunAsync(file, isStepwise: true, ServerProcess.Milliseconds(wait)),
    [ServerProcess.FloorAtOnce, var file, var wait] => await FloorServer.RunAsync(file, isStepwise: false, ServerProcess.Milliseconds(wait)),
    [ServerProcess.Bare, _, var wait] => await FloorServer.RunAsync(file: null, isStepwise: true, ServerProcess.Milliseconds(wait)),
    _ => BenchOptions.Parse(args) is { } options ? await Report.WriteAsync(options) : BenchOptions.Usage(),
};
