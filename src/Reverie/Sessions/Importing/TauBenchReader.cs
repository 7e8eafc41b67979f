using System.Runtime.CompilerServices;
using System.Text.Json;
using Reverie.Protocol.Sessions;

namespace Reverie.Sessions;

/// <summary>
/// Reads tau-bench results: an array of <c>{task_id, trial, reward, info, traj}</c>, trajectory by trajectory.
/// </summary>
/// <remarks>
/// The files name neither the agent nor a time. The agent is called after the file; sessions begin a minute apart at a
/// fixed date, so that the same file always gives the same sessions.
/// </remarks>
internal static class TauBenchReader
{
    private static readonly DateTimeOffset FirstBegan = new(2024, 6, 20, 0, 0, 0, TimeSpan.Zero);

    public static async IAsyncEnumerable<RawTranscript> ReadAsync(TranscriptText text, string? agent, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var began = FirstBegan;
        await foreach (var element in new JsonText(text).ElementsAsync(cancellationToken))
        {
            yield return Foreign.Convert(text.File, element, trajectory => Convert(trajectory, text.Stem, agent, began));
            began = began.AddMinutes(1);
        }
    }

    private static byte[] Convert(JsonElement trajectory, string file, string? agent, DateTimeOffset began)
    {
        if (trajectory.Field("traj") is not { ValueKind: JsonValueKind.Array } messages)
            throw new TranscriptFormatException("a tau-bench trajectory must be an object with an array \"traj\"");
        var task = trajectory.Label("task_id") ?? throw new TranscriptFormatException("a tau-bench trajectory must have a task_id");
        var trial = trajectory.Label("trial") ?? "0";
        var session = new TranscriptBuilder
        {
            Source = "tau-bench",
            ExternalId = $"{file}/task-{task}/trial-{trial}",
            Agent = agent ?? file,
            CreatedAt = began,
            Outcome = Outcome(trajectory.Number("reward")),
        };
        session.Label("task_id", task);
        session.Label("trial", trial);
        foreach (var message in messages.EnumerateArray()) ChatMessages.Add(session, message, at: null);
        return session.Build();
    }

    /// <summary>The reward compares the final data base with the expected one: 1 when they agree.</summary>
    private static SessionOutcome? Outcome(double? reward) => reward switch
    {
        null => null,
        >= 1 => new SessionOutcome(true, 1, "The final database state matches the expected one."),
        _ => new SessionOutcome(false, Math.Max(0, reward.Value), "The final database state differs from the expected one."),
    };
}
