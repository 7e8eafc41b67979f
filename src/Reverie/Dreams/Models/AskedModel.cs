using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Reverie.Dreaming.Models;
using Reverie.Inference;
using Reverie.Sessions.Turns;

namespace Reverie.Dreams.Models;

/// <summary>
/// Asks a provider, one request at a time, so that the shared beginning is in its cache when the next comes. Before a
/// request goes out it fits into the budget and is noted; before an answer is used it is kept. A provider that says to keep
/// answers to a schema and refuses the first request with one is asked without.
/// </summary>
public sealed class AskedModel(ModelFound found, DreamCaps caps, IDreamAnswers answers, TimeProvider clock) : MeteredModel(found.Info, caps)
{
    /// <summary>Characters of what a provider says that go into a report.</summary>
    private const int MessageCharsMax = 240;

    private readonly HashSet<string> _counted = new(StringComparer.Ordinal);
    private bool _sendsSchema = found.Info.HasStructuredOutput;
    private bool _hasAnswered;

    /// <inheritdoc/>
    public override async Task<DreamAnswer> AskAsync(DreamRequest request, CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            var (outputMax, name, kept) = await PrepareAsync(request, cancellationToken);
            if (kept?.Answer is { } answered) return Use(request, answered);
            try
            {
                return Use(request, await SendAsync(request, outputMax, name, cancellationToken));
            }
            catch (ModelException error) when (error.IsRetryable && failures < BackOff.FailuresMax)
            {
                await Task.Delay(BackOff.Wait(failures, error.RetryAfter), clock, cancellationToken);
            }
            catch (ModelException error) when (error.Failure == ModelFailure.RequestFailed && _sendsSchema && !_hasAnswered)
            {
                _sendsSchema = false;
                failures--;
            }
            catch (ModelException error)
            {
                var isOfRequest = error.Failure is ModelFailure.RequestFailed or ModelFailure.ContextWindowExceeded;
                throw new DreamModelException(isOfRequest ? DreamModelFailure.RequestRefused : DreamModelFailure.Unavailable, $"the model {Info.Id} could not be asked: {Short(error.Message)}", error);
            }
        }
    }

    /// <summary>
    /// How much output the request gets, what it goes by, and what is known of it. What earlier processes may have paid for
    /// it without an answer is counted first, once, and may change how much is left for it.
    /// </summary>
    private async Task<(int OutputMax, string Name, KeptRequest? Kept)> PrepareAsync(DreamRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var outputMax = Fit(request);
            var name = NameOf(request, outputMax);
            var kept = await answers.FindAsync(name, cancellationToken);
            if (!_counted.Add(name) || kept is null || kept.Lost == 0) return (outputMax, name, kept);
            for (var i = 0; i < kept.Lost; i++) Budget.ChargeMost(request, outputMax);
            if (kept.Answer is not null) return (outputMax, name, kept);
        }
    }

    private async Task<KeptAnswer> SendAsync(DreamRequest request, int outputMax, string name, CancellationToken cancellationToken)
    {
        await answers.BeginAsync(name, SizeOf(request), cancellationToken);
        var asking = new ModelAsking(null);
        var began = clock.GetTimestamp();
        ModelResponse response;
        try
        {
            response = await asking.AskAsync(found.Provider, RequestOf(request, outputMax), cancellationToken);
        }
        catch (ModelException error)
        {
            // Only what a provider refuses before it begins is surely free.
            if (asking.Begun == ModelUsage.None && error.Failure != ModelFailure.Network) await answers.WithdrawAsync(name, cancellationToken);
            else Budget.ChargeMost(request, outputMax);
            throw;
        }
        var answer = new KeptAnswer(string.Concat(response.Blocks.OfType<TextBlock>().Select(static b => b.Text)), response.StopReason == ModelStopReason.MaxTokens, response.Usage, clock.GetElapsedTime(began));
        // It is paid for: kept whatever came meanwhile.
        await answers.KeepAsync(name, answer, CancellationToken.None);
        return answer;
    }

    private DreamAnswer Use(DreamRequest request, KeptAnswer answer)
    {
        Requests++;
        _hasAnswered = true;
        Budget.Charge(request, answer.Text, answer.Usage);
        return new DreamAnswer(answer.Text, answer.IsCut);
    }

    private ModelRequest RequestOf(DreamRequest request, int outputMax) => new()
    {
        Model = Info.Id,
        Effort = Info.HasAdaptiveThinking ? Info.Efforts[0] : null,
        System = request.System,
        Messages = [new ModelMessage(ModelRole.User, request.Shared is { } shared ? [new TextBlock(shared) { EndsSharedPrefix = true }, new TextBlock(request.Task)] : [new TextBlock(request.Task)])],
        MaxTokens = outputMax,
        AnswerSchema = _sendsSchema ? request.AnswerSchema : null,
        IsSingle = true,
    };

    private static string Short(string message) => message.Length <= MessageCharsMax ? message.TrimEnd('.') : message[..MessageCharsMax] + "…";

    private RequestSize SizeOf(DreamRequest request) => new(request.Step, request.IsRepair,
        Encoding.UTF8.GetByteCount(_sendsSchema ? request.AnswerSchema : "") + Encoding.UTF8.GetByteCount(request.System) + Encoding.UTF8.GetByteCount(request.Shared ?? "") + Encoding.UTF8.GetByteCount(request.Task),
        Encoding.UTF8.GetByteCount(request.Typical));

    private string NameOf(DreamRequest request, int outputMax) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        new[] { Info.Id, _sendsSchema ? request.AnswerSchema : null, request.System, request.Shared, request.Task, outputMax.ToString(System.Globalization.CultureInfo.InvariantCulture) })));
}
