namespace Reverie.Dreaming;

/// <summary>
/// Does independent pieces of work on at most so many threads at a time, also where one piece does several side by side
/// itself. Results come in the order of the work, whichever piece ends first.
/// </summary>
internal sealed class SideBySide(int threads, CancellationToken cancellationToken)
{
    private readonly ParallelOptions _options = new()
    {
        MaxDegreeOfParallelism = Math.Max(1, threads),
        TaskScheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, Math.Max(1, threads)).ConcurrentScheduler,
        CancellationToken = cancellationToken,
    };

    public List<TResult> Map<T, TResult>(IReadOnlyList<T> work, Func<T, TResult> map)
    {
        var results = new TResult[work.Count];
        Do([.. work.Select((piece, i) => (Action)(() => results[i] = map(piece)))]);
        return [.. results];
    }

    /// <summary>Throws what the first piece that failed threw.</summary>
    public void Do(params Action[] work)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (threads <= 1)
        {
            foreach (var piece in work)
            {
                cancellationToken.ThrowIfCancellationRequested();
                piece();
            }
            return;
        }
        try
        {
            // One piece at a time for each thread: the pieces differ in size by orders of magnitude.
            Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(work, System.Collections.Concurrent.EnumerablePartitionerOptions.NoBuffering), _options, static piece => piece());
        }
        catch (AggregateException failures)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failures.Flatten().InnerExceptions[0]);
        }
    }
}
