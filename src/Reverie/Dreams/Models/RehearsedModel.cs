using System.Text;
using Reverie.Dreaming.Models;
using Reverie.Inference;

namespace Reverie.Dreams.Models;

/// <summary>
/// Stands for a model in a forecast: answers as an obliging one would, and as often not as the model did lately, sends nothing,
/// and counts what the model would take, within the same budget.
/// </summary>
public sealed class RehearsedModel(ModelInfo info, DreamCaps caps, ModelHabits habits) : MeteredModel(info, caps)
{
    private readonly Dictionary<(DreamStep Step, bool IsRepair), double> _due = [];
    private readonly HashSet<string> _cached = new(StringComparer.Ordinal);

    /// <summary>How long the answers would take.</summary>
    public TimeSpan Duration { get; private set; }

    /// <inheritdoc/>
    public override Task<DreamAnswer> AskAsync(DreamRequest request, CancellationToken cancellationToken)
    {
        var most = Fit(request);
        var step = habits.In(request.Step);
        var output = Math.Min(most, Tokens(request.Typical, step.OutputTokensPerByte));
        Budget.Charge(request, request.Typical, InputOf(request) with { OutputTokens = output });
        Duration += habits.TimeOf(output);
        Requests++;
        return Task.FromResult(new DreamAnswer(Fails(request, request.IsRepair ? step.LostRate : step.RepairRate) ? "" : request.Typical, IsCut: false));
    }

    /// <summary>As many of its kind as the rate says, evenly spread.</summary>
    private bool Fails(DreamRequest request, double rate)
    {
        var due = _due.GetValueOrDefault((request.Step, request.IsRepair), 0.5) + rate;
        _due[(request.Step, request.IsRepair)] = due >= 1 ? due - 1 : due;
        return due >= 1;
    }

    /// <summary>The Messages API reads what it was sent before from its cache; of other providers nothing is assumed.</summary>
    private ModelUsage InputOf(DreamRequest request)
    {
        var (system, shared, task) = (InputTokens((Info.HasStructuredOutput ? request.AnswerSchema : "") + request.System), InputTokens(request.Shared ?? ""), InputTokens(request.Task));
        if (Info.Provider != ModelProviderKind.Anthropic) return new ModelUsage { InputTokens = system + shared + task };
        var (read, written) = (0L, 0L);
        foreach (var (text, tokens) in new[] { (request.System, system), (request.Shared ?? "", shared) })
        {
            if (_cached.Add(text)) written += tokens;
            else read += tokens;
        }
        return new ModelUsage { InputTokens = task, CacheReadInputTokens = read, CacheCreation5mInputTokens = written };
    }

    private long InputTokens(string text) => Tokens(text, habits.InputTokensPerByte);

    private static long Tokens(string text, double perByte) => (long)Math.Ceiling(Encoding.UTF8.GetByteCount(text) * perByte);
}
