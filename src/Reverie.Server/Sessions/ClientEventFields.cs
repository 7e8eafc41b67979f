using System.Text.Json;
using Reverie.Server.Http;
using Reverie.Sessions.Inbox;
using Reverie.Sessions.Outcomes;
using Reverie.Sessions.Turns;

namespace Reverie.Server.Sessions;

/// <summary>Reads the events a client sends (public contract, "Sent by the client"). What is wrong is noted in the body.</summary>
internal static class ClientEventFields
{
    /// <summary>Events in one request.</summary>
    public const int EventsMax = 1000;

    /// <summary>Events a session may be created with.</summary>
    public const int InitialEventsMax = 50;

    /// <summary>Blocks in one event.</summary>
    private const int BlocksMax = 1000;

    /// <summary>Documents from files in the events a session is created with.</summary>
    private const int FileDocumentsMax = 100;

    /// <summary>Files that show good work.</summary>
    private const int ExamplesMax = 10;

    private const int TextCharsMax = 8 * 1024 * 1024;

    public static IReadOnlyList<ClientEvent> Read(JsonPart root, string field, int countMax)
    {
        var events = new List<ClientEvent>();
        foreach (var part in root.Objects(field, countMax))
        {
            if (Read(part) is { } read) events.Add(read);
        }
        return events;
    }

    /// <summary>Events that a session begins with: only such as start work.</summary>
    public static IReadOnlyList<ClientEvent> ReadInitial(JsonPart root)
    {
        var events = Read(root, "initial_events", InitialEventsMax);
        if (events.Any(static e => e.Type is not (EventTypes.UserMessage or EventTypes.UserDefineOutcome))) root.Problem("initial_events", "may hold user.message and user.define_outcome events only");
        if (events.Count(static e => e.Type == EventTypes.UserDefineOutcome) > 1) root.Problem("initial_events", "may hold one user.define_outcome event");
        var documents = events.Sum(static e => e.Files.Count(static f => f.IsDocument));
        if (documents > FileDocumentsMax) root.Problem("initial_events", $"holds {documents} documents from files; the limit is {FileDocumentsMax}");
        return events;
    }

    private static ClientEvent? Read(JsonPart part)
    {
        var type = part.OneOf("type", true, EventTypes.UserMessage, EventTypes.UserInterrupt, EventTypes.UserToolConfirmation, EventTypes.UserCustomToolResult, EventTypes.UserToolResult, EventTypes.SystemMessage, EventTypes.UserDefineOutcome);
        switch (type)
        {
            case EventTypes.UserMessage:
                part.Knows("type", "content");
                var (content, files) = Content(part, isRequired: true, [TextType, ImageType, DocumentType]);
                return Of(part, new(type, "{}") { Files = files }, json => Write(json, "content", content));
            case EventTypes.SystemMessage:
                part.Knows("type", "content");
                var (words, _) = Content(part, isRequired: true, [TextType]);
                return Of(part, new(type, "{}"), json => Write(json, "content", words));
            case EventTypes.UserInterrupt:
                var thread = part.Knows("type", "session_thread_id").Text("session_thread_id", false, 1, 128);
                return Of(part, new(type, "{}") { ThreadId = thread }, json =>
                {
                    if (thread is not null) json.WriteString("session_thread_id", thread);
                });
            case EventTypes.UserToolConfirmation:
                return Confirmation(part.Knows("type", "tool_use_id", "result", "deny_message"));
            case EventTypes.UserCustomToolResult:
                return Result(part.Knows("type", "custom_tool_use_id", "content", "is_error"), type, "custom_tool_use_id");
            case EventTypes.UserToolResult:
                return Result(part.Knows("type", "tool_use_id", "content", "is_error"), type, "tool_use_id");
            case EventTypes.UserDefineOutcome:
                return Outcome(part.Knows("type", "description", "rubric", "max_iterations", "examples"));
            default:
                return null;
        }
    }

    private const string FileType = "file";
    private const string TextType = "text";
    private const string ImageType = "image";
    private const string DocumentType = "document";
    private const string SearchResultType = "search_result";

    private static ClientEvent? Outcome(JsonPart part)
    {
        var description = part.Text("description", true, 1, TextCharsMax);
        if (!part.Has("rubric")) part.Problem("rubric", "is required");
        var rubric = part.Object("rubric");
        var type = rubric?.OneOf("type", true, TextType, FileType);
        string? text = null, file = null;
        if (type == TextType) text = rubric!.Value.Knows("type", "content").Text("content", true, 1, Rubric.CharsMax);
        else if (type == FileType) file = rubric!.Value.Knows("type", "file_id").Text("file_id", true, 1, 128);
        if (text is not null && ProblemOf(text) is { } problem) rubric!.Value.Problem("content", problem);
        var iterations = part.Number("max_iterations", 1, Reverie.Sessions.Outcomes.Outcome.IterationsMax);
        var examples = new List<AttachedFile>();
        foreach (var example in part.Objects("examples", ExamplesMax))
        {
            example.Knows("type", "file_id").OneOf("type", true, FileType);
            if (example.Text("file_id", true, 1, 128) is { } id) examples.Add(new AttachedFile(example.NameOf("file_id"), id, IsDocument: true));
        }
        return Of(part, new(EventTypes.UserDefineOutcome, "{}") { RubricFileId = file, Files = examples }, json =>
        {
            json.WriteString("description", description);
            if (text is not null) WriteRubric(json, text);
            if (iterations is { } max) json.WriteNumber("max_iterations", max);
            else json.WriteNull("max_iterations");
            if (examples.Count == 0) return;
            json.WriteStartArray("examples");
            foreach (var example in examples)
            {
                json.WriteStartObject();
                json.WriteString("type", FileType);
                json.WriteString("file_id", example.FileId);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
    }

    /// <summary>What is wrong with the checks of a rubric; null when nothing is.</summary>
    public static string? ProblemOf(string rubric)
    {
        try
        {
            Rubric.Parse(rubric);
            return null;
        }
        catch (RubricException error)
        {
            return error.Message;
        }
    }

    public static void WriteRubric(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject("rubric");
        json.WriteString("type", TextType);
        json.WriteString("content", text);
        json.WriteEndObject();
    }

    private static ClientEvent? Confirmation(JsonPart part)
    {
        var call = part.Text("tool_use_id", true, 1, 128);
        var result = part.OneOf("result", true, "allow", "deny");
        var message = part.Text("deny_message", false, 0, TextCharsMax);
        if (message is not null && result == "allow") part.Problem("deny_message", "goes with the result deny only");
        return Of(part, new(EventTypes.UserToolConfirmation, "{}") { CallId = call }, json =>
        {
            json.WriteString("tool_use_id", call);
            json.WriteString("result", result);
            if (message is not null) json.WriteString("deny_message", message);
        });
    }

    private static ClientEvent? Result(JsonPart part, string type, string idField)
    {
        var call = part.Text(idField, true, 1, 128);
        var (content, files) = Content(part, isRequired: false, [TextType, ImageType, DocumentType, SearchResultType]);
        var isError = part.Flag("is_error");
        return Of(part, new(type, "{}") { CallId = call, Files = files }, json =>
        {
            json.WriteString(idField, call);
            if (content is not null) Write(json, "content", content);
            if (isError is { } wrong) json.WriteBoolean("is_error", wrong);
        });
    }

    /// <summary>The blocks as they were sent, null when the field is absent or wrong; and the files they name.</summary>
    private static (List<JsonElement>? Blocks, IReadOnlyList<AttachedFile> Files) Content(JsonPart part, bool isRequired, string[] types)
    {
        if (!part.Has("content"))
        {
            if (isRequired) part.Problem("content", "is required");
            return (null, []);
        }
        var blocks = new List<JsonElement>();
        var files = new List<AttachedFile>();
        foreach (var block in part.Objects("content", BlocksMax))
        {
            if (ContentBlockFields.Check(block, types) is { } file) files.Add(file);
            blocks.Add(block.Value);
        }
        if (blocks.Count == 0 && isRequired) part.Problem("content", "must hold at least one block");
        return (blocks, files);
    }

    private static void Write(Utf8JsonWriter json, string name, List<JsonElement>? blocks)
    {
        json.WriteStartArray(name);
        foreach (var block in blocks ?? []) block.WriteTo(json);
        json.WriteEndArray();
    }

    /// <summary>The event with its fields; null when anything in the body is wrong, for that may be text nothing can write.</summary>
    private static ClientEvent? Of(JsonPart part, ClientEvent bare, Action<Utf8JsonWriter> write) => part.IsBodyWrong ? null : bare with { Fields = TurnEvents.Fields(write) };
}
