using System.Globalization;
using Reverie.Bench.Contention;

const int clients = 64, memories = 50;
if (args is not [var url, var text] || !int.TryParse(text, CultureInfo.InvariantCulture, out var seconds) || Environment.GetEnvironmentVariable("REVERIE_API_KEY") is not { } key)
{
    Console.Error.WriteLine("usage: REVERIE_API_KEY=KEY … URL SECONDS");
    return 2;
}
using var node = new HttpClient { BaseAddress = new Uri(url) };
node.DefaultRequestHeaders.Add("x-api-key", key);
node.DefaultRequestHeaders.Add("anthropic-beta", "agent-memory-2026-07-22");
// What is compiled at run time is compiled before the clock runs.
await new ContendedStore([node], clients, memories, seed: 0).RunAsync(2000, CancellationToken.None, CancellationToken.None);
using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), TimeProvider.System);
var result = await new ContendedStore([node], clients, memories, seed: 1).RunAsync(int.MaxValue, enough.Token, CancellationToken.None);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{result.Taken} writes taken, {result.Refused} refused in {result.Elapsed.TotalSeconds:F1} s: {result.Taken / result.Elapsed.TotalSeconds:F0} taken/s, {(result.Taken + result.Refused) / result.Elapsed.TotalSeconds:F0} answered/s, p50 {result.Percentile(0.5).TotalMilliseconds:F1} ms, p99 {result.Percentile(0.99).TotalMilliseconds:F1} ms, {result.Problems.Count} problems"));
foreach (var problem in result.Problems.Take(10)) Console.Error.WriteLine(problem);
return result.Problems.Count == 0 ? 0 : 1;
