using System.Text.Json;
using Reverie.Dreaming.Models;
using Reverie.Dreams.Jobs;
using Reverie.Inference;
using Reverie.Storage;

namespace Reverie.Dreams.Models;

/// <summary>The requests of dreams to models, and their answers.</summary>
public sealed class DreamAnswerRepository(TimeProvider clock)
{
    /// <summary>Answers of a model that tell what it takes; older ones do not count.</summary>
    private const int PastMax = 200;

    /// <summary>Null for a request that was never begun.</summary>
    public ValueTask<KeptRequest?> FindAsync(DbSession db, DreamRow dream, string request) => db.FirstAsync(
        """
        SELECT attempts, answer, is_cut, input_tokens, output_tokens, cache_read_input_tokens, cache_creation_5m_input_tokens, cache_creation_1h_input_tokens, duration_micros
        FROM dream_answers WHERE workspace_id = @workspace AND dream_id = @dream AND request_sha256 = @request
        """, Read, ("@workspace", dream.WorkspaceId), ("@dream", dream.Id.Value), ("@request", request));

    /// <summary>Counts one more time the request is sent. The caller holds the dream.</summary>
    public ValueTask<int> BeginAsync(DbSession db, DreamRow dream, string request, RequestSize size) => db.ExecuteAsync(
        """
        INSERT INTO dream_answers (workspace_id, dream_id, request_sha256, model, attempts, step, is_repair, request_bytes, typical_bytes, created_at)
        VALUES (@workspace, @dream, @request, @model, 1, @step, @repair, @bytes, @typical, @now)
        ON CONFLICT (workspace_id, dream_id, request_sha256) DO UPDATE SET attempts = dream_answers.attempts + 1
        """, ("@workspace", dream.WorkspaceId), ("@dream", dream.Id.Value), ("@request", request), ("@model", dream.Model),
        ("@step", WordOf(size.Step)), ("@repair", size.IsRepair ? 1L : 0L), ("@bytes", (long)size.RequestBytes), ("@typical", (long)size.TypicalBytes), ("@now", DbTime.ToMicros(clock.GetUtcNow())));

    /// <summary>Takes the last count back. The caller holds the dream.</summary>
    public ValueTask<int> WithdrawAsync(DbSession db, DreamRow dream, string request) => db.ExecuteAsync(
        "UPDATE dream_answers SET attempts = attempts - 1 WHERE workspace_id = @workspace AND dream_id = @dream AND request_sha256 = @request",
        ("@workspace", dream.WorkspaceId), ("@dream", dream.Id.Value), ("@request", request));

    /// <summary>Keeps the answer, and counts its tokens with the dream's. The caller holds the dream.</summary>
    public async ValueTask KeepAsync(DbSession db, DreamRow dream, string request, KeptAnswer answer)
    {
        var usage = answer.Usage;
        await db.ExecuteAsync("""
            UPDATE dream_answers SET answer = @answer, is_cut = @cut, is_readable = @readable, input_tokens = @input, output_tokens = @output, cache_read_input_tokens = @read,
                cache_creation_5m_input_tokens = @written5m, cache_creation_1h_input_tokens = @written1h, duration_micros = @duration
            WHERE workspace_id = @workspace AND dream_id = @dream AND request_sha256 = @request
            """, ("@answer", JsonSerializer.Serialize(answer.Text)), ("@cut", answer.IsCut ? 1L : 0L), ("@readable", new DreamAnswer(answer.Text, answer.IsCut).IsReadable ? 1L : 0L), ("@input", usage.InputTokens), ("@output", usage.OutputTokens), ("@read", usage.CacheReadInputTokens),
            ("@written5m", usage.CacheCreation5mInputTokens), ("@written1h", usage.CacheCreation1hInputTokens), ("@duration", (long)answer.Duration.TotalMicroseconds),
            ("@workspace", dream.WorkspaceId), ("@dream", dream.Id.Value), ("@request", request));
        await db.ExecuteAsync("""
            UPDATE dreams SET input_tokens = input_tokens + @input, output_tokens = output_tokens + @output,
                cache_creation_input_tokens = cache_creation_input_tokens + @written, cache_read_input_tokens = cache_read_input_tokens + @read
            WHERE workspace_id = @workspace AND id = @dream
            """, ("@input", usage.InputTokens), ("@output", usage.OutputTokens), ("@written", usage.CacheCreationInputTokens), ("@read", usage.CacheReadInputTokens),
            ("@workspace", dream.WorkspaceId), ("@dream", dream.Id.Value));
    }

    /// <summary>Forgets what was answered, not what it took: quotes of sessions are kept no longer than they are needed.</summary>
    public ValueTask<int> ForgetAsync(DbSession db, DreamRow dream) => db.ExecuteAsync(
        "UPDATE dream_answers SET answer = NULL WHERE workspace_id = @workspace AND dream_id = @dream", ("@workspace", dream.WorkspaceId), ("@dream", dream.Id.Value));

    /// <summary>What a model did lately for the dreams of a workspace.</summary>
    public async ValueTask<ModelHabits> HabitsAsync(DbSession db, string workspaceId, string model) => ModelHabits.Of(await db.QueryAsync(
        """
        SELECT step, count(*), CAST(sum(is_repair) AS BIGINT), CAST(sum(is_repair * (1 - is_readable)) AS BIGINT), CAST(sum(request_bytes) AS BIGINT), CAST(sum(all_input) AS BIGINT), CAST(sum(typical_bytes) AS BIGINT), CAST(sum(output_tokens) AS BIGINT), CAST(sum(duration_micros) AS BIGINT) FROM (
            SELECT step, is_repair, is_readable, request_bytes, input_tokens + cache_read_input_tokens + cache_creation_5m_input_tokens + cache_creation_1h_input_tokens AS all_input,
                typical_bytes, output_tokens, duration_micros
            FROM dream_answers WHERE workspace_id = @workspace AND model = @model AND input_tokens > 0 ORDER BY created_at DESC LIMIT @most) AS past
        GROUP BY step
        """, static r => new PastAnswers(r.TextOrNull(0) is { } step ? StepOf(step) : null, r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5), r.GetInt64(6), r.GetInt64(7), TimeSpan.FromMicroseconds(r.GetInt64(8))),
        ("@workspace", workspaceId), ("@model", model), ("@most", (long)PastMax)));

    private static string WordOf(DreamStep step) => step.ToString().ToLowerInvariant();

    private static DreamStep? StepOf(string word) => Enum.TryParse<DreamStep>(word, ignoreCase: true, out var step) ? step : null;

    private static KeptRequest Read(DbRow row) => new((int)row.GetInt64(0), row.TextOrNull(1) is { } answer
        ? new KeptAnswer(JsonSerializer.Deserialize<string>(answer)!, row.GetInt64(2) == 1, new ModelUsage
        {
            InputTokens = row.GetInt64(3),
            OutputTokens = row.GetInt64(4),
            CacheReadInputTokens = row.GetInt64(5),
            CacheCreation5mInputTokens = row.GetInt64(6),
            CacheCreation1hInputTokens = row.GetInt64(7),
        }, TimeSpan.FromMicroseconds(row.GetInt64(8)))
        : null);
}
