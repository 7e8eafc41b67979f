using System.Globalization;
using Reverie.Dreaming.Review;
using Reverie.Dreaming.Synthesis.Behaviours;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis.Conditions;

/// <summary>
/// The last call of one tool in each session that made it: what had been answered before it, and what was chosen with it.
/// </summary>
internal sealed class Decision
{
    /// <summary>Features of either sort, those known in most sessions.</summary>
    private const int ColumnsMax = 24;

    /// <summary>Tools looked at, those called in most sessions.</summary>
    private const int ToolsMax = 24;

    /// <summary>Steps before the call whose answers still count.</summary>
    private const int Reach = 60;

    private readonly Cohort _cohort;
    private readonly Dictionary<Feature, double[]> _numbers = [];
    private readonly Dictionary<Feature, string?[]> _words = [];
    private readonly Dictionary<string, (int Told, int Given)> _copied = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Chosen, int Seen)> _subjects = new(StringComparer.Ordinal);

    private Decision(Cohort cohort, string tool)
    {
        _cohort = cohort;
        Tool = tool;
        Calls = [.. cohort.Sessions.Select(LastCall)];
        var before = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (session, call) in cohort.Sessions.Zip(Calls))
            if (call is not null) before.UnionWith(session.Steps.Take(call.Index).Select(static s => s.Tool));
        for (var i = 0; i < Calls.Length; i++)
            if (Calls[i] is { } call) Read(i, call, before);
        var columns = _numbers.Keys.Union(_words.Keys).Where(IsOwn).Order(Feature.Order)
            .Select(f => Column.Of(f, Numbers(f), _words.GetValueOrDefault(f) ?? new string?[cohort.Sessions.Count])).OfType<Column>()
            .OrderByDescending(static c => c.Known.Count).ToList();
        Choices = [.. columns.Where(c => c.Feature.IsChoice && VariesWithinTasks(c)).Take(ColumnsMax)];
        Conditions = [.. columns.Where(c => c.Feature.Kind == FeatureKind.Answer && !Choices.Any(choice => choice.Feature == c.Feature with { Kind = FeatureKind.Subject })).Take(ColumnsMax)];
    }

    public string Tool { get; }

    /// <summary>The call of each session; null where there was none.</summary>
    public Step?[] Calls { get; }

    /// <summary>What was known; what is known of a thing that was picked is no circumstance but a choice.</summary>
    public IReadOnlyList<Column> Conditions { get; }

    /// <summary>What was decided.</summary>
    public IReadOnlyList<Column> Choices { get; }

    /// <summary>The decisions of a cohort about which something could be learnt, in a stable order.</summary>
    public static List<Decision> In(Cohort cohort) =>
        [.. cohort.Sessions.SelectMany(static s => s.Steps.Select(static t => t.Tool).Distinct(StringComparer.Ordinal)).CountBy(static t => t, StringComparer.Ordinal)
            .Where(static c => c.Value >= 4 * RuleSearch.SideMin).OrderByDescending(static c => c.Value).ThenBy(static c => c.Key, StringComparer.Ordinal).Take(ToolsMax)
            .Select(c => new Decision(cohort, c.Key)).Where(static d => d.Choices.Any(static c => c.Feature.Kind != FeatureKind.Calls))];

    /// <summary>The last call that did not fail, or the last one.</summary>
    private Step? LastCall(SessionReview session)
    {
        Step? failed = null;
        for (var i = session.Steps.Count - 1; i >= 0; i--)
        {
            var step = session.Steps[i];
            if (step.Tool != Tool) continue;
            if (!step.Failed) return step;
            failed ??= step;
        }
        return failed;
    }

    private void Read(int session, Step call, HashSet<string> before)
    {
        var steps = _cohort.Sessions[session].Steps;
        foreach (var argument in call.Arguments)
        {
            if (!argument.IsNamed && argument.Kind != ValueKind.Text) continue;
            var feature = new Feature(FeatureKind.Argument, Tool, argument.Path);
            if (argument.Kind == ValueKind.Number && double.TryParse(argument.Text, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            {
                Set(feature, session, number);
                Note(argument.Path, steps.Take(call.Index).Any(s => s.Figures.Any(f => f.Value == number)));
            }
            else if (argument.Kind is ValueKind.Text or ValueKind.Boolean && BehaviourReader.IsChoice(argument) && Names.IsName(argument.Text))
            {
                Set(feature, session, argument.Text);
                Note(argument.Path, argument.Standing != Standing.Absent);
            }
        }
        // Where success ends the session, how often something was called tells how it went.
        if (!_cohort.EndsWithSuccess)
        {
            var counts = steps.Take(call.Index).CountBy(static s => s.Tool, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
            foreach (var tool in before) Set(new Feature(FeatureKind.Calls, tool, ""), session, counts.GetValueOrDefault(tool));
        }
        ReadAnswers(session, call);
    }

    private void Note(string argument, bool isTold)
    {
        var (told, given) = _copied.GetValueOrDefault(argument);
        _copied[argument] = (told + (isTold ? 1 : 0), given + 1);
    }

    private void ReadAnswers(int session, Step call)
    {
        var steps = _cohort.Sessions[session].Steps;
        var earlier = new Dictionary<string, List<Step>>(StringComparer.Ordinal);
        for (var i = call.Index - 1; i >= Math.Max(0, call.Index - Reach); i--)
        {
            var step = steps[i];
            if (step.Tool == Tool || step.Failed || step.ReadsMemory || step.Figures.Count + step.Facts.Count == 0) continue;
            if (!earlier.TryGetValue(step.Tool, out var answers)) earlier.Add(step.Tool, answers = []);
            answers.Add(step);
        }
        foreach (var (tool, answers) in earlier)
        {
            var about = answers.Find(a => BehaviourReader.SameThing(a, call));
            var latest = about ?? answers[0];
            if (about is not null)
            {
                var (chosen, seen) = _subjects.GetValueOrDefault(tool);
                _subjects[tool] = (chosen + (answers.Exists(a => a.InputHash != about.InputHash) ? 1 : 0), seen + 1);
            }
            foreach (var figure in latest.Figures)
            {
                Set(new Feature(FeatureKind.Answer, tool, figure.Field), session, figure.Value);
                if (about is not null) Set(new Feature(FeatureKind.Subject, tool, figure.Field), session, figure.Value);
            }
            foreach (var fact in latest.Facts)
            {
                var (field, word) = (JsonFacts.FieldOf(fact), JsonFacts.ValueOf(fact));
                if (!Names.IsName(field) || !Names.IsName(word) || Array.Exists(latest.Arguments, a => a.Text == word)) continue;
                Set(new Feature(FeatureKind.Answer, tool, field), session, word);
                if (about is not null) Set(new Feature(FeatureKind.Subject, tool, field), session, word);
            }
        }
    }

    /// <summary>A choice is the caller's own: no value copied from what was read, and no thing that was the only one looked at.</summary>
    private bool IsOwn(Feature feature) => feature.Kind switch
    {
        FeatureKind.Argument => _copied.GetValueOrDefault(feature.Field) is var (told, given) && told * 2 <= given,
        FeatureKind.Subject => _subjects[feature.Tool] is var (chosen, seen) && chosen * 2 >= seen,
        _ => true,
    };

    /// <summary>What is the same whenever a task is done comes with the task; nobody chose it.</summary>
    private bool VariesWithinTasks(Column column)
    {
        if (!_cohort.TasksRepeat) return true;
        var tasks = column.Known.Sessions().GroupBy(i => _cohort.Tasks[i]).Where(static g => g.Skip(1).Any()).ToList();
        return 2 * tasks.Count(t => column.Cuts.Any(c => t.Select(i => c.Sessions[i]).Distinct().Skip(1).Any())) >= tasks.Count;
    }

    private double[] Numbers(Feature feature)
    {
        if (_numbers.TryGetValue(feature, out var numbers)) return numbers;
        numbers = new double[_cohort.Sessions.Count];
        Array.Fill(numbers, double.NaN);
        return numbers;
    }

    private void Set(Feature feature, int session, double number)
    {
        if (!_numbers.TryGetValue(feature, out var numbers)) _numbers.Add(feature, numbers = Numbers(feature));
        numbers[session] = number;
    }

    private void Set(Feature feature, int session, string word)
    {
        if (!_words.TryGetValue(feature, out var words)) _words.Add(feature, words = new string?[_cohort.Sessions.Count]);
        words[session] = word;
    }
}
