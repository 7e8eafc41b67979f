using System.CommandLine;
using System.Globalization;
using Lumara.Missions;
using Reverie.Cli.Running;
using Reverie.Cli.Server;
using Reverie.Cli.Terminal;
using Reverie.Evaluations;
using static Reverie.Cli.Terminal.PlainText;

namespace Reverie.Cli.Demo;

/// <summary>
/// <c>reverie demo lumara</c>: crews of agents land drones in a simulation, dream over their flights, and land again with the
/// playbook the dream wrote. Real sessions of a server in this process; no network, no language model.
/// </summary>
internal static class LumaraDemo
{
    private const int SitesMax = 60;
    private const int PracticeMax = 5000;
    private const int SetsMax = 10_000;
    private const int SeedsPerLine = 8;

    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    public static Command Create(CliContext context)
    {
        var seed = Number("--seed", "The sites: the same number gives the same ones", 1, int.MinValue, int.MaxValue);
        var sites = Number("--sites", "How many sites are shown", 6, 1, SitesMax);
        var practice = Number("--practice", "Practice flights before the dream, each a session", Campaign.PracticeCount, 0, PracticeMax);
        var sets = Number("--sets", "Further random sets of sites, flown without a server", 0, 0, SetsMax);
        var command = new ExampledCommand("lumara", "Land drones in a simulation, dream over the flights, and land again with what was learned.",
            "reverie demo lumara", "reverie demo lumara --seed 7", "reverie demo lumara --sets 100")
        { seed, sites, practice, sets };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(context, parsed.GetValue(seed), parsed.GetValue(sites), parsed.GetValue(practice), parsed.GetValue(sets), cancellationToken));
        return command;
    }

    private static Option<int> Number(string name, string description, int unless, int min, int max)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => unless };
        option.CustomParser = result =>
        {
            var number = NumberArgument.Parse<int>(result, $"a whole number from {min} to {max}");
            if (!result.Errors.Any() && (number < min || number > max)) result.AddError($"{name} must be from {min} to {max}, not {number}");
            return number;
        };
        return option;
    }

    private static async Task<int> RunAsync(CliContext context, int seed, int sites, int practice, int sets, CancellationToken cancellationToken)
    {
        var screen = Screen.Out(context.Streams);
        screen.Line("[bold]A commander, a detector and a navigator land drones at sites they do not know.[/]");
        screen.Line(Text($"[dim]Seed {seed}. Each flight is a session of a server in this process; the pilots' model is a small policy that flies as taught unless a playbook says otherwise.[/]"));
        var data = Directory.CreateTempSubdirectory("reverie-lumara-");
        try
        {
            await using var crew = await LiveCrew.StartAsync(data.FullName, SandboxSettings.IsUnsafe, context.Time, cancellationToken);
            var shown = Campaign.Shown(seed, sites);
            var before = await crew.FlyAsync(shown, null, cancellationToken);
            Table(screen, "Before", before);
            var practised = await crew.FlyAsync(Campaign.Practice(seed, sites, practice), new Lines(context, practice), cancellationToken);
            screen.Heading("The dream");
            screen.Line(Text($"{practised.Count} practice flights to other sites, each flown in the pilot's own way: {practised.Count(static f => f.IsGood)} good landings."), 2);
            var playbook = await crew.DreamAsync(cancellationToken);
            foreach (var line in playbook.TrimEnd().Split('\n')) screen.Line(Escaped(Verbatim(line)), 2);
            if (playbook.Length == 0) screen.Line("Nothing was clear enough to be written.", 2);
            var after = await crew.FlyAsync(shown, null, cancellationToken);
            Table(screen, "After", after);
            Total(screen, [new Campaign(seed, before, after, playbook)]);
        }
        catch (MissionException error)
        {
            throw new ServerException(error.Message, error);
        }
        finally
        {
            data.Delete(recursive: true);
        }
        if (sets > 0) await FlySetsAsync(screen, seed, sites, practice, sets, cancellationToken);
        return ExitCode.Ok;
    }

    private static async Task FlySetsAsync(Screen screen, int seed, int sites, int practice, int sets, CancellationToken cancellationToken)
    {
        screen.Heading(Text($"{sets} random sets of {sites} sites: seed, landed before > after"));
        var flown = new List<Campaign>();
        foreach (var line in Enumerable.Range(1, sets).Select(i => unchecked(seed + i)).Chunk(SeedsPerLine))
        {
            var told = new List<string>();
            foreach (var one in line)
            {
                var campaign = await Campaign.FlyAsync(one, sites, practice, cancellationToken);
                flown.Add(campaign);
                told.Add(Text($"{one}: {campaign.Before.Count(static f => f.IsGood)}>{campaign.After.Count(static f => f.IsGood)}{(campaign.Lost > 0 ? Text($" ({campaign.Lost} lost)") : "")}"));
            }
            screen.Line(Escaped(string.Join("   ", told)), 2);
        }
        Total(screen, flown);
    }

    private static void Table(Screen screen, string heading, IReadOnlyList<Flown> flown)
    {
        screen.Heading(heading);
        foreach (var one in flown)
            screen.Line($"{Escaped(one.Mission.Site.Name),-16}  {(one.IsGood ? "[green]landed[/]" : "[red]failed[/]")}  {Escaped(one.Why)}", 2);
    }

    private static void Total(Screen screen, IReadOnlyList<Campaign> campaigns)
    {
        var total = campaigns.Sum(static c => c.Before.Count);
        screen.Blank();
        Line("landed before", campaigns.Sum(static c => c.Before.Count(static f => f.IsGood)));
        Line("landed after", campaigns.Sum(static c => c.After.Count(static f => f.IsGood)));
        Line("lost", campaigns.Sum(static c => c.Lost));

        void Line(string what, int hits)
        {
            var share = new Share(hits, total);
            screen.Line(Text($"{what,-14} {hits} of {total}, {100 * share.Rate:0.0} % ({100 * share.Low:0.0} to {100 * share.High:0.0})"), 2);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Says now and then how far the practice is.</summary>
    private sealed class Lines(CliContext context, int total) : IProgress<int>
    {
        private readonly Lock _gate = new();
        private long _last = context.Time.GetTimestamp();

        public void Report(int value)
        {
            lock (_gate)
            {
                if (context.Time.GetElapsedTime(_last) < LineInterval) return;
                _last = context.Time.GetTimestamp();
                context.Streams.Error.WriteLine(Text($"practice  {value} of {total} flights"));
            }
        }
    }
}
