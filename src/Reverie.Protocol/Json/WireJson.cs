using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Reverie.Protocol.Agents;
using Reverie.Protocol.Alarms;
using Reverie.Protocol.Audit;
using Reverie.Protocol.Dreams;
using Reverie.Protocol.Environments;
using Reverie.Protocol.Errors;
using Reverie.Protocol.Files;
using Reverie.Protocol.Memory;
using Reverie.Protocol.Models;
using Reverie.Protocol.Sessions;
using Reverie.Protocol.Skills;

namespace Reverie.Protocol.Json;

/// <summary>The JSON of the HTTP contract: snake_case names, times in UTC, nulls written out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ErrorEnvelope))]
[JsonSerializable(typeof(Deleted))]
[JsonSerializable(typeof(MemoryStore))]
[JsonSerializable(typeof(Page<MemoryStore>))]
[JsonSerializable(typeof(MemoryListItem))]
[JsonSerializable(typeof(Page<MemoryListItem>))]
[JsonSerializable(typeof(MemoryVersion))]
[JsonSerializable(typeof(Page<MemoryVersion>))]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(SessionPage))]
[JsonSerializable(typeof(SessionThread))]
[JsonSerializable(typeof(Page<SessionThread>))]
[JsonSerializable(typeof(SessionResource))]
[JsonSerializable(typeof(Page<SessionResource>))]
[JsonSerializable(typeof(List<SessionResource>))]
[JsonSerializable(typeof(SessionUsage))]
[JsonSerializable(typeof(SessionBudget))]
[JsonSerializable(typeof(ImportSummary))]
[JsonSerializable(typeof(Page<ArchivedSession>))]
[JsonSerializable(typeof(SessionOutcome))]
[JsonSerializable(typeof(List<OutcomeEvaluation>))]
[JsonSerializable(typeof(Page<OutcomeScores>))]
[JsonSerializable(typeof(Page<CallJudgement>))]
[JsonSerializable(typeof(WorkspaceSettings))]
[JsonSerializable(typeof(Dream))]
[JsonSerializable(typeof(DreamForecast))]
[JsonSerializable(typeof(Page<Dream>))]
[JsonSerializable(typeof(Page<DreamVerdict>))]
[JsonSerializable(typeof(DreamSessionFilter))]
[JsonSerializable(typeof(SessionFilterPreview))]
[JsonSerializable(typeof(DreamSessions))]
[JsonSerializable(typeof(DreamSchedule))]
[JsonSerializable(typeof(Page<DreamSchedule>))]
[JsonSerializable(typeof(DreamScheduleRun))]
[JsonSerializable(typeof(Page<DreamScheduleRun>))]
[JsonSerializable(typeof(DreamChangeCounts))]
[JsonSerializable(typeof(Alarm))]
[JsonSerializable(typeof(Page<Alarm>))]
[JsonSerializable(typeof(NoOpStreak))]
[JsonSerializable(typeof(ReviewPolicy))]
[JsonSerializable(typeof(Proposal))]
[JsonSerializable(typeof(Page<Proposal>))]
[JsonSerializable(typeof(DreamVerdict))]
[JsonSerializable(typeof(Page<AuditRecord>))]
[JsonSerializable(typeof(AuditHead))]
[JsonSerializable(typeof(AuditRecord))]
[JsonSerializable(typeof(Model))]
[JsonSerializable(typeof(ModelPage))]
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(Page<MemorySearchResult>))]
[JsonSerializable(typeof(MemoryChange))]
[JsonSerializable(typeof(MemoryChanges))]
[JsonSerializable(typeof(MemoryStoreRollback))]
[JsonSerializable(typeof(MemoryStoreClone))]
[JsonSerializable(typeof(MemoryStoreArchive))]
[JsonSerializable(typeof(MemoryStoreImport))]
[JsonSerializable(typeof(ArchivedChange))]
[JsonSerializable(typeof(List<PassageReview>))]
[JsonSerializable(typeof(Agent))]
[JsonSerializable(typeof(Page<Agent>))]
[JsonSerializable(typeof(SessionAgent))]
[JsonSerializable(typeof(SessionSubagent))]
[JsonSerializable(typeof(AgentEnvironment))]
[JsonSerializable(typeof(Page<AgentEnvironment>))]
[JsonSerializable(typeof(EnvironmentConfig))]
[JsonSerializable(typeof(StoredFile))]
[JsonSerializable(typeof(Page<StoredFile>))]
[JsonSerializable(typeof(Skill))]
[JsonSerializable(typeof(Page<Skill>))]
[JsonSerializable(typeof(SkillVersion))]
[JsonSerializable(typeof(Page<SkillVersion>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(Page<MemoryPassage>))]
[JsonSerializable(typeof(Page<PassageSource>))]
[JsonSerializable(typeof(Page<SessionWithdrawal>))]
[JsonSerializable(typeof(Page<MemoryCredit>))]
[JsonSerializable(typeof(StoreQuality))]
public sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>The one every endpoint writes with.</summary>
    public static WireJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new UtcTimeJsonConverter() },
    });
}
