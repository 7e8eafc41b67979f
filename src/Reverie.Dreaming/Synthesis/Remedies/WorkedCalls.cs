using System.Runtime.InteropServices;
using Reverie.Dreaming.Review;

namespace Reverie.Dreaming.Synthesis.Remedies;

/// <summary>The calls of some actions that worked, and what their fields hold: worked out once for all errors of these actions.</summary>
internal sealed class WorkedCalls
{
    private readonly Lazy<Dictionary<string, WorkedField>> _fields;

    public WorkedCalls(IReadOnlyList<Occurrence> calls)
    {
        Calls = calls;
        _fields = new(Sort);
    }

    /// <summary>The calls, oldest first.</summary>
    public IReadOnlyList<Occurrence> Calls { get; }

    /// <summary>The calls by the fields they have.</summary>
    public IReadOnlyDictionary<string, WorkedField> Fields => _fields.Value;

    private Dictionary<string, WorkedField> Sort()
    {
        var fields = new Dictionary<string, WorkedField>(StringComparer.Ordinal);
        foreach (var call in Calls)
        {
            foreach (var argument in call.Step.Arguments)
            {
                if (!fields.TryGetValue(argument.Path, out var field)) fields.Add(argument.Path, field = new WorkedField());
                field.Add(call, argument);
            }
        }
        return fields;
    }
}

/// <summary>One field of calls that worked.</summary>
internal sealed class WorkedField
{
    private readonly Dictionary<string, int>?[] _forms = new Dictionary<string, int>?[ValueForm.CoarseToFine.Count];

    /// <summary>A field that no call has.</summary>
    public static WorkedField None { get; } = new();

    /// <summary>The calls that have it, oldest first.</summary>
    public List<Occurrence> Calls { get; } = [];

    /// <summary>Its first value in each of them.</summary>
    public List<FormedValue> Values { get; } = [];

    /// <summary>How often each form of a value occurs, those that occur twice or more; for the form at <paramref name="index"/> of <see cref="ValueForm.CoarseToFine"/>.</summary>
    /// <remarks>Two that ask at once may both count.</remarks>
    public IReadOnlyDictionary<string, int> Recurring(int index) => _forms[index] ??= Count(ValueForm.CoarseToFine[index]);

    public void Add(Occurrence call, Argument argument)
    {
        if (Calls.Count > 0 && Calls[^1].Step == call.Step) return;
        Calls.Add(call);
        Values.Add(new FormedValue(argument.Text, argument.Kind));
    }

    private Dictionary<string, int> Count(ValueForm form)
    {
        // Values recur, and forming one is what takes time.
        var forms = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (value, count) in Values.CountBy(static v => v)) CollectionsMarshal.GetValueRefOrAddDefault(forms, form.Of(value), out _) += count;
        return forms.Where(static f => f.Value >= 2).ToDictionary(StringComparer.Ordinal);
    }
}
