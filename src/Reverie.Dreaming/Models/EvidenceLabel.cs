namespace Reverie.Dreaming.Models;

/// <summary>Whose words a piece of evidence is. It goes with the evidence into prompts and into what is written.</summary>
internal enum EvidenceLabel
{
    /// <summary>A person the agent worked for.</summary>
    User,

    /// <summary>Who runs the agents.</summary>
    Operator,

    /// <summary>The agent: what it called, with which values. Its claims are in no evidence.</summary>
    Agent,

    /// <summary>The environment: what a call returned.</summary>
    Tool,

    /// <summary>A stranger: a page or letter that a call returned.</summary>
    Web,

    /// <summary>The memory itself, read back.</summary>
    Memory,
}
