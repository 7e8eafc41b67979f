using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Protocol.Errors;
using Reverie.Server.Http;
using Reverie.Sessions.Inbox;
using Reverie.Sessions.Turns;
using Reverie.Storage;

namespace Reverie.Server.Sessions;

/// <summary>Sending events to a session (public contract, "Send").</summary>
internal sealed class SessionSendEndpoints(Database database, SessionInbox inbox, AttachedFiles files, RubricFiles rubrics)
{
    /// <summary>Bytes of a request that carries events (32 MiB).</summary>
    public const int BodyBytesMax = 32 * 1024 * 1024;

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/sessions/{session}/events", SendAsync).WithMetadata(BetaHeader.ManagedAgents).Describe("Send events to a session", typeof(SentEvents), typeof(AcceptedEvents));

    private async Task SendAsync(HttpContext http)
    {
        var id = SessionEndpoints.SessionId(http);
        using var body = (await JsonBody.ReadAsync(http, BodyBytesMax)).Knows("events");
        var events = ClientEventFields.Read(JsonPart.Of(body), "events", ClientEventFields.EventsMax);
        body.ThrowIfWrong();
        if (events.Count == 0) throw ApiException.Invalid("events must hold at least one event.");
        if (events.SkipLast(1).Any(static e => e.Type == EventTypes.SystemMessage)) throw ApiException.Invalid("events may hold one system.message, as its last event.");
        var workspace = Caller.Of(http).WorkspaceId;
        events = await rubrics.FillInAsync(workspace, events, http.RequestAborted);
        var outcome = await database.WriteAsync(async db =>
        {
            await files.CheckAsync(db, workspace, events);
            return await inbox.SendAsync(db, workspace, id, events);
        }, http.RequestAborted);
        switch (outcome)
        {
            case SendOutcome.NoSession:
                throw SessionEndpoints.NotFound(id);
            case SendOutcome.Archived:
                throw new ApiException(ErrorType.Conflict, $"The session {id} is archived and takes no events.") { IsPermanent = true };
            case SendOutcome.Refused refused:
                throw new ApiException(ErrorType.InvalidRequest, $"events[{refused.Index}]: {refused.Reason}", refused.Code);
            case SendOutcome.Accepted accepted:
                http.Response.ContentType = "application/json";
                await using (var json = new Utf8JsonWriter(http.Response.BodyWriter))
                {
                    json.WriteStartObject();
                    json.WriteStartArray("data");
                    foreach (var entry in accepted.Events) json.WriteRawValue(entry.Json, skipInputValidation: true);
                    json.WriteEndArray();
                    json.WriteEndObject();
                }
                break;
        }
    }
}
