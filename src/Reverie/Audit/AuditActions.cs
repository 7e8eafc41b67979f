namespace Reverie.Audit;

/// <summary>What the audit log records. A word is never given another meaning.</summary>
public static class AuditActions
{
    public const string StoreCreated = "memory_store.created";
    public const string StoreImported = "memory_store.imported";
    public const string StoreRolledBack = "memory_store.rolled_back";
    public const string StoreArchived = "memory_store.archived";
    public const string StoreDeleted = "memory_store.deleted";
    public const string MemoryDeleted = "memory.deleted";
    public const string VersionRedacted = "memory_version.redacted";
    public const string PolicyChanged = "review_policy.changed";
    public const string DreamCreated = "dream.created";
    public const string DreamCompleted = "dream.completed";
    public const string DreamFailed = "dream.failed";
    public const string DreamCanceled = "dream.canceled";
    public const string DreamArchived = "dream.archived";
    public const string ChangeApplied = "change.applied";
    public const string ChangeProposed = "change.proposed";
    public const string ChangeQuarantined = "change.quarantined";
    public const string ChangeRejected = "change.rejected";

    /// <summary>A later dream says the same: its change is decided on instead.</summary>
    public const string ChangeSuperseded = "change.superseded";
    public const string ChangeExpired = "change.expired";
    public const string ChangeUndone = "change.undone";

    /// <summary>A person approved or undid a change and the memory had moved: nothing was done.</summary>
    public const string ChangeConflicted = "change.conflicted";
    public const string ScheduleCreated = "dream_schedule.created";
    public const string ScheduleChanged = "dream_schedule.changed";
    public const string ScheduleDeleted = "dream_schedule.deleted";
    public const string SessionDeleted = "session.deleted";

    /// <summary>Recorded before the first session of an import is kept.</summary>
    public const string ImportBegun = "sessions.import_begun";
    public const string ImportEnded = "sessions.import_ended";
    public const string AgentCreated = "agent.created";
    public const string AgentArchived = "agent.archived";
    public const string EnvironmentCreated = "environment.created";
    public const string EnvironmentArchived = "environment.archived";
    public const string EnvironmentDeleted = "environment.deleted";
    public const string SkillCreated = "skill.created";
    public const string SkillVersionAdded = "skill.version_added";
    public const string SkillVersionDeleted = "skill.version_deleted";
    public const string SkillDeleted = "skill.deleted";
    public const string KeyCreated = "api_key.created";
    public const string KeyRevoked = "api_key.revoked";
}
