using System.Text.Json.Nodes;
using Reverie.Inference;
using Reverie.Server.Http;
using Reverie.Sessions.Inbox;
using Reverie.Sessions.Outcomes;
using Reverie.Sessions.Turns;

namespace Reverie.Server.Sessions;

/// <summary>Puts the text of a rubric that is a file into the event that names it.</summary>
internal sealed class RubricFiles(IAttachmentSource files)
{
    /// <exception cref="ApiException">The file is not there, is no text, is too long, or holds a wrong check.</exception>
    public async Task<IReadOnlyList<ClientEvent>> FillInAsync(string workspaceId, IReadOnlyList<ClientEvent> events, CancellationToken cancellationToken)
    {
        if (events.All(static e => e.RubricFileId is null)) return events;
        var filled = new List<ClientEvent>(events.Count);
        foreach (var sent in events) filled.Add(sent.RubricFileId is { } file ? await FillInAsync(workspaceId, sent, file, cancellationToken) : sent);
        return filled;
    }

    private async Task<ClientEvent> FillInAsync(string workspaceId, ClientEvent sent, string file, CancellationToken cancellationToken)
    {
        var (source, problem) = await files.ReadAsync(workspaceId, file, cancellationToken);
        if (source is null) throw ApiException.Invalid($"rubric.file_id cannot be read: {problem}.");
        if (source is not PlainTextSource { Text: var text }) throw ApiException.Invalid($"rubric.file_id names the file {file}, which is no text.");
        if (text.Length is 0 or > Rubric.CharsMax) throw ApiException.Invalid($"rubric.file_id names a file of {text.Length} characters; a rubric has 1 to {Rubric.CharsMax}.");
        if (ClientEventFields.ProblemOf(text) is { } wrong) throw ApiException.Invalid($"rubric.file_id names a file that {wrong}.");
        var fields = JsonNode.Parse(sent.Fields)!.AsObject();
        fields["rubric"] = new JsonObject { ["type"] = "text", ["content"] = text };
        return sent with { Fields = fields.ToJsonString(), RubricFileId = null };
    }
}
