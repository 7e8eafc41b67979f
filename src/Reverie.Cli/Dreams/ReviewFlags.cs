using Reverie.Cli.Terminal;
using Reverie.Dreams;
using Reverie.Protocol.Dreams;

namespace Reverie.Cli.Dreams;

/// <summary>Verdicts given on the command line, for scripts. A rejection wins over an acceptance.</summary>
internal sealed record ReviewFlags(bool AcceptsAll, IReadOnlyList<string> Accepted, IReadOnlyList<string> Rejected)
{
    public bool Any => AcceptsAll || Accepted.Count > 0 || Rejected.Count > 0;

    public IReadOnlyDictionary<string, Verdict> Verdicts(DreamReport report, IReadOnlyList<Change> open)
    {
        foreach (var name in Accepted) Check(report, name, "--accept");
        foreach (var name in Rejected) Check(report, name, "--reject");
        var verdicts = new Dictionary<string, Verdict>(StringComparer.Ordinal);
        foreach (var change in open)
        {
            if (Rejected.Contains(change.Id) || Rejected.Contains(ChangeWords.Word(change.Kind))) verdicts[change.Id] = Verdict.Reject.Plain;
            else if (Accepted.Contains(change.Id)) verdicts[change.Id] = Verdict.Accept.AsIs;
            else if (change.Status == ChangeStatus.Proposed && (AcceptsAll || Accepted.Contains(ChangeWords.Word(change.Kind))))
                verdicts[change.Id] = Verdict.Accept.AsIs;
        }
        return verdicts;
    }

    private static void Check(DreamReport report, string name, string option)
    {
        if (Enum.GetValues<ChangeKind>().Any(kind => string.Equals(ChangeWords.Word(kind), name, StringComparison.Ordinal))) return;
        if (report.Changes.FirstOrDefault(change => string.Equals(change.Id, name, StringComparison.Ordinal)) is not { } named)
            throw new BadInputException($"{option} {name}: is neither a kind ({string.Join(", ", Enum.GetValues<ChangeKind>().Select(ChangeWords.Word))}) nor the id of a change in this report");
        if (!ReportReview.IsOpen(named))
            throw new BadInputException($"{option} {name}: is {ChangeWords.Word(named.Status)}; only proposed and quarantined changes can be decided on");
    }
}
