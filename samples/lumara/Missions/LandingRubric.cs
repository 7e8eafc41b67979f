using Lumara.Crew;
using Lumara.Flying;

namespace Lumara.Missions;

/// <summary>The outcome of every flight: soft touchdown, clear ground, fuel to return. Checked by the server, without a model.</summary>
internal static class LandingRubric
{
    /// <summary>The limits of <see cref="Landing"/>, over the file the commander leaves.</summary>
    public static string Text { get; } = FormattableString.Invariant($$"""
        # A good landing

        ```checks
        {{AtMost("soft touchdown", Words.TouchMps, Landing.SpeedMaxMps)}}
        {{AtMost("no slide", Words.DriftMps, Landing.DriftMaxMps)}}
        {{AtMost("clear ground", Words.TiltDeg, Landing.TiltMaxDeg)}}
        - name: fuel to return
          json: {{Words.LandingFile}}
          pointer: /{{Words.FuelLeftPct}}
          at_least: {{Landing.ReturnFuelPct}}
        ```
        """);

    private static string AtMost(string name, string field, double limit) =>
        FormattableString.Invariant($"- name: {name}\n  json: {Words.LandingFile}\n  pointer: /{field}\n  at_most: {limit}");
}
