namespace Reverie.Cli.Demo;

/// <summary>Transcripts that come with the project.</summary>
/// <param name="Name">The folder under <c>samples/</c>.</param>
/// <param name="About">What happens in them, in one sentence.</param>
internal sealed record DemoSample(string Name, string About)
{
    /// <summary>The first is what the demo shows unasked.</summary>
    public static IReadOnlyList<DemoSample> All { get; } =
    [
        new("sql", "Three agents answer questions with SQL on twenty databases they do not know."),
        new("webshop", "An agent buys what people ask for in a simulated shop."),
        new("airline", "A support agent books, changes and cancels flights under a strict policy."),
    ];

    public static DemoSample Named(string name) => All.First(sample => string.Equals(sample.Name, name, StringComparison.Ordinal));
}
