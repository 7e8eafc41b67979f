namespace Reverie.Bench.Turns;

/// <summary>The events of a turn in the shapes and about the sizes that the server writes, a list for each step.</summary>
internal static class FloorEvents
{
    private const string Thread = "\"session_thread_id\":\"sthr_3Yk7mQx2VbNc9RtLw5Hs8JdP\",\"agent_name\":\"bench\"";
    private const string NoStop = "\"stop_reason\":{\"type\":\"end_turn\"},\"stop_details\":null";
    private const string Used = "\"model_usage\":{\"input_tokens\":1000,\"output_tokens\":50,\"cache_read_input_tokens\":0,\"cache_creation_input_tokens\":0}";

    private const string Usage = """
        "usage":{"active_seconds":0.004,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},"cache_read_input_tokens":0,"input_tokens":4000,"list_cost":{"amount":"1","currency":"USD"},"output_tokens":200,"server_tool_use":{"web_search_requests":0,"web_fetch_requests":0}},"budget":null
        """;

    private static long _count;

    /// <summary>What a call of the tool is given.</summary>
    /// <param name="asked">When the model was asked, as a timestamp of this machine.</param>
    public static string Input(long asked) => $$"""{"command":"true","asked":{{asked}}}""";

    public static FloorEvent Message(string content) => Of("user.message", $"\"content\":{content}");

    public static FloorEvent Updated(string fields) => Of("session.updated", fields);

    /// <summary>The steps of a turn after the message came in; the model is asked after every second one, from the first.</summary>
    public static IEnumerable<IReadOnlyList<FloorEvent>> Steps()
    {
        yield return [Of("session.status_running", null), Of("session.thread_status_running", Thread), Of("user.message", "\"content\":[]"), Of("span.model_request_start", null)];
        for (var round = 0; round < SteppingModel.Rounds; round++)
        {
            var input = Input(TimeProvider.System.GetTimestamp());
            yield return [Of("agent.tool_use", $"\"name\":\"bash\",\"input\":{input},\"evaluated_permission\":\"allow\",\"evaluation\":{{\"type\":\"always_allow\"}}"), RequestEnd()];
            yield return [Of("agent.tool_result", "\"tool_use_id\":\"sevt_3Yk7mQx2VbNc9RtLw5Hs8JdP\",\"content\":[{\"type\":\"text\",\"text\":\"ok\"}],\"is_error\":false"), Of("span.model_request_start", null)];
        }
        yield return
        [
            Of("agent.message", "\"content\":[{\"type\":\"text\",\"text\":\"All of it is done.\"}]"), RequestEnd(),
            Of("session.thread_status_idle", $"{Thread},{NoStop}"), Of("session.usage", Usage), Of("session.status_idle", NoStop),
        ];
    }

    private static FloorEvent RequestEnd() => Of("span.model_request_end", $"\"model_request_start_id\":\"sevt_3Yk7mQx2VbNc9RtLw5Hs8JdP\",\"is_error\":false,{Used}");

    private static FloorEvent Of(string type, string? fields) =>
        new(type, $$"""{"id":"sevt_{{Interlocked.Increment(ref _count):d24}}","type":"{{type}}","processed_at":"{{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ss.ffffffZ}}"{{(fields is null ? "" : ",")}}{{fields}}}""");
}

/// <summary>An event of the floor.</summary>
internal sealed record FloorEvent(string Type, string Json);
