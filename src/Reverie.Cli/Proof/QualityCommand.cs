using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reverie.Cli.Running;
using Reverie.Cli.Server;
using Reverie.Cli.Terminal;
using Reverie.Protocol.Json;
using Reverie.Protocol.Memory;

namespace Reverie.Cli.Proof;

/// <summary><c>reverie quality</c>: the meters of a store.</summary>
internal static class QualityCommand
{
    public static Command Create(CliContext context)
    {
        var store = new Argument<string>("STORE") { Description = "The store's id, as \"reverie memory list\" shows it" };
        var days = new Option<int>("--stale-after") { Description = "After how many days without confirmation an entry counts as stale", HelpName = "DAYS", DefaultValueFactory = static _ => 30, CustomParser = result => NumberArgument.Parse<int>(result, "a whole number, such as 30") };
        var (format, data, url) = (ProofOptions.Format(), ServeCommand.DataOption(), ChosenServer.UrlOption());
        var command = new ExampledCommand("quality", "Show the meters of a store: duplicates, contradictions, what is unsupported or stale, size and growth.",
            "reverie quality memstore_…", "reverie quality memstore_… --stale-after 90 --format json")
        { store, days, format, data, url };
        command.IsInterruptible = true;
        command.SetAction((parsed, cancellationToken) =>
        {
            var id = ProofOptions.StoreId(parsed.GetRequiredValue(store));
            return ChosenServer.UseAsync(context, parsed.GetRequiredValue(data), parsed.GetValue(url), async (api, cancel) =>
            {
                var quality = await api.GetAsync($"/v1/reverie/memory_stores/{id}/quality?stale_after_days={parsed.GetValue(days).ToString(CultureInfo.InvariantCulture)}", cancel);
                if (parsed.GetRequiredValue(format) == "json") await context.Streams.Out.WriteLineAsync(JsonNode.Parse(quality.GetRawText())!.ToJsonString(ProofOptions.Indented));
                else Show(Screen.Out(context.Streams), quality.Deserialize(WireJson.Wire.StoreQuality)!);
                return ExitCode.Ok;
            }, cancellationToken);
        });
        return command;
    }

    private static void Show(Screen screen, StoreQuality quality)
    {
        Row("memories", $"{quality.Memories:N0}, {quality.SizeBytes:N0} bytes, {quality.Entries:N0} entries");
        Row("duplicates", $"{quality.Duplicates:N0}");
        Row("contradictions", $"{quality.Contradictions:N0}");
        Row("unsupported", $"{quality.Unsupported:N0}: they rest on no dream");
        Row("stale", $"{quality.Stale:N0}: neither written nor confirmed in {quality.StaleAfterDays} days");
        foreach (var day in quality.Growth) Row(day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), $"{day.SizeBytes:N0} bytes after {day.Versions:N0} versions");
        var merges = quality.MergeErrors;
        Row("merge errors", $"{merges.Wrong:N0} of {merges.Merges:N0} on planted cases, 95 % interval {merges.Low * 100:0.##} to {merges.High * 100:0.##} %");

        void Row(string name, FormattableString value) => screen.Line($"{name,-15} {PlainText.Escaped(value.ToString(CultureInfo.InvariantCulture))}");
    }
}
