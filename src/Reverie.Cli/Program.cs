using Reverie.Cli;

return await ReverieApp.RunAsync(args, CliContext.OfProcess());
