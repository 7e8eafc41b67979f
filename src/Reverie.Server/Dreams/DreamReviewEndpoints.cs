using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Dreams;
using Reverie.Dreams.Jobs;
using Reverie.Dreams.Review;
using Reverie.Memory.Stores;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Server.Http;
using Reverie.Server.Review;
using Reverie.Storage;

namespace Reverie.Server.Dreams;

/// <summary>What the contract has no word for: larger dreams, the report, verdicts on single changes, and taking a dream back.</summary>
internal sealed class DreamReviewEndpoints(Database database, DreamEndpoints contract, DreamRepository dreams, DreamChangeRepository changes, DreamReview review, ReviewPolicyRepository policies, ProposalExpiry expiry)
{
    /// <summary>Sessions of one dream.</summary>
    public const int SessionsMax = 10_000;

    private const int VerdictsMax = 1000;
    private const int CommentCharsMax = 4096;
    private const string ListName = "dream_verdicts";

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/reverie/dreams");
        group.MapPost("", http => contract.CreateAsync(http, SessionsMax, isExtended: true)).Describe("Ask for a dream over up to 10,000 sessions", typeof(NewLargeDream), typeof(Dream));
        group.MapGet("/{dream}/report", ReportAsync).Describe("Every change of a dream with its evidence", gives: typeof(DreamReport));
        group.MapGet("/{dream}/verdicts", ListAsync).Describe("What was decided on a dream, oldest first", null, typeof(Page<DreamVerdict>), Parameter.Limit(100, VerdictsMax), Parameter.Page);
        group.MapPost("/{dream}/verdicts", DecideAsync).Describe("Approve or reject single changes", typeof(DreamDecisions), typeof(Page<DreamVerdict>));
        group.MapPost("/{dream}/undo", UndoAsync).Describe("Take a dream back, as far as nobody has written over it, and withdraw what it still proposes", typeof(UndoRequest), typeof(Page<DreamVerdict>));
    }

    private async Task ReportAsync(HttpContext http)
    {
        var id = DreamEndpoints.DreamId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        var report = await database.ReadAsync(async db =>
        {
            var dream = await dreams.FindAsync(db, workspace, id) ?? throw DreamEndpoints.NotFound(id);
            if (dream.Report is not { } head) throw ApiException.Invalid($"The dream {id} is {WireNames<DreamStatus>.Of(dream.Status)} and has no report{(dream.HasEnded ? "" : " yet")}.");
            // What landed stands in the order in which it landed, so that replaying the report gives the store.
            var all = await changes.ListAsync(db, workspace, id);
            return head with { Changes = [.. all.OrderBy(static c => c.LandedSeq ?? long.MaxValue).ThenBy(static c => c.Seq).Select(static c => c.ToChange())] };
        }, http.RequestAborted);
        http.Response.ContentType = "application/json";
        await http.Response.BodyWriter.WriteAsync(DreamReportJson.Write(report), http.RequestAborted);
    }

    private async Task ListAsync(HttpContext http)
    {
        var id = DreamEndpoints.DreamId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        var limit = http.Limit(100, VerdictsMax);
        var after = Cursor.Read(http, ListName, 1) is [var seq] ? Cursor.Number(seq) : 0;
        var found = await database.ReadAsync(async db =>
        {
            _ = await dreams.FindAsync(db, workspace, id) ?? throw DreamEndpoints.NotFound(id);
            return await changes.VerdictsAsync(db, workspace, id, after, limit + 1);
        }, http.RequestAborted);
        await http.WriteAsync(found.ToPage(limit, static v => v.Verdict, static v => Cursor.Write(ListName, v.Seq.ToString())), WireJson.Wire.PageDreamVerdict);
    }

    /// <summary>All verdicts of a request are recorded together; one that meets a memory that has moved ends as a conflict of its own.</summary>
    private async Task DecideAsync(HttpContext http)
    {
        var id = DreamEndpoints.DreamId(http);
        using var body = (await JsonBody.ReadAsync(http)).Knows("verdicts");
        var asked = ReadVerdicts(body);
        body.ThrowIfWrong();
        var caller = Caller.Of(http);
        var verdicts = await database.WriteAsync(async db =>
        {
            var (dream, policy) = await EndedAsync(db, caller, id);
            if (expiry.IsOver(policy, dream)) throw ApiException.Invalid($"verdicts: what the dream {id} proposed has expired {policy.ExpiresAfterDays} days after its end, as the store's review policy says; nothing was decided.");
            var all = (await changes.ListAsync(db, caller.WorkspaceId, id)).ToDictionary(static c => c.Change.Id, StringComparer.Ordinal);
            var done = new List<DreamVerdict>();
            foreach (var (change, verdict, comment) in asked)
            {
                if (!all.TryGetValue(change, out var found)) throw ApiException.Invalid($"verdicts: the dream {id} has no change with the id {ApiException.Quoted(change)}.");
                if (verdict is Verdict.AcceptEdited edited && edited.Inserts.Count != found.Change.Edits.Count)
                    throw ApiException.Invalid($"verdicts: the change {change} has {found.Change.Edits.Count} edits, so inserts must hold {found.Change.Edits.Count} texts, not {edited.Inserts.Count}.");
                done.Add(await review.DecideAsync(db, dream, found, verdict, comment, caller.Actor)
                    ?? throw ApiException.Invalid($"verdicts: the change {change} is {found.Status} already; nothing was decided."));
            }
            return done;
        }, http.RequestAborted);
        await http.WriteAsync(new Page<DreamVerdict>(verdicts, null), WireJson.Wire.PageDreamVerdict);
    }

    private async Task UndoAsync(HttpContext http)
    {
        var id = DreamEndpoints.DreamId(http);
        using var body = (await JsonBody.ReadAsync(http)).Knows("comment");
        var comment = ReadComment(body, body.Root, "comment");
        body.ThrowIfWrong();
        var caller = Caller.Of(http);
        var verdicts = await database.WriteAsync(async db => await review.UndoAsync(db, (await EndedAsync(db, caller, id)).Dream, comment, caller.Actor), http.RequestAborted);
        await http.WriteAsync(new Page<DreamVerdict>(verdicts, null), WireJson.Wire.PageDreamVerdict);
    }

    /// <summary>The dream, held, and the policy of the store it wrote to, which lets the caller decide.</summary>
    private async ValueTask<(DreamRow Dream, ReviewPolicy Policy)> EndedAsync(DbSession db, Caller caller, Id<Dream> id)
    {
        var dream = await dreams.HoldAsync(db, caller.WorkspaceId, id) ?? throw DreamEndpoints.NotFound(id);
        if (!dream.HasEnded) throw ApiException.Invalid($"The dream {id} has not ended; wait or cancel it, then decide on its changes.");
        if (dream.OutputStoreId is not { } store) throw ApiException.Invalid($"The dream {id} ended before it had a store to write to; there is nothing to decide.");
        var policy = await policies.FindAsync(db, new MemoryScope(caller.WorkspaceId, store));
        ReviewPolicyEndpoints.RequireReviewer(policy, caller.Actor);
        return (dream, policy);
    }

    private static List<(string ChangeId, Verdict Verdict, string? Comment)> ReadVerdicts(JsonBody body)
    {
        var asked = new List<(string, Verdict, string?)>();
        if (!body.Has("verdicts")) body.Problem("verdicts", "is required");
        if (body.Array("verdicts") is not { } list) return asked;
        if (list.GetArrayLength() is 0 or > VerdictsMax)
        {
            body.Problem("verdicts", $"must hold 1 to {VerdictsMax} verdicts, not {list.GetArrayLength()}");
            return asked;
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, item) in list.EnumerateArray().Index())
        {
            var name = $"verdicts[{index}]";
            if (item.ValueKind != JsonValueKind.Object)
            {
                body.Problem(name, $"must be an object, not {JsonBody.Kind(item)}");
                continue;
            }
            foreach (var field in item.EnumerateObject())
            {
                if (field.Name is not ("change_id" or "verdict" or "inserts" or "comment")) body.Problem($"{name}.{ApiException.Quoted(field.Name)}", "is not a field of a verdict");
            }
            var change = body.TextIn(item, "change_id", name);
            if (change is not null && !seen.Add(change)) body.Problem($"{name}.change_id", "is decided on twice");
            var comment = ReadComment(body, item, $"{name}.comment");
            if (ReadVerdict(body, item, name) is { } verdict && change is not null) asked.Add((change, verdict, comment));
        }
        return asked;
    }

    private static Verdict? ReadVerdict(JsonBody body, JsonElement item, string name)
    {
        var said = body.TextIn(item, "verdict", name);
        var isEdited = item.TryGetProperty("inserts", out var inserts) && inserts.ValueKind != JsonValueKind.Null;
        switch (said)
        {
            case "approve" when isEdited:
                if (inserts.ValueKind != JsonValueKind.Array)
                {
                    body.Problem($"{name}.inserts", "must be an array of texts, one for each edit of the change");
                    return null;
                }
                return new Verdict.AcceptEdited([.. inserts.EnumerateArray().Select(text => body.TextOf(text, $"{name}.inserts[]") ?? "")]);
            case "approve":
                return Verdict.Accept.AsIs;
            case "reject":
                if (isEdited) body.Problem($"{name}.inserts", "only goes with approve");
                return Verdict.Reject.Plain;
            case { } other:
                body.Problem($"{name}.verdict", $"must be approve or reject, not {ApiException.Quoted(other)}");
                return null;
            default:
                return null;
        }
    }

    private static string? ReadComment(JsonBody body, JsonElement item, string name)
    {
        if (!item.TryGetProperty("comment", out var value) || value.ValueKind == JsonValueKind.Null || body.TextOf(value, name) is not { } comment) return null;
        if (comment.Length > CommentCharsMax) body.Problem(name, $"has {comment.Length} characters; the limit is {CommentCharsMax}");
        if (comment.Contains('\0')) body.Problem(name, "must not contain the character U+0000");
        return comment;
    }
}
