using FsCheck;
using FsCheck.Fluent;

namespace Reverie.Server.Tests.Hosting;

/// <summary>
/// Checks a law on many drawn cases. The seed is fixed, so that a run repeats; REVERIE_SEED sets another one, and a failure
/// names the seed that shows it.
/// </summary>
internal static class Law
{
    /// <summary>Far from small, so that neighbouring seeds share no cases.</summary>
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    public static ulong Seed { get; } = ulong.TryParse(Environment.GetEnvironmentVariable("REVERIE_SEED"), out var seed) ? seed : 20_260_101;

    public static void Of<T>(int cases, Gen<T> gen, Func<T, Task> holds) =>
        Prop.ForAll(gen.ToArbitrary(), value => holds(value).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(new Replay(new Rnd(Seed, Gamma), null)));
}
