using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Reverie.Agents;
using Reverie.Alarms;
using Reverie.Audit;
using Reverie.Dreams.Jobs;
using Reverie.Dreams.Models;
using Reverie.Dreams.Provenance;
using Reverie.Dreams.Quality;
using Reverie.Dreams.Review;
using Reverie.Dreams.Schedules;
using Reverie.Dreams.Selection;
using Reverie.Dreams.Withdrawals;
using Reverie.Environments;
using Reverie.Files;
using Reverie.Inference;
using Reverie.Mcp;
using Reverie.Memory.Archives;
using Reverie.Memory.History;
using Reverie.Memory.Provenance;
using Reverie.Memory.Search;
using Reverie.Memory.Stores;
using Reverie.Sandboxes;
using Reverie.Secrets;
using Reverie.Server.Agents;
using Reverie.Server.Alarms;
using Reverie.Server.Audit;
using Reverie.Server.Dreams;
using Reverie.Server.Dreams.Schedules;
using Reverie.Server.Dreams.Selection;
using Reverie.Server.Environments;
using Reverie.Server.Files;
using Reverie.Server.Memory;
using Reverie.Server.Models;
using Reverie.Server.Proof;
using Reverie.Server.Review;
using Reverie.Server.Sessions;
using Reverie.Server.Skills;
using Reverie.Sessions.Archive;
using Reverie.Sessions.Credit;
using Reverie.Sessions.Hands;
using Reverie.Sessions.Hands.Repositories;
using Reverie.Sessions.Inbox;
using Reverie.Sessions.Judging;
using Reverie.Sessions.Outcomes;
using Reverie.Sessions.Starting;
using Reverie.Sessions.Turns;
using Reverie.Skills;
using Reverie.Storage;
using Reverie.Tools;
using Reverie.Tools.Web;

namespace Reverie.Server;

/// <summary>What the server is made of, feature by feature, and where each answers.</summary>
internal static class ServerParts
{
    public static void Add(IServiceCollection services, ServerOptions options, SandboxHost host, SecretBox secrets, DataDirectory data, TimeProvider clock)
    {
        AddMemory(services);
        var models = new ModelRegistry(options.Inference, clock);
        services.AddSingleton(models);
        services.AddSingleton(JudgeModel.Of(options.JudgeModel, models));
        AddSessions(services);
        AddTools(services, options, host, secrets, data);
        AddDreams(services, options);
        AddReview(services);
        AddProof(services);
        AddDreamSchedules(services, options);
        AddAgents(services);
        AddSkills(services);
        services.AddSingleton<ModelEndpoints>();
    }

    public static void Map(WebApplication app)
    {
        app.Services.GetRequiredService<MemoryStoreEndpoints>().Map(app);
        app.Services.GetRequiredService<MemoryEndpoints>().Map(app);
        app.Services.GetRequiredService<MemoryVersionEndpoints>().Map(app);
        app.Services.GetRequiredService<SessionEndpoints>().Map(app);
        app.Services.GetRequiredService<SessionEventEndpoints>().Map(app);
        app.Services.GetRequiredService<SessionArchiveEndpoints>().Map(app);
        app.Services.GetRequiredService<SessionStartEndpoints>().Map(app);
        app.Services.GetRequiredService<SessionSendEndpoints>().Map(app);
        app.Services.GetRequiredService<SessionThreadEndpoints>().Map(app);
        app.Services.GetRequiredService<OutcomeEndpoints>().Map(app);
        app.Services.GetRequiredService<JudgementEndpoints>().Map(app);
        app.Services.GetRequiredService<SessionResourceEndpoints>().Map(app);
        app.Services.GetRequiredService<DreamEndpoints>().Map(app);
        app.Services.GetRequiredService<DreamReviewEndpoints>().Map(app);
        app.Services.GetRequiredService<SessionFilterEndpoints>().Map(app);
        app.Services.GetRequiredService<DreamScheduleEndpoints>().Map(app);
        app.Services.GetRequiredService<AlarmEndpoints>().Map(app);
        app.Services.GetRequiredService<ReviewPolicyEndpoints>().Map(app);
        app.Services.GetRequiredService<ProposalEndpoints>().Map(app);
        app.Services.GetRequiredService<AuditEndpoints>().Map(app);
        app.Services.GetRequiredService<DreamForecastEndpoints>().Map(app);
        app.Services.GetRequiredService<ProofEndpoints>().Map(app);
        app.Services.GetRequiredService<MemorySearchEndpoints>().Map(app);
        app.Services.GetRequiredService<ModelEndpoints>().Map(app);
        app.Services.GetRequiredService<MemoryHistoryEndpoints>().Map(app);
        app.Services.GetRequiredService<MemoryArchiveEndpoints>().Map(app);
        app.Services.GetRequiredService<AgentEndpoints>().Map(app);
        app.Services.GetRequiredService<EnvironmentEndpoints>().Map(app);
        app.Services.GetRequiredService<FileEndpoints>().Map(app);
        app.Services.GetRequiredService<SkillEndpoints>().Map(app);
    }

    private static void AddMemory(IServiceCollection services)
    {
        services.AddSingleton<MemoryStoreRepository>();
        services.AddSingleton<MemoryRepository>();
        services.AddSingleton<MemoryListing>();
        services.AddSingleton<MemoryVersionRepository>();
        services.AddSingleton<MemoryStoreEndpoints>();
        services.AddSingleton<MemoryEndpoints>();
        services.AddSingleton<MemoryVersionEndpoints>();
        services.AddSingleton<MemorySearchRepository>();
        services.AddSingleton<MemorySearch>();
        services.AddHostedService<MemorySearchLoop>();
        services.AddSingleton<MemoryStoreHistory>();
        services.AddSingleton<MemoryStoreArchives>();
        services.AddSingleton<MemorySearchEndpoints>();
        services.AddSingleton<MemoryHistoryEndpoints>();
        services.AddSingleton<MemoryArchiveEndpoints>();
    }

    private static void AddSessions(IServiceCollection services)
    {
        services.AddSingleton<SessionRepository>();
        services.AddSingleton<SessionLog>();
        services.AddSingleton<SessionImport>();
        services.AddSingleton<SessionEndpoints>();
        services.AddSingleton<SessionEventEndpoints>();
        services.AddSingleton<SessionArchiveEndpoints>();
        services.AddSingleton<SessionSetupRepository>();
        services.AddSingleton<SessionPreviews>();
        services.AddSingleton<ThreadArchive>();
        services.AddSingleton<GraderSettings>();
        services.AddSingleton<Grader>();
        services.AddSingleton<Judge>();
        services.AddSingleton<IAttachmentSource, StoredAttachments>();
        services.AddSingleton<Attachments>();
        services.AddSingleton<TurnServices>();
        services.AddSingleton<LocalLoop>();
        services.AddHostedService<SessionLoop>();
        services.AddSingleton<SessionInbox>();
        services.AddSingleton<ResourceMounting>();
        services.AddSingleton<SessionStarter>();
        services.AddSingleton<IEnvironmentUse, EnvironmentUse>();
        services.AddSingleton<SessionView>();
        services.AddSingleton<AttachedFiles>();
        services.AddSingleton<RubricFiles>();
        services.AddSingleton<SessionFeeds>();
        services.AddSingleton<SessionStream>();
        services.AddSingleton<SessionStartEndpoints>();
        services.AddSingleton<SessionSendEndpoints>();
        services.AddSingleton<SessionThreadEndpoints>();
        services.AddSingleton<OutcomeEndpoints>();
        services.AddSingleton<JudgementEndpoints>();
        services.AddSingleton<SessionResourceEndpoints>();
    }

    /// <summary>Where agents' commands run and what they run.</summary>
    private static void AddTools(IServiceCollection services, ServerOptions options, SandboxHost host, SecretBox secrets, DataDirectory data)
    {
        services.AddSingleton(host);
        services.AddSingleton(new SessionPlaces(Path.Combine(data.Path, "sessions")));
        services.AddSingleton<SandboxOpening>();
        services.AddSingleton(_ => new WebFetcher(options.FetchesFrom));
        services.AddSingleton<FetchRules>();
        services.AddSingleton<ToolBox>();
        services.AddSingleton(secrets);
        services.AddSingleton<RepositoryTokens>();
        services.AddSingleton(options.Repositories);
        services.AddSingleton<RepositoryServices>();
        services.AddSingleton(options.SandboxUse);
        services.AddSingleton<OpenSandboxes>();
        services.AddHostedService(static s => s.GetRequiredService<OpenSandboxes>());
        services.AddSingleton<ISessionTools, SandboxTools>();
        services.AddSingleton(options.Mcp);
        services.AddSingleton<McpConnections>();
        services.AddHostedService(static s => s.GetRequiredService<McpConnections>());
        if (options.Tools is { } tools) services.AddSingleton(tools);
    }

    private static void AddDreams(IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(options.DreamUse);
        services.AddSingleton<DreamRepository>();
        services.AddSingleton<DreamChangeRepository>();
        services.AddSingleton<ChangeLanding>();
        services.AddSingleton<DreamReview>();
        services.AddSingleton<DreamAnswerRepository>();
        services.AddSingleton<DreamThinking>();
        services.AddSingleton<DreamSession>();
        services.AddSingleton<DreamJob>();
        services.AddHostedService<DreamLoop>();
        services.AddSingleton<DreamEndpoints>();
        services.AddSingleton<DreamReviewEndpoints>();
        services.AddSingleton<DreamForecastEndpoints>();
    }

    /// <summary>Which sessions dreams read, and when they run.</summary>
    private static void AddDreamSchedules(IServiceCollection services, ServerOptions options)
    {
        // A command that ends soon sets nothing off; it may ask for a run.
        services.AddSingleton(new DreamScheduleSettings(SetsOff: !options.IsEmbedded));
        services.AddSingleton<SessionCandidateRepository>();
        services.AddSingleton<SessionSelector>();
        services.AddSingleton<DreamSessionRepository>();
        services.AddSingleton<SessionFilterEndpoints>();
        services.AddSingleton<AlarmRepository>();
        services.AddSingleton<AlarmEndpoints>();
        services.AddSingleton<DreamScheduleRepository>();
        services.AddSingleton<DreamRunRepository>();
        services.AddSingleton<DreamRunEnding>();
        services.AddSingleton<DreamScheduling>();
        services.AddSingleton<DreamScheduleEndpoints>();
        services.AddHostedService<DreamScheduleLoop>();
    }

    /// <summary>Who decides on what dreams do, and what is recorded of what everybody does.</summary>
    private static void AddReview(IServiceCollection services)
    {
        services.AddSingleton<AuditLog>();
        services.AddSingleton<ChangeAudit>();
        services.AddSingleton<ReviewPolicyRepository>();
        services.AddSingleton<ProposalRepository>();
        services.AddSingleton<RepetitionRepository>();
        services.AddSingleton<ProposalExpiry>();
        services.AddSingleton<ReviewPolicyEndpoints>();
        services.AddSingleton<ProposalEndpoints>();
        services.AddSingleton<AuditEndpoints>();
    }

    private static void AddProof(IServiceCollection services)
    {
        services.AddSingleton<IChangeRecords, ChangeRecords>();
        services.AddSingleton<ProvenanceReader>();
        services.AddSingleton<CreditReader>();
        services.AddSingleton<QualityReader>();
        services.AddSingleton<WithdrawalRepository>();
        services.AddSingleton<StoreWithdrawals>();
        services.AddSingleton<ImportedWithdrawals>();
        services.AddSingleton<WithdrawalPlanning>();
        services.AddSingleton<SessionWithdrawals>();
        services.AddSingleton<ProofEndpoints>();
    }

    private static void AddAgents(IServiceCollection services)
    {
        services.AddSingleton<IModelCatalog, RegisteredModels>();
        services.AddSingleton<AgentRepository>();
        services.AddSingleton<AgentSaving>();
        services.AddSingleton<AgentEndpoints>();
        services.AddSingleton<EnvironmentRepository>();
        services.AddSingleton<EnvironmentEndpoints>();
        services.AddSingleton<FileBlobs>();
        services.AddSingleton<FileRepository>();
        services.AddSingleton<SessionFiles>();
        services.AddHostedService<FileLoop>();
        services.AddSingleton<FileEndpoints>();
    }

    private static void AddSkills(IServiceCollection services)
    {
        services.AddSingleton<SkillRepository>();
        services.AddSingleton<SkillSaving>();
        services.AddSingleton<SkillResolution>();
        services.AddSingleton<SessionSkills>();
        services.AddSingleton<SkillEndpoints>();
    }
}
