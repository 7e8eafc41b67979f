using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reverie.Inference;
using Reverie.Protocol.Errors;
using Reverie.Protocol.Json;
using Reverie.Protocol.Models;
using Reverie.Server.Http;

namespace Reverie.Server.Models;

/// <summary>Models agents can name (public contract, "Models"): those this server can reach.</summary>
internal sealed class ModelEndpoints(ModelRegistry registry)
{
    private static readonly string[] Lifecycles = ["active", "deprecated", "retired"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/models", ListAsync).Describe("List the models agents can name, newest first", null, typeof(ModelPage), Parameter.Limit(20, 1000), new Parameter("after_id", "Models behind this one."),
            new Parameter("before_id", "Models before this one."), Parameter.Many("lifecycle", "", Lifecycles));
        // Ids may hold a slash, as it is or escaped.
        routes.MapGet("/v1/models/{*model}", RetrieveAsync).Describe("Get a model", gives: typeof(Model));
    }

    private Task RetrieveAsync(HttpContext http)
    {
        var id = Uri.UnescapeDataString((string?)http.Request.RouteValues["model"] ?? "");
        return registry.Find(id) is ModelFound { Info: var info }
            ? http.WriteAsync(ToModel(info), WireJson.Wire.Model)
            : throw new ApiException(ErrorType.NotFound, $"There is no model {ApiException.Quoted(id)} on this server; GET /v1/models lists what there is.");
    }

    private Task ListAsync(HttpContext http)
    {
        var limit = http.Limit(20, 1000);
        var lifecycles = http.Many("lifecycle");
        foreach (var word in lifecycles)
            if (!Lifecycles.Contains(word)) throw ApiException.Invalid($"lifecycle[] must be {string.Join(", ", Lifecycles)}, not {ApiException.Quoted(word)}.");
        var models = registry.Models.Where(m => lifecycles.Count == 0 ? m.Lifecycle != "retired" : lifecycles.Contains(m.Lifecycle)).ToList();
        var (after, before) = (http.Text("after_id"), http.Text("before_id"));
        if (after is not null && before is not null) throw ApiException.Invalid("after_id and before_id exclude each other.");
        if (after is not null) models = models[(Place(models, "after_id", after) + 1)..];
        else if (before is not null) models = models[..Place(models, "before_id", before)];
        var page = before is null ? models.Take(limit) : models.TakeLast(limit);
        var data = page.Select(ToModel).ToList();
        return http.WriteAsync(new ModelPage(data, models.Count > limit, data.FirstOrDefault()?.Id, data.LastOrDefault()?.Id), WireJson.Wire.ModelPage);
    }

    private static int Place(List<ModelInfo> models, string name, string id)
    {
        var at = models.FindIndex(m => m.Id == id || m.Aliases.Contains(id));
        return at >= 0 ? at : throw ApiException.Invalid($"{name}: there is no model {ApiException.Quoted(id)} in this list.");
    }

    private static Model ToModel(ModelInfo info)
    {
        var (yes, no) = (new Supported(true), new Supported(false));
        return new Model
        {
            Id = info.Id,
            DisplayName = info.DisplayName,
            CreatedAt = info.CreatedAt,
            Lifecycle = info.Lifecycle,
            Line = info.Line,
            MaxInputTokens = info.ContextWindowTokens,
            MaxTokens = info.OutputTokensMax,
            Capabilities = new ModelCapabilities
            {
                Batch = no,
                Citations = info.Provider == ModelProviderKind.Anthropic ? yes : no,
                CodeExecution = no,
                ImageInput = new Supported(info.HasImageInput),
                PdfInput = new Supported(info.HasPdfInput),
                StructuredOutputs = no,
                Effort = new EffortCapability(info.Efforts.Count > 0, Takes("low"), Takes("medium"), Takes("high"), Takes("xhigh"), Takes("max")),
                Thinking = new ThinkingCapability(info.HasAdaptiveThinking, new ThinkingTypes(new Supported(info.HasAdaptiveThinking), no, no, no)),
                ContextManagement = new ContextManagementCapability(false),
                ServerTools = new ServerToolsCapability(false, no, no),
            },
        };

        Supported Takes(string effort) => info.Efforts.Contains(effort) ? yes : no;
    }
}
