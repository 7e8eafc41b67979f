namespace Reverie.Dreaming.Models;

/// <summary>Asks a model, and once more where its answer does not hold.</summary>
internal sealed class Exchange(IDreamModel model)
{
    private const int ProblemsShown = 12;

    /// <summary>What the model could not be asked any more for; null while it can.</summary>
    public string? Ended { get; private set; }

    /// <summary>Requests that did not fit into the budget.</summary>
    public int Unaffordable { get; private set; }

    /// <summary>Why; null while all did.</summary>
    public string? Budget { get; private set; }

    /// <summary>
    /// What could be read of the answer and, if anything was wrong with it, of a second one. The problems are those that
    /// remain; where there was no answer at all the only problem says why.
    /// </summary>
    public async Task<AnswerReading<T>> AskAsync<T>(DreamRequest request, Func<DreamAnswer, AnswerReading<T>> read, CancellationToken cancellationToken)
    {
        var first = await TryAsync(request, read, cancellationToken).ConfigureAwait(false);
        if (first.Failure is not null || first.Reading.Problems.Count == 0) return first.Reading;
        var repair = request with
        {
            IsRepair = true,
            Task = Prompts.Fill("repair", ("task", request.Task), ("problems", string.Join('\n', first.Reading.Problems.Distinct(StringComparer.Ordinal).Take(ProblemsShown).Select(static p => $"- {p}")))),
        };
        var second = await TryAsync(repair, read, cancellationToken).ConfigureAwait(false);
        var items = new Dictionary<string, T>(second.Reading.Items, StringComparer.Ordinal);
        foreach (var (key, item) in first.Reading.Items) items[key] = item;
        return new AnswerReading<T>(items, second.Failure is null ? second.Reading.Problems : first.Reading.Problems);
    }

    private async Task<(AnswerReading<T> Reading, DreamModelFailure? Failure)> TryAsync<T>(DreamRequest request, Func<DreamAnswer, AnswerReading<T>> read, CancellationToken cancellationToken)
    {
        if (Ended is not null) return (Nothing<T>(Ended), DreamModelFailure.Unavailable);
        try
        {
            return (read(await model.AskAsync(request, cancellationToken).ConfigureAwait(false)), null);
        }
        catch (DreamModelException error)
        {
            if (error.Failure == DreamModelFailure.Unavailable) Ended = error.Message;
            if (error.Failure == DreamModelFailure.BudgetReached) (Unaffordable, Budget) = (Unaffordable + 1, error.Message);
            return (Nothing<T>(error.Message), error.Failure);
        }
    }

    private static AnswerReading<T> Nothing<T>(string problem) => new(new Dictionary<string, T>(StringComparer.Ordinal), [problem]);
}
