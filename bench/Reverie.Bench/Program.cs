using Reverie.Bench;

if (Measure.IsAsked(args)) return await Measure.RunAsync(args);
return BenchOptions.Parse(args) is { } options ? await Report.WriteAsync(options) : BenchOptions.Usage();
