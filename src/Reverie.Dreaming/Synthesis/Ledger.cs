using Reverie.Dreaming.Review;

namespace Reverie.Dreaming.Synthesis;

/// <summary>
/// What the environment itself has to say about named values: which values of a field worked and which failed, when, and
/// what was used instead. Memory that was read and repeated does not enter it.
/// </summary>
internal sealed class Ledger
{
    private const int ValueCharsMax = 80;

    private readonly Dictionary<string, Field> _fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Occurrence>> _tools = new(StringComparer.Ordinal);

    /// <param name="toolbox">Whose calls are recorded; those of sessions with an incredible date are not.</param>
    /// <param name="isReadBack">Tells calls that read the memory itself.</param>
    public Ledger(Toolbox toolbox, Func<Step, bool> isReadBack)
    {
        Toolbox = toolbox;
        foreach (var session in toolbox.Dated)
        {
            foreach (var step in session.Steps)
            {
                if (step.ResultKey is null || isReadBack(step)) continue;
                if (!_tools.TryGetValue(step.Tool, out var calls)) _tools[step.Tool] = calls = [];
                calls.Add(new Occurrence(session, step));
                foreach (var argument in step.Arguments)
                {
                    if (argument.Kind is not (ValueKind.Text or ValueKind.Number) || argument.Text.Length is 0 or > ValueCharsMax) continue;
                    Add(step, argument.Path, argument.Text, isHost: false, session);
                    if (HostOf(argument.Text) is { } host) Add(step, argument.Path, host, isHost: true, session);
                }
            }
        }
    }

    private void Add(Step step, string path, string value, bool isHost, SessionReview session)
    {
        var place = isHost ? $"{path}\nhost" : path;
        var key = $"{step.Tool}\n{place}";
        if (!_fields.TryGetValue(key, out var field)) _fields[key] = field = new Field(Toolbox, step.Tool, path, isHost);
        field.Add(value, new Occurrence(session, step));
    }

    /// <summary>The host of a web address, which memories state without the rest; null for any other text.</summary>
    private static string? HostOf(string text) =>
        text.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Host.Contains('.') ? address.Host : null;

    public Toolbox Toolbox { get; }

    /// <summary>The fields in ordinal order of tool and path.</summary>
    public IEnumerable<Field> Fields => _fields.OrderBy(static f => f.Key, StringComparer.Ordinal).Select(static f => f.Value);

    /// <summary>Every call of a tool, oldest first; null when it was never called.</summary>
    public IReadOnlyList<Occurrence>? Calls(string tool) => _tools.GetValueOrDefault(tool);

    public IEnumerable<string> Tools => _tools.Keys.Order(StringComparer.Ordinal);

    /// <summary>One field of one tool with the values it was given, or the hosts of the addresses it was given.</summary>
    internal sealed class Field(Toolbox toolbox, string tool, string path, bool isHost)
    {
        private readonly SortedDictionary<string, List<Occurrence>> _values = new(StringComparer.Ordinal);

        public Toolbox Toolbox { get; } = toolbox;

        public string Tool { get; } = tool;

        public string Path { get; } = path;

        public IReadOnlyDictionary<string, List<Occurrence>> Values => _values;

        /// <summary>What a call gave for this field; null when it gave nothing.</summary>
        public string? ValueIn(Step step) => step.Value(Path) is { } text ? isHost ? HostOf(text) : text : null;

        /// <summary>
        /// True for values that are addresses, or hosts of them, in one domain: the last two labels are the same, or three where the registry of a
        /// country may take two ("co.uk"). Who can put up one of them is no stranger to the other.
        /// </summary>
        public bool IsOneDomain(string one, string other)
        {
            if ((isHost ? one : HostOf(one))?.Split('.') is not { } a || (isHost ? other : HostOf(other))?.Split('.') is not { } b || !a[^1].Any(char.IsLetter)) return false;
            var shared = 0;
            while (shared < Math.Min(a.Length, b.Length) && a[^(shared + 1)].Equals(b[^(shared + 1)], StringComparison.OrdinalIgnoreCase)) shared++;
            return shared > 2 || (shared == 2 && (a[^1].Length > 2 || a[^2].Length > 3));
        }

        public void Add(string value, Occurrence occurrence)
        {
            if (!_values.TryGetValue(value, out var list)) _values[value] = list = [];
            list.Add(occurrence);
        }

        /// <summary>
        /// How a value stands: it worked last, or it stopped working. A value whose failures are flakiness (the same error
        /// comes and goes) still works.
        /// </summary>
        public Standing Of(string value)
        {
            var calls = _values[value];
            var lastWorked = calls.FindLastIndex(static o => o.Step.Succeeded);
            var failedAfter = calls.Skip(lastWorked + 1).Where(static o => o.Step.Failed).ToList();
            var worked = calls.Where(static o => o.Step.Succeeded).ToList();
            return new Standing(value, worked, failedAfter);
        }
    }

    /// <summary>The record of one value.</summary>
    /// <param name="Value">The value.</param>
    /// <param name="Worked">Calls in which it worked, oldest first.</param>
    /// <param name="FailedSince">Calls in which it failed after it last worked.</param>
    internal sealed record Standing(string Value, IReadOnlyList<Occurrence> Worked, IReadOnlyList<Occurrence> FailedSince);
}
