namespace Reverie.Dreaming.Tests.Bounds;

/// <summary>How work grows with its input, told by what it allocates: unlike time, that is the same in every run.</summary>
internal static class Growth
{
    private const int Factor = 4;

    /// <summary>Linear growth gives the factor itself, quadratic growth its square; in between lie sorting and growing lists.</summary>
    private const int GrowthMax = 2 * Factor;

    /// <summary>Asserts that the work prepared for <paramref name="size"/>, and for four times as much, allocates about four times as much.</summary>
    public static void IsLinear(int size, Func<int, Action> prepare)
    {
        prepare(size)();
        var small = Allocated(prepare(size));
        var large = Allocated(prepare(Factor * size));

        Assert.True(large < GrowthMax * small, $"{Factor} times the input allocates {large / (double)small:0.0} times as much ({small} and {large} bytes)");
    }

    private static long Allocated(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
