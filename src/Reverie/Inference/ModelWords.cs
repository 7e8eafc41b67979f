namespace Reverie.Inference;

/// <summary>The contract's words for how a model is to run, and the built-in models.</summary>
public static class ModelWords
{
    /// <summary>The speed of agents that name none.</summary>
    public const string Standard = "standard";

    /// <summary>Faster output at a higher price.</summary>
    public const string Fast = "fast";

    /// <summary>To be served in the United States.</summary>
    public const string Us = "us";

    /// <summary>To be served anywhere.</summary>
    public const string Global = "global";

    /// <summary>The model that tells that no model is configured.</summary>
    public const string LocalModel = "reverie/local";

    /// <summary>The model that follows a script.</summary>
    public const string ScriptedModel = "reverie/scripted";

    /// <summary>What ids of OpenAI-compatible models begin with.</summary>
    public const string OpenAiPrefix = "openai/";

    /// <summary>What ids of Claude models begin with.</summary>
    public const string ClaudePrefix = "claude-";

    /// <summary>Every level of effort, lowest first.</summary>
    public static IReadOnlyList<string> Efforts { get; } = ["low", "medium", "high", "xhigh", "max"];
}
