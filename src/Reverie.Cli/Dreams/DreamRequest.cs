using Reverie.Cli.Terminal;
using Reverie.Dreaming;
using Reverie.Dreams;
using Reverie.Sessions;

namespace Reverie.Cli.Dreams;

/// <summary>What a person asked of one dream.</summary>
internal sealed record DreamRequest
{
    public required IReadOnlyList<string> SessionFiles { get; init; }

    public required string MemoryDirectory { get; init; }

    public required string OutDirectory { get; init; }

    /// <summary>Null when no report is wanted.</summary>
    public string? ReportPath { get; init; }

    public TranscriptFormat SessionFormat { get; init; } = TranscriptFormat.Auto;

    public bool SkipBad { get; init; }

    public bool IsJson { get; init; }

    public bool IsVerbose { get; init; }

    public DreamOptions Options { get; init; } = new();

    /// <summary>This request, if its model can run within its budget.</summary>
    public DreamRequest Checked(string model, long? tokensMax, double? costMax)
    {
        if (tokensMax is <= 0) throw new BadInputException($"--max-tokens must be at least 1, not {tokensMax}");
        if (costMax is < 0 || (costMax is { } cost && !double.IsFinite(cost))) throw new BadInputException($"--max-cost must be 0 or more US dollars, not {costMax}");
        if (!string.Equals(model, DreamRunner.LocalModel, StringComparison.Ordinal))
            throw new BadInputException($"--model {model} is not available; this build has only {DreamRunner.LocalModel}, which needs no network. Leave --model out to use it");
        return this;
    }
}
