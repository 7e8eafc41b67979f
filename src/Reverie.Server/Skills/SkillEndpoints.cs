using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Reverie.Audit;
using Reverie.Files;
using Reverie.Protocol.Errors;
using Reverie.Protocol.Ids;
using Reverie.Protocol.Json;
using Reverie.Protocol.Skills;
using Reverie.Server.Http;
using Reverie.Skills;
using Reverie.Storage;

namespace Reverie.Server.Skills;

/// <summary>Skills and their versions (public contract, "Skills").</summary>
internal sealed class SkillEndpoints(Database database, SkillRepository skills, SkillSaving saving, FileBlobs blobs, AuditLog audit)
{
    private const string ListName = "skills";
    private const string VersionListName = "skill_versions";

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/skills");
        group.MapPost("", CreateAsync).Describe(new Operation("Upload a skill") { TakesMedia = "multipart/form-data", Gives = typeof(Skill) });
        group.MapGet("", ListAsync).Describe("List skills, newest first", null, typeof(Page<Skill>), Parameter.Limit(20, 100), Parameter.Page, Parameter.OneOf("source", "Only skills from there; this server has none but custom ones.", "custom", "anthropic"));
        group.MapGet("/{skill}", RetrieveAsync).Describe("Get a skill", gives: typeof(Skill));
        group.MapDelete("/{skill}", DeleteAsync).Describe("Delete a skill with all its versions", gives: typeof(Deleted));
        group.MapPost("/{skill}/versions", AddVersionAsync).Describe(new Operation("Upload a new version of a skill") { TakesMedia = "multipart/form-data", Gives = typeof(SkillVersion) });
        group.MapGet("/{skill}/versions", ListVersionsAsync).Describe("List the versions of a skill, newest first", null, typeof(Page<SkillVersion>), Parameter.Limit(20, 1000), Parameter.Page);
        group.MapGet("/{skill}/versions/{skill_version}", RetrieveVersionAsync).Describe("Get a version of a skill; latest for the newest", gives: typeof(SkillVersion));
        group.MapDelete("/{skill}/versions/{skill_version}", DeleteVersionAsync).Describe("Delete a version of a skill", gives: typeof(Deleted));
        group.MapGet("/{skill}/versions/{skill_version}/content", DownloadAsync).Describe(new Operation("Download the files of a version as a zip archive; latest for the newest") { GivesMedia = "application/zip" });
    }

    private async Task CreateAsync(HttpContext http)
    {
        var upload = await ReadAsync(http);
        var skill = await saving.CreateAsync(Caller.Of(http).WorkspaceId, Caller.Of(http).Actor, upload.Bundle, upload.DisplayName, http.RequestAborted)
            ?? throw new ApiException(ErrorType.Conflict, $"There is a skill called {upload.Bundle.Name} in this workspace already; send a new version of it, or choose another name in SKILL.md.", "skill_name_taken") { IsPermanent = true };
        await http.WriteAsync(skill, WireJson.Wire.Skill);
    }

    private async Task AddVersionAsync(HttpContext http)
    {
        var id = SkillId(http);
        var upload = await ReadAsync(http);
        if (upload.DisplayName is not null) throw ApiException.Invalid("display_name is set when a skill is made; leave it out of a version.");
        var outcome = await saving.AddVersionAsync(Caller.Of(http).WorkspaceId, Caller.Of(http).Actor, id, upload.Bundle, http.RequestAborted);
        await http.WriteAsync(outcome switch
        {
            SkillVersionOutcome.Added added => added.Version,
            SkillVersionOutcome.OtherName other => throw ApiException.Invalid($"files has a SKILL.md with the name {upload.Bundle.Name}; every version of this skill is called {other.Name}."),
            _ => throw NotFound(id),
        }, WireJson.Wire.SkillVersion);
    }

    private async Task ListAsync(HttpContext http)
    {
        var limit = http.Limit(20, 100);
        var source = http.OneOf("source", "custom", "anthropic");
        var after = Cursor.ReadCreated(http, ListName);
        var workspace = Caller.Of(http).WorkspaceId;
        var found = source == "anthropic" ? [] : await database.ReadAsync(db => skills.ListAsync(db, workspace, after, limit + 1), http.RequestAborted);
        await http.WriteAsync(found.ToPage(limit, static s => s, static s => Cursor.Write(ListName, s.CreatedAt, s.Id.Value)), WireJson.Wire.PageSkill);
    }

    private async Task ListVersionsAsync(HttpContext http)
    {
        var id = SkillId(http);
        var limit = http.Limit(20, 1000);
        var before = Cursor.Read(http, VersionListName, 1) is [var seq] ? Cursor.Number(seq) : long.MaxValue;
        var workspace = Caller.Of(http).WorkspaceId;
        var found = await database.ReadAsync(async db =>
        {
            _ = await skills.FindAsync(db, workspace, id) ?? throw NotFound(id);
            return await skills.ListVersionsAsync(db, workspace, id, before, limit + 1);
        }, http.RequestAborted);
        await http.WriteAsync(found.ToPage(limit, static r => r.Version, static r => Cursor.Write(VersionListName, r.Seq.ToString())), WireJson.Wire.PageSkillVersion);
    }

    private async Task RetrieveAsync(HttpContext http)
    {
        var id = SkillId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        await http.WriteAsync(await database.ReadAsync(db => skills.FindAsync(db, workspace, id), http.RequestAborted) ?? throw NotFound(id), WireJson.Wire.Skill);
    }

    private async Task RetrieveVersionAsync(HttpContext http) => await http.WriteAsync((await FindVersionAsync(http)).Version, WireJson.Wire.SkillVersion);

    private async Task DownloadAsync(HttpContext http)
    {
        var row = await FindVersionAsync(http);
        http.Response.ContentType = "application/zip";
        http.Response.ContentLength = row.ArchiveBytes;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"{row.Version.Name}.zip");
        http.Response.Headers.ContentDisposition = disposition.ToString();
        try
        {
            await foreach (var chunk in blobs.ReadAsync(row.BlobId, row.ArchiveBytes, http.RequestAborted)) await http.Response.BodyWriter.WriteAsync(chunk, http.RequestAborted);
        }
        catch (FileGoneException) when (!http.Response.HasStarted)
        {
            http.Response.Clear();
            throw VersionNotFound(row.Version.SkillId, row.Version.Id.Value);
        }
        catch (FileGoneException)
        {
            // Half an answer cannot be taken back; cutting the connection tells the client that it is none.
            http.Abort();
        }
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var id = SkillId(http);
        var workspace = Caller.Of(http).WorkspaceId;
        var isThere = await database.WriteAsync(async db =>
        {
            if (!await skills.DeleteAsync(db, workspace, id)) return false;
            audit.Record(db, workspace, Caller.Of(http).Actor, AuditActions.SkillDeleted, "skill", id.Value);
            return true;
        }, http.RequestAborted);
        if (!isThere) throw NotFound(id);
        await http.WriteAsync(new Deleted(id.Value, "skill_deleted"), WireJson.Wire.Deleted);
    }

    private async Task DeleteVersionAsync(HttpContext http)
    {
        var id = SkillId(http);
        var text = VersionText(http);
        if (text == SkillResolution.Latest) throw ApiException.Invalid($"{SkillResolution.Latest} moves; name the version to be deleted by its id.");
        if (!Id<SkillVersion>.TryParse(text, out var version)) throw VersionNotFound(id, text);
        var workspace = Caller.Of(http).WorkspaceId;
        var deletion = await database.WriteAsync(async db =>
        {
            var done = await skills.DeleteVersionAsync(db, workspace, id, version);
            if (done == SkillVersionDeletion.Deleted) audit.Record(db, workspace, Caller.Of(http).Actor, AuditActions.SkillVersionDeleted, "skill", id.Value, ("skill_version_id", version.Value));
            return done;
        }, http.RequestAborted);
        switch (deletion)
        {
            case SkillVersionDeletion.NotThere:
                throw VersionNotFound(id, text);
            case SkillVersionDeletion.Last:
                throw ApiException.Invalid($"{version} is the only version of the skill {id}, which must have one; delete the skill, or send another version first.");
        }
        await http.WriteAsync(new Deleted(version.Value, "skill_version_deleted"), WireJson.Wire.Deleted);
    }

    private static Task<SkillUpload> ReadAsync(HttpContext http)
    {
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = SkillLimits.SizeBytesMax + SkillUpload.EnvelopeBytesMax;
        return SkillUpload.ReadAsync(http);
    }

    private async ValueTask<SkillVersionRow> FindVersionAsync(HttpContext http)
    {
        var id = SkillId(http);
        var text = VersionText(http);
        var workspace = Caller.Of(http).WorkspaceId;
        if (text == SkillResolution.Latest) return await database.ReadAsync(db => skills.FindLatestAsync(db, workspace, id), http.RequestAborted) ?? throw NotFound(id);
        if (!Id<SkillVersion>.TryParse(text, out var version)) throw VersionNotFound(id, text);
        return await database.ReadAsync(db => skills.FindVersionAsync(db, workspace, id, version), http.RequestAborted) ?? throw VersionNotFound(id, text);
    }

    private static Id<Skill> SkillId(HttpContext http) => http.RouteId<Skill>("skill", "skill");

    private static string VersionText(HttpContext http) => (string?)http.Request.RouteValues["skill_version"] ?? "";

    private static ApiException NotFound(Id<Skill> id) => ApiException.NotFound("skill", id.Value);

    private static ApiException VersionNotFound(Id<Skill> id, string version) => new(ErrorType.NotFound, $"There is no version {ApiException.Quoted(version)} of a skill {id} in this workspace.");
}
