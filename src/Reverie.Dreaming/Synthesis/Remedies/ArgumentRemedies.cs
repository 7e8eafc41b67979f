using Reverie.Dreaming.Review;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis.Remedies;

/// <summary>Remedies that lie in the call itself: a missing or misnamed field, a value of the wrong form or kind.</summary>
internal static class ArgumentRemedies
{
    private const double SeparationMin = 0.85;

    /// <summary>Calls without the remedy must mostly fail; otherwise it merely names calls that seldom do.</summary>
    private const double RateWithoutMax = 0.3;

    private const int FormsMax = 12;

    public static IEnumerable<Remedy> Find(ErrorCase error)
    {
        var users = error.Worked.Fields.ToDictionary(static f => f.Key, static f => new Users(f.Value, []), StringComparer.Ordinal);
        foreach (var failure in error.Failures)
        {
            foreach (var argument in failure.Step.Arguments)
            {
                if (!users.TryGetValue(argument.Path, out var calls)) users.Add(argument.Path, calls = new Users(WorkedField.None, []));
                if (calls.Failures.Count == 0 || calls.Failures[^1].Step != failure.Step) calls.Failures.Add(failure);
            }
        }
        foreach (var (path, calls) in users.OrderBy(static u => u.Key, StringComparer.Ordinal))
        {
            if (calls.Successes.Count < 2) continue;
            if (Field(error, path, users) is { } field) yield return field;
            if (Form(error, path, calls) is { } form) yield return form;
            if (Label(error, path, calls) is { } label) yield return label;
        }
    }

    private static Remedy? Field(ErrorCase error, string path, Dictionary<string, Users> users)
    {
        int withGood = users[path].Successes.Count, withBad = users[path].Failures.Count;
        var table = new Table(withGood, withBad, error.Successes.Count - withGood, error.Failures.Count - withBad);
        if (table.WithBad > table.WithoutBad / 5 || table.WithGood < 2) return null;
        // Failures must lack the field; successes must have it.
        if (ErrorCase.Separation(table) < SeparationMin) return null;
        var fits = error.SameToolResolutions.Where(r => r.Failed.Value(path) is null && r.Settled.Value(path) is not null).ToList();
        var misnamed = users.Where(u => u.Key != path && u.Value.Failures.Count * 10 >= error.Failures.Count * 6 && u.Value.Successes.Count * 10 <= error.Successes.Count)
            .Select(static u => u.Key).Order(StringComparer.Ordinal).FirstOrDefault();
        var examples = Examples(error.Successes, path, 2);
        var like = examples.Count == 0 ? "" : $", e.g. {string.Join(", ", examples)}";
        var advice = misnamed is null
            ? $"give it the field `{path}`{like}; calls without `{path}` fail"
            : $"name the field `{path}`{like}, not `{misnamed}`";
        return Make(error, table, fits, advice, misnamed is null ? $"needs `{path}`" : $"wants `{path}`, not `{misnamed}`", 0.10);
    }

    /// <summary>The value's form: kind, characters, length, prefix or one of a few words; the coarsest form that separates wins.</summary>
    private static Remedy? Form(ErrorCase error, string path, Users calls)
    {
        var good = calls.Field.Values;
        var bad = Values(calls.Failures, path);
        if (good.Count < 2 || bad.Count < 2) return null;
        // One or two bad values say nothing about a form: they are bad themselves.
        var fewBad = bad.Select(static v => v.Text).Distinct(StringComparer.Ordinal).Count() <= 2;
        foreach (var (index, form) in ValueForm.CoarseToFine.Index())
        {
            if (fewBad && form.Name is not ("kind" or "word" or "exact word")) continue;
            var recurring = calls.Field.Recurring(index);
            var failing = bad.CountBy(form.Of, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
            var known = recurring.Where(f => failing.GetValueOrDefault(f.Key) * 8 <= f.Value).Select(static f => f.Key).ToHashSet(StringComparer.Ordinal);
            if (known.Count > 0 && form.Name is "word" or "exact word")
            {
                // A single word is a rule only where several tasks used it; else it is what one task happened to need.
                var tasks = calls.Field.Tasks(index, error.Toolbox);
                known.RemoveWhere(word => tasks[word] < 3);
            }
            // A form as varied as the values themselves explains nothing.
            if (known.Count == 0 || known.Count > Math.Min(FormsMax, Math.Max(1, good.Count / 3))) continue;
            int goodKnown = known.Sum(f => recurring[f]), badKnown = known.Sum(f => failing.GetValueOrDefault(f));
            var table = new Table(goodKnown, badKnown, good.Count - goodKnown, bad.Count - badKnown);
            if (ErrorCase.Separation(table) < SeparationMin || table.WithBad * 10 > table.WithGood || table.RateWithout > RateWithoutMax) continue;
            if (!HoldsOut(calls, path, index)) continue;
            var fits = error.SameToolResolutions.Where(r =>
                ValueOf(r.Failed, path) is { } before && !known.Contains(form.Of(before))
                && ValueOf(r.Settled, path) is { } after && known.Contains(form.Of(after))).ToList();
            var right = good.Where(v => known.Contains(form.Of(v))).ToList();
            var wrong = bad.Where(v => !known.Contains(form.Of(v))).ToList();
            var secret = Secrets.IsSecretField(path);
            var rightExamples = secret ? [] : Pick(right, 3);
            var wrongExamples = secret ? [] : Pick(wrong, 2);
            var description = fewBad && form.Name != "kind" ? "" : ValueForm.Describe(right, wrong, pieces: !secret);
            if (rightExamples.Count == 0 && description.Length == 0) return null;
            var like = rightExamples.Count == 0 ? "" : $" like {string.Join(", ", rightExamples)}";
            var not = wrongExamples.Count == 0 ? "" : $", not like {string.Join(", ", wrongExamples)}";
            var words = description.Length == 0 ? "" : $" ({description})";
            return Make(error, table, fits, $"write `{path}`{like}{words}{not}", $"wants `{path}`{(description.Length == 0 ? like : " as " + description)}", 0.07);
        }
        return null;
    }

    /// <summary>Forms learnt from one half of the sessions must part success from failure in the other half too, where both halves have enough of both.</summary>
    private static bool HoldsOut(Users calls, string path, int index)
    {
        var form = ValueForm.CoarseToFine[index];
        var good = calls.Field.Halved(index);
        var bad = calls.Failures.ToLookup(static o => StableHash.Discovers(o.Session.Key));
        var checkedBad = Values(bad[false], path);
        var checkedGood = good.Checked.Values.Sum();
        if (good.Learnt.Values.Sum() < 8 || checkedGood < 8 || checkedBad.Count < 3) return true;
        var known = good.Learnt.Keys.ToHashSet(StringComparer.Ordinal);
        known.ExceptWith(Values(bad[true], path).Select(form.Of));
        var kept = good.Checked.Where(f => known.Contains(f.Key)).Sum(static f => f.Value);
        var failing = checkedBad.Count(v => !known.Contains(form.Of(v)));
        return kept * 10 >= checkedGood * 7 && failing * 10 >= checkedBad.Count * 7;
    }

    /// <summary>The value must be a label the latest answer offered.</summary>
    private static Remedy? Label(ErrorCase error, string path, Users calls)
    {
        var failed = calls.Failures.Select(o => Argument(o.Step, path)).Where(static a => a is { Kind: ValueKind.Text }).ToLookup(static a => a!.Value.Standing == Standing.Labelled);
        var table = new Table(calls.Field.Labelled, failed[true].Count(), calls.Field.Unlabelled, failed[false].Count());
        if (table.With < 5 || table.Without < 5 || table.RateWith < 0.85 || table.Difference < 0.35) return null;
        var fits = error.SameToolResolutions.Where(r => Argument(r.Failed, path) is { Standing: not Standing.Labelled }
            && Argument(r.Settled, path) is { Standing: Standing.Labelled }).ToList();
        var right = Pick(calls.Successes.Where(o => Argument(o.Step, path) is { Standing: Standing.Labelled }).Select(o => ValueOf(o.Step, path)!.Value).ToList(), 3);
        var wrong = Pick(calls.Failures.Where(o => Argument(o.Step, path) is { Standing: not Standing.Labelled }).Select(o => ValueOf(o.Step, path)!.Value).ToList(), 2);
        var advice = $"take `{path}` letter by letter from the latest answer, where it stands as a label of its own in brackets or quotes"
            + (right.Count > 0 ? $" (worked: {string.Join(", ", right)}" + (wrong.Count > 0 ? $"; failed: {string.Join(", ", wrong)})" : ")") : "");
        return Make(error, table, fits, advice, $"takes only labels of the latest answer as `{path}`", 0.02);
    }

    private static Remedy Make(ErrorCase error, Table table, List<Resolution> fits, string advice, string shortly, double prior)
    {
        return new Remedy
        {
            Advice = advice,
            Short = shortly,
            Contrast = table,
            Resolutions = fits,
            Score = ErrorCase.Separation(table) + error.ResolutionScore(fits.Count) + prior,
        };
    }

    private static List<string> Examples(IEnumerable<Occurrence> occurrences, string path, int most) =>
        Secrets.IsSecretField(path) ? [] : Pick(Values(occurrences, path), most);

    private static List<FormedValue> Values(IEnumerable<Occurrence> occurrences, string path) =>
        [.. occurrences.Select(o => ValueOf(o.Step, path)).Where(static v => v is not null).Select(static v => v!.Value)];

    /// <summary>The most frequent values that may be shown, as code.</summary>
    private static List<string> Pick(List<FormedValue> values, int most) =>
        [.. values.Where(static v => v.Text != "[]").Select(static v => v.Kind == ValueKind.List ? $"[\"{v.Text}\"]" : v.Text).Where(static t => t.Length is > 0 and <= 48 && !Secrets.In(t) && !HiddenText.In(t) && !t.Contains('`'))
            .GroupBy(static t => t, StringComparer.Ordinal).OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key.Length).ThenBy(static g => g.Key, StringComparer.Ordinal)
            .Where(static g => !Lookalikes.In(g.Key) && Orders.Score(g.Key) < Instructions.PlantedScoreMin).Take(most).Select(static g => $"`{g.Key}`")];

    private static FormedValue? ValueOf(Step step, string path) => Argument(step, path) is { } a ? new FormedValue(a) : null;

    private static Argument? Argument(Step step, string path)
    {
        foreach (var argument in step.Arguments)
            if (argument.Path == path) return argument;
        return null;
    }

    /// <summary>The calls that have a field, oldest first.</summary>
    private sealed record Users(WorkedField Field, List<Occurrence> Failures)
    {
        public List<Occurrence> Successes => Field.Calls;
    }
}
