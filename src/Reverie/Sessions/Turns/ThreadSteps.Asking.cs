using Reverie.Inference;
using Reverie.Mcp;
using Reverie.Protocol.Sessions;
using Reverie.Sessions.Judging;

namespace Reverie.Sessions.Turns;

/// <content>Asking a model, and what comes of it.</content>
internal sealed partial class ThreadSteps
{
    private void FindTools(ThreadState thread)
    {
        var setup = threads.SetupOf(thread);
        work.Plan(setup.ThreadId, async stopped =>
        {
            try
            {
                var found = await services.Mcp.FindAsync(session.Id, setup.Agent, stopped);
                return new WorkResult(now => now.NoteTools(setup, found));
            }
            catch (OperationCanceledException) when (stopped.IsCancellationRequested)
            {
                return new WorkResult(static _ => { });
            }
        });
    }

    private void NoteTools(ThreadSetup setup, McpTools found)
    {
        threads.Learn(setup.ThreadId, found);
        foreach (var failure in found.Failures) draft.Note(state.Primary, TurnEvents.McpError(failure));
    }

    private void Ask(ThreadState thread, ModelRequest request, bool isSummary)
    {
        var setup = threads.SetupOf(thread);
        if (setup.Model is not ModelFound found)
        {
            GiveUp(thread, "model_request_failed_error", $"The model {((ModelUnavailable)setup.Model).Reason}.");
            return;
        }
        var startId = services.Ids.New("sevt");
        draft.Decide(thread, TurnEvents.RequestStart(startId));
        var (namesFiles, left) = (thread.NamesFiles, Left);
        work.Plan(state.IdOf(thread), async stopped =>
        {
            var asking = new ModelAsking(isSummary ? null : new AnswerWriter(claim.Id, thread.Id, services.Previews, services.Ids));
            try
            {
                var ready = namesFiles ? await services.Attachments.FillInAsync(session.WorkspaceId, request, stopped) : request;
                var answer = await asking.AskAsync(found.Provider, ready, stopped);
                var leftAfter = left - (setup.CostOf(answer.Usage) ?? 0);
                var judgements = isSummary ? Judgements.None : await services.Judge.JudgeAsync(session, setup, answer, leftAfter, stopped);
                return new WorkResult(now => now.NoteAnswer(setup, startId, answer, asking.Writer, judgements));
            }
            catch (OperationCanceledException) when (stopped.IsCancellationRequested)
            {
                // The interrupt comes first, and the end of the request with it.
                return new WorkResult(now => now._begun[setup.ThreadId] = asking.Begun);
            }
            catch (ModelException error)
            {
                var note = Priced(setup, asking.Begun) with { IsTooLong = error.Failure == ModelFailure.ContextWindowExceeded, IsSummary = isSummary };
                return new WorkResult(now => now.Note(setup, TurnEvents.RequestEnd(startId, isError: true, asking.Begun, note)), now => now.Fail(setup, error));
            }
        });
    }

    private void Note(IEnumerable<Memory.Credit.ShownMemories> shown) => draft.Note(shown);

    private void Note(ThreadSetup setup, Archive.NewEvent entry) => draft.Note(state.Find(setup.ThreadId)!, entry);

    /// <param name="writer">Null when the answer is a summary.</param>
    /// <param name="judgements">What was decided about its calls under <c>auto</c>.</param>
    private void NoteAnswer(ThreadSetup setup, string startId, ModelResponse answer, AnswerWriter? writer, Judgements judgements)
    {
        var thread = state.Find(setup.ThreadId)!;
        if (writer is null)
        {
            draft.Note(thread, TurnEvents.RequestEnd(startId, isError: false, answer.Usage, Priced(setup, answer.Usage) with { IsSummary = true }));
            if (Compaction.Of(answer) is { } summary) draft.Note(thread, TurnEvents.Compacted(summary));
            return;
        }
        var (said, refused) = writer.Events(answer, setup, judgements);
        foreach (var entry in said)
        {
            if (entry.NeedsClient) draft.NoteOpenly(thread, entry);
            else draft.Note(thread, entry);
        }
        draft.Note(thread, TurnEvents.RequestEnd(startId, isError: false, answer.Usage, Priced(setup, answer.Usage).With(judgements.Usage, judgements.Cost) with
        {
            Refusal = answer.StopReason == ModelStopReason.Refusal ? answer.Refusal ?? new ModelRefusal(null, null) : null,
            IsTooLong = answer.StopReason == ModelStopReason.ContextWindowExceeded,
            IsPaused = answer.StopReason == ModelStopReason.PauseTurn,
        }));
        foreach (var result in refused) draft.Note(thread, result);
    }

    /// <summary>What a failed request, which counts already, leads to: another try after a while, or the end of the turn.</summary>
    private void Fail(ThreadSetup setup, ModelException error)
    {
        var thread = state.Find(setup.ThreadId)!;
        if (error.Failure == ModelFailure.ContextWindowExceeded || IsInterrupted(thread)) return;
        if (!error.IsRetryable || thread.Failures >= BackOff.FailuresMax)
        {
            GiveUp(thread, ErrorTypeOf(error.Failure), error.Message);
            return;
        }
        draft.Decide(TurnEvents.Error(ErrorTypeOf(error.Failure), error.Message, "retrying"));
        draft.Decide(thread, TurnEvents.ThreadRescheduled(threads.NameOf(thread)));
        if (state.Status == SessionStatus.Rescheduling) draft.Decide(TurnEvents.SessionRescheduled);
        var wait = BackOff.Wait(thread.Failures, error.RetryAfter);
        work.Plan(state.IdOf(thread), async stopped =>
        {
            await Task.Delay(wait, services.Clock, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return new WorkResult(static _ => { });
        });
    }

    private static RequestNote Priced(ThreadSetup setup, ModelUsage usage) => setup.CostOf(usage) is { } cost ? new RequestNote { Cost = cost } : new RequestNote { IsUnpriced = true };

    private static string ErrorTypeOf(ModelFailure failure) => failure switch
    {
        ModelFailure.Overloaded => "model_overloaded_error",
        ModelFailure.RateLimited => "model_rate_limited_error",
        ModelFailure.Billing => "billing_error",
        _ => "model_request_failed_error",
    };
}
