using Lumara.Flying;
using Lumara.Missions;

namespace Lumara.Tests;

public sealed class CampaignTests
{
    [Fact]
    public async Task One_dream_later_more_sites_are_landed_on_and_none_is_lost()
    {
        var campaign = await Campaign.FlyAsync(seed: 7, sites: 40, Campaign.PracticeCount, TestContext.Current.CancellationToken);

        var (before, after) = (campaign.Before.Count(static f => f.IsGood), campaign.After.Count(static f => f.IsGood));
        Assert.InRange(before, 1, 26);
        Assert.InRange(after, 36, 40);
        Assert.InRange(campaign.Lost, 0, 1);
        Assert.Contains("`slope_deg` from `scan_spot`", campaign.Playbook, StringComparison.Ordinal);
        Assert.Contains("`touchdown_mps` of `descend`", campaign.Playbook, StringComparison.Ordinal);
    }

    [Fact]
    public void A_playbook_emptied_by_hand_brings_the_first_pass_back()
    {
        const string Playbook = "- Keep `touchdown_mps` of `descend` at or below 1.2, best about 0.9: 1 of 1 sessions that did were satisfied, 0 of 1 that did not.\n";
        var missions = Site.Generate(3, 6).Select(Mission.Shown).ToList();

        var before = missions.ConvertAll(static m => LocalCrew.Fly(m, ""));
        var taught = missions.ConvertAll(static m => LocalCrew.Fly(m, Playbook));
        var emptied = missions.ConvertAll(static m => LocalCrew.Fly(m, "# What to choose under which conditions\n"));

        Assert.NotEqual(Landings(before), Landings(taught));
        Assert.Equal(Landings(before), Landings(emptied));
    }

    [Fact]
    public async Task Sessions_of_a_server_fly_as_the_crew_does_alone_with_and_without_a_playbook()
    {
        if (!Directory.Exists("/usr/bin") || !File.Exists("/usr/bin/bwrap")) Assert.Skip("needs bubblewrap");
        var data = Directory.CreateTempSubdirectory("lumara-test-");
        try
        {
            await using var crew = await LiveCrew.StartAsync(data.FullName, isSandboxUnsafe: false, TimeProvider.System, TestContext.Current.CancellationToken);
            var missions = Site.Generate(3, 2).Select(Mission.Shown).ToList();
            const string Playbook = "# What to choose\n\n- Keep `touchdown_mps` of `descend` at or below 1.2, best about 0.9: 1 of 1 sessions that did were satisfied, 0 of 1 that did not.\n";

            var before = await crew.FlyAsync(missions, null, TestContext.Current.CancellationToken);
            await crew.WriteAsync("/playbooks/conditions.md", Playbook, TestContext.Current.CancellationToken);
            var taught = await crew.FlyAsync(missions, null, TestContext.Current.CancellationToken);
            await crew.WriteAsync("/playbooks/conditions.md", "# What to choose\n", TestContext.Current.CancellationToken);
            var emptied = await crew.FlyAsync(missions, null, TestContext.Current.CancellationToken);

            Assert.Equal(Landings(missions.ConvertAll(static m => LocalCrew.Fly(m, ""))), Landings(before));
            Assert.Equal(Landings(missions.ConvertAll(static m => LocalCrew.Fly(m, Playbook))), Landings(taught));
            Assert.Equal(Landings(before), Landings(emptied));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static List<(Landing?, bool)> Landings(IEnumerable<Flown> flown) => [.. flown.Select(static f => (f.Landing, f.IsGood))];
}
