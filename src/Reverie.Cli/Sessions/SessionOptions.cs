using System.CommandLine;
using System.Diagnostics;
using Reverie.Sessions;

namespace Reverie.Cli.Sessions;

/// <summary>Options of every command that reads session files.</summary>
internal static class SessionOptions
{
    private static readonly string[] Formats = ["auto", "reverie", "tau-bench", "tau2-bench", "claude-code", "swe-agent"];

    public static Option<string> Format(string name)
    {
        var option = new Option<string>(name) { Description = "Format of the session files; auto tells it from each file's content", DefaultValueFactory = _ => "auto" };
        option.AcceptOnlyFromAmong(Formats);
        return option;
    }

    public static Option<bool> SkipBad() => new("--skip-bad") { Description = "Leave out what cannot be read and say so, instead of stopping" };

    public static TranscriptFormat Parse(string word) => word switch
    {
        "auto" => TranscriptFormat.Auto,
        "reverie" => TranscriptFormat.Reverie,
        "tau-bench" => TranscriptFormat.TauBench,
        "tau2-bench" => TranscriptFormat.Tau2Bench,
        "claude-code" => TranscriptFormat.ClaudeCode,
        "swe-agent" => TranscriptFormat.SweAgent,
        _ => throw new UnreachableException(),
    };
}
