using Reverie.Cli.Terminal;
using Reverie.Dreaming;
using Reverie.Dreams;
using Reverie.Dreams.Models;
using Reverie.Inference;
using Reverie.Sessions;

namespace Reverie.Cli.Dreams;

/// <summary>What a person asked of one dream.</summary>
internal sealed record DreamRequest
{
    private const double CostMax = 1_000_000;

    public required IReadOnlyList<string> SessionFiles { get; init; }

    public required string MemoryDirectory { get; init; }

    /// <summary>Empty for a forecast.</summary>
    public required string OutDirectory { get; init; }

    /// <summary>Null when no report is wanted.</summary>
    public string? ReportPath { get; init; }

    public TranscriptFormat SessionFormat { get; init; } = TranscriptFormat.Auto;

    public bool SkipBad { get; init; }

    /// <summary>True to say what it would take, and do nothing.</summary>
    public bool IsForecast { get; init; }

    public bool IsJson { get; init; }

    public bool IsVerbose { get; init; }

    public DreamOptions Options { get; init; } = new();

    /// <summary>What dreams.</summary>
    public string Model { get; init; } = DreamRunner.LocalModel;

    /// <summary>What it may take.</summary>
    public DreamCaps Caps { get; init; } = DreamCaps.None;

    /// <summary>The models that can be reached.</summary>
    public required ModelRegistry Models { get; init; }

    /// <summary>This request, if its model can run within its budget.</summary>
    public DreamRequest Checked(string model, long? tokensMax, double? costMax)
    {
        if (tokensMax is <= 0) throw new BadInputException($"--max-tokens must be at least 1, not {tokensMax}");
        if (costMax is < 0 || (costMax is { } cost && !double.IsFinite(cost))) throw new BadInputException($"--max-cost must be 0 or more US dollars, not {costMax}");
        if (costMax > CostMax) throw new BadInputException($"--max-cost must be at most {CostMax} US dollars, not {costMax}");
        var caps = new DreamCaps(tokensMax, (decimal?)costMax);
        if (DreamModels.Problem(Models, model, caps) is var (field, problem)) throw new BadInputException($"--{field.Replace('_', '-')}: {problem}");
        return this with { Model = model, Caps = caps };
    }
}
