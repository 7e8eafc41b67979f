namespace Reverie.Cli.Running;

/// <summary>Shows a session to whoever reads the standard output.</summary>
internal interface ISessionView
{
    /// <summary>It can show the words of a message while they come.</summary>
    bool WantsPreviews { get; }

    /// <summary>Shows an event or, where wanted, a preview.</summary>
    void Show(SessionLine line);
}
