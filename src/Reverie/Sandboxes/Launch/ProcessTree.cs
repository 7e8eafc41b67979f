using System.Globalization;

namespace Reverie.Sandboxes.Launch;

/// <summary>What descends from a process, as the kernel lists it.</summary>
internal static class ProcessTree
{
    private const int ProcessesMax = 4_096;

    public static IReadOnlyList<int> ChildrenOf(int processId)
    {
        try
        {
            var children = new List<int>();
            foreach (var thread in Directory.EnumerateDirectories($"/proc/{processId}/task"))
                foreach (var child in File.ReadAllText(thread + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                    children.Add(int.Parse(child, CultureInfo.InvariantCulture));
            return children;
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>Bytes of memory that a process and its descendants hold; what they share counts for each of them.</summary>
    public static long ResidentBytes(int processId)
    {
        var pages = 0L;
        var waiting = new Queue<int>([processId]);
        for (var seen = 0; seen < ProcessesMax && waiting.TryDequeue(out var next); seen++)
        {
            pages += ResidentPages(next);
            foreach (var child in ChildrenOf(next)) waiting.Enqueue(child);
        }
        return pages * Environment.SystemPageSize;
    }

    private static long ResidentPages(int processId)
    {
        try
        {
            return long.Parse(File.ReadAllText($"/proc/{processId}/statm").Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
