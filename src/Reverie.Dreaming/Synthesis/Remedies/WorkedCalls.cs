using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Reverie.Dreaming.Review;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis.Remedies;

/// <summary>The calls of some actions that worked, what their fields hold and what came before them: worked out once for all errors of these actions.</summary>
internal sealed class WorkedCalls
{
    private readonly Precedence _precedence;
    private readonly Lazy<Dictionary<string, WorkedField>> _fields;
    private readonly Lazy<Dictionary<string, int>> _before;
    private readonly Lazy<Dictionary<string, int>> _near;
    private readonly ConcurrentDictionary<Precondition, (int With, int Without)> _meeting = new();

    public WorkedCalls(IReadOnlyList<Occurrence> calls, Precedence precedence)
    {
        Calls = calls;
        _precedence = precedence;
        _fields = new(Sort);
        _before = new(() => Precedence.Count(Calls, Precedence.Before));
        _near = new(() => Precedence.Count(Calls, precedence.Near));
    }

    /// <summary>The calls, oldest first.</summary>
    public IReadOnlyList<Occurrence> Calls { get; }

    /// <summary>The calls by the fields they have.</summary>
    public IReadOnlyDictionary<string, WorkedField> Fields => _fields.Value;

    /// <summary>For each action, before how many of the calls it stands: <see cref="Precedence.Before"/>.</summary>
    public IReadOnlyDictionary<string, int> Before => _before.Value;

    /// <summary>For each action, before how many of the calls it stands: <see cref="Precedence.Near"/>.</summary>
    public IReadOnlyDictionary<string, int> Near => _near.Value;

    /// <summary>How many of the calls meet a condition and how many do not.</summary>
    public (int With, int Without) Meeting(Precondition condition) => _meeting.GetOrAdd(condition, c => _precedence.Count(Calls, c));

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

/// <summary>One field of calls that worked. What is counted on request may be counted by two that ask at once.</summary>
internal sealed class WorkedField
{
    private readonly Dictionary<string, int>?[] _recurring = new Dictionary<string, int>?[ValueForm.CoarseToFine.Count];
    private readonly Dictionary<string, int>?[] _tasks = new Dictionary<string, int>?[ValueForm.CoarseToFine.Count];
    private readonly HalvedForms?[] _halved = new HalvedForms?[ValueForm.CoarseToFine.Count];

    /// <summary>A field that no call has.</summary>
    public static WorkedField None { get; } = new();

    /// <summary>The calls that have it, oldest first.</summary>
    public List<Occurrence> Calls { get; } = [];

    /// <summary>Its first value in each of them.</summary>
    public List<FormedValue> Values { get; } = [];

    /// <summary>How many of its texts were labels of the latest answer.</summary>
    public int Labelled { get; private set; }

    /// <summary>How many of its texts were not.</summary>
    public int Unlabelled { get; private set; }

    /// <summary>How often each form of a value occurs, those that occur twice or more; for the form at <paramref name="index"/> of <see cref="ValueForm.CoarseToFine"/>.</summary>
    public IReadOnlyDictionary<string, int> Recurring(int index) =>
        _recurring[index] ??= Count(ValueForm.CoarseToFine[index], Values).Where(static f => f.Value >= 2).ToDictionary(StringComparer.Ordinal);

    /// <summary>In how many tasks each recurring form occurs.</summary>
    public IReadOnlyDictionary<string, int> Tasks(int index, Toolbox toolbox)
    {
        return _tasks[index] ??= Calls.Zip(Values, (c, v) => (Form: ValueForm.CoarseToFine[index].Of(v), c.Session)).Where(f => Recurring(index).ContainsKey(f.Form))
            .GroupBy(static f => f.Form, static f => f.Session, StringComparer.Ordinal).ToDictionary(static g => g.Key, toolbox.Tasks, StringComparer.Ordinal);
    }

    /// <summary>How often each form occurs in the sessions lessons are learnt from, and in those that check them.</summary>
    public HalvedForms Halved(int index) => _halved[index] ??= new HalvedForms(Count(ValueForm.CoarseToFine[index], Half(learnt: true)), Count(ValueForm.CoarseToFine[index], Half(learnt: false)));

    public void Add(Occurrence call, Argument argument)
    {
        if (Calls.Count > 0 && Calls[^1].Step == call.Step) return;
        Calls.Add(call);
        Values.Add(new FormedValue(argument));
        if (argument.Kind != ValueKind.Text) return;
        if (argument.Standing == Standing.Labelled) Labelled++;
        else Unlabelled++;
    }

    private IEnumerable<FormedValue> Half(bool learnt) => Calls.Zip(Values).Where(p => StableHash.Discovers(p.First.Session.Key) == learnt).Select(static p => p.Second);

    private static Dictionary<string, int> Count(ValueForm form, IEnumerable<FormedValue> values)
    {
        // Values recur, and forming one is what takes time.
        var forms = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (value, count) in values.CountBy(static v => v)) CollectionsMarshal.GetValueRefOrAddDefault(forms, form.Of(value), out _) += count;
        return forms;
    }
}

/// <summary>How often each form of a field's values occurs in each half of the sessions.</summary>
internal sealed record HalvedForms(IReadOnlyDictionary<string, int> Learnt, IReadOnlyDictionary<string, int> Checked);
