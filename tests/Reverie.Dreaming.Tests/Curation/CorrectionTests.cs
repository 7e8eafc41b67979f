using Reverie.Dreaming.Tests.Planted;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Tests.Curation;

/// <summary>Entries held against what the calls showed.</summary>
public sealed class CorrectionTests
{
    private const string Untouched = "\uFEFF# Quay\r\n\r\n- Bollards are numbered from the sea\r\n\r\n| berth | depth |\r\n| --- | --- |\r\n| north | nine |\r\n\r\nLast line without end";

    /// <summary>Channel CH-12 works, then fails; CH-14 works ever since.</summary>
    private static List<SessionScript> ChannelMoves() => Team.Sessions(12, static (s, i) =>
    {
        s.Asks($"Call ship {i}.");
        if (i < 4) s.Calls("tune_radio", "{'channel':'CH-12'}", "voices");
        else if (i < 8) s.Fails("tune_radio", "{'channel':'CH-12'}", "channel is not in use").Calls("tune_radio", "{'channel':'CH-14'}", "voices");
        else s.Calls("tune_radio", "{'channel':'CH-14'}", "voices");
    });

    [Fact]
    public async Task A_value_that_stopped_working_is_replaced_and_dated()
    {
        var sessions = ChannelMoves();

        var result = await Sleep.Over(sessions, ("radio.md", "# Radio\n\n- The radio channel is CH-12\n"), ("quay.md", Untouched));

        var line = Line(result, "radio.md", "CH-14");
        Assert.Contains(sessions[4].Day, line);
        Assert.NotEmpty(result.Applied(ChangeKind.Stale));
        Assert.Equal(Untouched, result.Memory.Find("quay.md"));
    }

    [Fact]
    public async Task Of_two_entries_that_contradict_each_other_the_one_that_holds_prevails()
    {
        var result = await Sleep.Over(ChannelMoves(), ("old.md", "- The radio channel is CH-12\n- Ask for the pilot\n"), ("new.md", "- Radio channel: CH-14\n- Speak slowly\n"));

        Assert.NotEmpty(result.Applied(ChangeKind.Contradiction));
        Assert.DoesNotContain(result.Memory.Texts.SelectMany(static t => t.Value.Split('\n')), static l => l.Contains("CH-12") && !l.Contains("CH-14"));
    }

    [Fact]
    public async Task An_entry_below_a_bullet_is_corrected_as_its_value()
    {
        var result = await Sleep.Over(Team.Sessions(8, static (s, i) => s.Asks($"Ask {i}.").Calls("probe_pool", $"{{'probe':{10 + i}}}", $"{{\"poolDepth\":\"{(i < 3 ? "1.60" : "1.45")} m\",\"chlorine\":\"0.{i}\"}}")),
            ("house.md", "- Pool depth\n  - 1.60 m\n- Sauna\n  - cedar\n"));

        Assert.StartsWith("  - 1.45 m", Line(result, "house.md", "1.45"));
        Assert.Contains("- Sauna\n  - cedar\n", result.Memory.Find("house.md"));
    }

    [Fact]
    public async Task A_value_of_another_sort_is_corrected_where_the_entry_tells_just_that_name()
    {
        var result = await Sleep.Over(Team.Sessions(8, static (s, i) => s.Asks($"Ask {i}.").Calls("read_rule", $"{{'no':{10 + i}}}", "| rule | says |\n|---|---|\n| curtain test | every week |")),
            ("a.md", "- Curtain test: every month\n- Curtain test forms: in the blue drawer\n"), ("b.md", "- For the curtain test read every week\n- Ask Bram\n"));

        Assert.Contains("every week", Line(result, "a.md", "Curtain test:"));
        Assert.Contains("- Curtain test forms: in the blue drawer\n", result.Memory.Find("a.md"));
    }

    [Theory]
    [InlineData("Rule: loan length\nValue: {0} days\nSource: manual")]
    [InlineData("FIELD=LLEN LABEL=\"loan length\" VALUE=\"{0} days\"")]
    public async Task A_value_reported_among_other_fields_is_held_against_what_they_name(string answer)
    {
        var result = await Sleep.Over(Team.Sessions(8, (s, i) => s.Asks($"Ask {i}.").Calls("read_rule", $"{{'no':{10 + i}}}", answer.Replace("{0}", i < 3 ? "30" : "45", StringComparison.Ordinal))),
            ("house.md", "- Loan length: 30 days\n- Ask Bram\n"));

        Assert.Contains("45 days", Line(result, "house.md", "Loan length"));
    }

    [Fact]
    public async Task An_entry_among_others_is_not_the_value_of_their_heading()
    {
        const string house = "# Rule\n\n- Lamp: lent to Bram\n- Ladder: in the shed\n";

        var result = await Sleep.Over(Team.Sessions(8, static (s, i) => s.Asks($"Ask {i}.").Calls("read_rule", $"{{'no':{10 + i}}}", "Rule: late loan length\nValue: 45 days\nSource: manual")), ("house.md", house));

        Assert.Equal(house, result.Memory.Find("house.md"));
    }

    [Fact]
    public async Task A_word_that_a_field_wants_in_another_form_is_not_put_so_into_entries()
    {
        const string house = "- Seat requests: approved by the captain alone\n";
        string[] words = ["captain", "purser", "engineer"], codes = ["CPT", "PUR", "ENG"];

        var result = await Sleep.Over(Team.Sessions(24, (s, i) => s.Asks($"Fill seat {100 + i}.").Fails("fill_seat", $"{{'seat':{100 + i},'rank':'{words[i % 3]}'}}", "grade not on the scale")
            .Calls("fill_seat", $"{{'seat':{100 + i},'rank':'{codes[i % 3]}'}}", "filled")), ("house.md", house));

        Assert.Equal(house, result.Memory.Find("house.md"));
    }

    [Fact]
    public async Task A_server_that_is_gone_is_replaced_where_only_the_host_of_an_address_varies()
    {
        var result = await Sleep.Over(Team.Sessions(12, static (s, i) =>
        {
            s.Asks($"Is the box office up, {i}?");
            if (i is >= 4 and < 8) s.Fails("ping_tickets", "{'at':'https://box2.barn.example/health'}", "no longer exists");
            s.Calls("ping_tickets", $"{{'at':'https://box{(i < 4 ? 2 : 1)}.barn.example/health'}}", "alive");
        }), ("house.md", "- Ticket server: box2.barn.example\n- Ask Bram\n"));

        Assert.Contains("box1.barn.example", Line(result, "house.md", "Ticket server"));
    }

    [Fact]
    public async Task A_tool_that_is_gone_is_marked()
    {
        var result = await Sleep.Over(Team.Sessions(10, static (s, i) =>
        {
            s.Asks($"Tell the office about ship {i}.");
            if (i < 4) s.Calls("send_telex", $"{{'to':'office-{20 + i}'}}", "sent");
            else s.Fails("send_telex", $"{{'to':'office-{20 + i}'}}", "service was switched off");
        }), ("office.md", "- Reports go out with send_telex\n- The office opens at nine\n"));

        var line = Line(result, "office.md", "send_telex");
        Assert.NotEqual("- Reports go out with send_telex", line);
        Assert.NotEmpty(result.Applied(ChangeKind.Stale));
        Assert.Contains("- The office opens at nine\n", result.Memory.Find("office.md"));
    }

    [Fact]
    public async Task A_tool_that_refuses_everybody_in_other_words_each_time_is_gone()
    {
        string[] refusals = ["service was switched off", "line dissolved by the operator", "nobody listens here any more"];

        var result = await Sleep.Over(Team.Sessions(7, (s, i) =>
        {
            s.Asks($"Tell the office about ship {i}.");
            if (i < 4) s.Calls("send_telex", $"{{'to':'office-{20 + i}'}}", "sent");
            else s.Fails("send_telex", $"{{'to':'office-{20 + i}'}}", refusals[i - 4]);
        }), ("office.md", "- Reports go out with send_telex\n"));

        Assert.Contains("no longer valid", Line(result, "office.md", "send_telex"));
    }

    [Fact]
    public async Task A_reported_value_is_found_in_its_wrapping_and_put_below_the_heading_that_names_it()
    {
        string[] answers = ["done: crane fee: 40 euros", "<result code=\"0\">crane fee: 40 euros</result>", "{\"state\":\"done\",\"detail\":\"crane fee: 40 euros\"}", "crane fee: 40 euros"];

        var result = await Sleep.Over(Team.Sessions(6, (s, i) => s.Asks($"Check tariff {i}.").Calls("show_tariff", $"{{'n':{i}}}", answers[i % 4])),
            ("tariff.md", "# Tariff\n\n## Crane fee\n\n30 euros.\n\n## Pilot\n\n30 euros.\n"));

        Assert.Contains("## Crane fee\n\n40 euros. (was 30 euros", result.Memory.Find("tariff.md"));
        Assert.Contains("## Pilot\n\n30 euros.\n", result.Memory.Find("tariff.md"));
    }

    [Fact]
    public async Task A_host_is_confirmed_by_the_addresses_that_were_called()
    {
        var result = await Sleep.Over(Team.Sessions(4, static (s, i) => s.Asks($"Is the file store up, {i}?").Calls("probe", "{'address':'https://files-b.quay.example/health'}", "up")),
            ("store.md", "- The file store is files-b.quay.example\n- Mind the step\n"));

        Assert.Contains("verified", Line(result, "store.md", "files-b"));
    }

    [Theory]
    [InlineData("# Log\n\n- 2024-01-10: radio channel moved to CH-11\n- 2024-03-02: radio channel moved to CH-12\n- 2024-03-05: new rope for berth 4\n")]
    [InlineData("# Log\n\n* [2024-03-05] new rope for berth 4\n* [2024-03-02] radio channel moved to CH-12\n* [2024-01-10] radio channel moved to CH-11\n")]
    [InlineData("# Changes\n\n## 1.2 (2.3.2024)\n\n- radio channel moved to CH-12\n\n## 1.1 (10.1.2024)\n\n- radio channel moved to CH-11\n")]
    public async Task The_newest_line_of_a_log_is_marked_and_the_others_stay(string log)
    {
        var sessions = ChannelMoves();
        foreach (var i in new[] { 0, 1, 5, 6 }) sessions[i].Fails("tune_radio", "{'channel':'CH-11'}", "channel is not in use");

        var result = await Sleep.Over(sessions, ("log.md", log));

        Assert.Equal(log.Replace("CH-12", $"CH-12 (no longer valid: CH-12 until {sessions[4].Day}, then CH-14, worked in 8 sessions)"), result.Memory.Find("log.md"));
        Assert.Empty((await Sleep.Over(sessions, result.Memory, new DreamOptions())).Report.Changes);
    }

    [Fact]
    public async Task What_a_log_says_of_a_reported_value_is_marked_in_its_newest_line()
    {
        const string log = "# Log\n\n- 2024-02-01: crane quota raised to 30\n- 2024-03-02: crane quota raised to 40\n";

        var result = await Sleep.Over(Team.Sessions(6, static (s, i) => s.Asks($"Check {i}.").Calls("show_quota", $"{{'n':{i}}}", "crane quota = 60")), ("log.md", log));

        Assert.Contains("- 2024-02-01: crane quota raised to 30\n- 2024-03-02: crane quota raised to 40 (no longer valid: 40 until", result.Memory.Find("log.md"));
        Assert.Contains("then 60, reported in 6 sessions)\n", result.Memory.Find("log.md"));
    }

    [Fact]
    public async Task A_line_of_a_log_that_holds_is_confirmed_and_its_day_is_no_value()
    {
        var result = await Sleep.Over(Team.Sessions(6, static (s, i) => s.Asks($"Check {i}.").Calls("show_quota", $"{{'n':{i}}}", "crane quota = 12")),
            ("log.md", "- 2024-01-12: crane quota raised to 10\n- 2024-02-11: crane quota raised to 12\n"));

        Assert.Contains("- 2024-01-12: crane quota raised to 10\n- 2024-02-11: crane quota raised to 12 (verified", result.Memory.Find("log.md"));
    }

    /// <summary>The old host answers, then fails; another one answers ever since.</summary>
    private static List<SessionScript> HostMoves(string to, Func<int, string> person) => [.. Enumerable.Range(0, 12).Select(i =>
    {
        var script = new SessionScript(1 + i, person(i)).Asks($"Is the file store up, {i}?");
        if (i < 4) return script.Calls("probe", "{'address':'https://files-a.quay.example/health'}", "up");
        if (i < 8) script.Fails("probe", "{'address':'https://files-a.quay.example/health'}", "no route to host");
        return script.Calls("probe", $"{{'address':'https://{to}/health'}}", "up");
    })];

    [Fact]
    public async Task A_host_is_replaced_by_another_of_its_domain_that_answers_in_its_place()
    {
        var result = await Sleep.Over(HostMoves("files-b.quay.example", static i => Team.People[i % 4]), ("store.md", "- The file store is files-a.quay.example\n- Mind the step\n"));

        Assert.StartsWith("- The file store is files-b.quay.example (was files-a.quay.example", Line(result, "store.md", "files-b"));
        Assert.NotEmpty(result.Applied(ChangeKind.Stale));
    }

    [Theory]
    [InlineData("files-b.strand.example", 4)]
    [InlineData("files-b.quay.example.co.uk", 4)]
    [InlineData("files-b.quay.example", 1)]
    public async Task A_host_of_a_stranger_or_of_one_witness_is_only_proposed(string to, int people)
    {
        var result = await Sleep.Over(HostMoves(to, i => Team.People[i % people]), ("store.md", "- The file store is files-a.quay.example\n- Mind the step\n"));

        var change = Assert.Single(result.Report.Changes, static c => c.Kind == ChangeKind.Stale);
        Assert.Equal(ChangeStatus.Proposed, change.Status);
        Assert.StartsWith("- The file store is files-a.quay.example\n", result.Memory.Find("store.md"));
    }

    [Fact]
    public async Task A_value_that_kept_working_is_confirmed_and_dated()
    {
        var sessions = Team.Sessions(4, static (s, i) => s.Asks($"Open lock {i}.").Calls("open_valve", "{'valve_code':'VX-33'}", "open"));

        var result = await Sleep.Over(sessions, ("lock.md", "- The valve code is VX-33\n- Mind the step\n"));

        var line = Line(result, "lock.md", "VX-33");
        Assert.StartsWith("- The valve code is VX-33", line);
        Assert.Contains(sessions[^1].Day, line);
        Assert.NotEmpty(result.Applied(ChangeKind.Verification));
    }

    [Fact]
    public async Task A_reported_value_confirms_or_replaces_an_entry()
    {
        var result = await Sleep.Over(Team.Sessions(6, static (s, i) => s
            .Asks($"Check setting {i}.")
            .Calls("show_setting", $"{{'n':{i}}}", "log retention = 30 days")
            .Calls("show_setting", $"{{'n':{i + 50}}}", "quiet hours = 22 to 6")),
            ("settings.md", "- Log retention: 14 days\n- Quiet hours: 22 to 6\n"));

        Assert.Contains("30 days", Line(result, "settings.md", "og retention"));
        Assert.NotEmpty(result.Applied(ChangeKind.Verification));
    }

    [Fact]
    public async Task A_number_in_words_gives_way_to_another_of_the_same_unit()
    {
        var result = await Sleep.Over(Team.Sessions(6, static (s, i) => s.Asks($"Check {i}.").Calls("show_rule", $"{{'n':{i}}}", "objection period = three working days")),
            ("rules.md", "- voor objection period geldt five working days\n- two gates stay open\n"));

        Assert.StartsWith("- voor objection period geldt three working days (was five working days", Line(result, "rules.md", "objection"));
    }

    [Fact]
    public async Task What_an_agent_read_from_its_memory_is_no_evidence()
    {
        var result = await Sleep.Over(Team.Sessions(8, static (s, i) => s
            .Asks($"Check setting {i}.")
            .Calls("bash", "{'command':'cat /mnt/memory/settings.md'}", "log retention = 30 days")
            .Answers("I confirm that log retention = 30 days.")),
            ("settings.md", "- Log retention: 30 days\n- Quiet hours: 22 to 6\n"));

        Assert.Empty(result.Report.Changes);
    }

    [Fact]
    public async Task Flakiness_refutes_no_entry()
    {
        var result = await Sleep.Over(Team.Sessions(12, static (s, i) =>
        {
            s.Asks($"Call ship {i}.");
            var call = $"{{'channel':'CH-1{i % 5}'}}";
            if (i % 2 == 0) s.Fails("tune_radio", call, "network hiccup");
            s.Calls("tune_radio", call, "voices");
        }), ("radio.md", "- The radio channel is CH-12\n- Ask for the pilot\n"));

        Assert.StartsWith("- The radio channel is CH-12", Line(result, "radio.md", "CH-12"));
        Assert.Empty(result.Applied(ChangeKind.Stale));
    }

    [Fact]
    public async Task Entries_nobody_mentioned_stay_byte_for_byte()
    {
        const string crlf = "# Radio\r\n\r\n* The radio channel is CH-12\r\n* Ask for the pilot\r\n\r\n```\r\nCH-99 is code\r\n```\r\n\r\n1. First\r\n2. Second";

        var result = await Sleep.Over(ChannelMoves(), ("radio.md", crlf), ("quay.md", Untouched), ("empty.md", ""), ("notes.txt", "one\n\n\n  two \ttrailing  \n"));

        Assert.Equal(Untouched, result.Memory.Find("quay.md"));
        Assert.Equal("", result.Memory.Find("empty.md"));
        Assert.Equal("one\n\n\n  two \ttrailing  \n", result.Memory.Find("notes.txt"));
        var radio = result.Memory.Find("radio.md")!;
        var start = crlf.IndexOf("The radio", StringComparison.Ordinal);
        var rest = crlf[crlf.IndexOf("\r\n* Ask", StringComparison.Ordinal)..];
        Assert.StartsWith(crlf[..start], radio);
        Assert.EndsWith(rest, radio);
    }

    public static TheoryData<string> Stores => ["stale", "contradiction", "gone", "verified", "reported"];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_second_dream_over_the_same_sessions_corrects_nothing_more(string kind)
    {
        List<SessionScript> sessions = kind switch
        {
            "stale" or "contradiction" => ChannelMoves(),
            "gone" => Team.Sessions(10, static (s, i) =>
            {
                if (i < 4) s.Calls("send_telex", $"{{'to':'office-{20 + i}'}}", "sent");
                else s.Fails("send_telex", $"{{'to':'office-{20 + i}'}}", "service was switched off");
            }),
            "verified" => Team.Sessions(4, static (s, _) => s.Calls("open_valve", "{'valve_code':'VX-33'}", "open")),
            _ => Team.Sessions(6, static (s, i) => s.Calls("show_setting", $"{{'n':{i}}}", "log retention = 30 days")),
        };
        (string, string)[] memory = kind switch
        {
            "stale" => [("radio.md", "- The radio channel is CH-12\n- Ask for the pilot\n")],
            "contradiction" => [("new.md", "- Radio channel: CH-14\n- Speak slowly\n"), ("old.md", "- The radio channel is CH-12\n- Ask for the pilot\n")],
            "gone" => [("office.md", "- Reports go out with send_telex\n- The office opens at nine\n")],
            "verified" => [("lock.md", "- The valve code is VX-33\n- Mind the step\n")],
            _ => [("settings.md", "- Log retention: 14 days\n- Quiet hours: 22 to 6\n")],
        };
        var first = await Sleep.Over(sessions, memory);
        Assert.NotEmpty(first.Report.Changes);

        var second = await Sleep.Over(sessions, first.Memory, new DreamOptions());

        // Of two entries that contradicted each other both are right now, and one is left over.
        Assert.All(second.Report.Changes, static c => Assert.Equal(ChangeKind.Merge, c.Kind));
        Assert.Equal(kind == "contradiction" ? 1 : 0, second.Report.Changes.Count);
    }

    private static string Line(DreamResult result, string path, string word) =>
        result.Memory.Find(path)!.Split('\n').FirstOrDefault(l => l.Contains(word)) ?? Missing(result, path, word);

    private static string Missing(DreamResult result, string path, string word)
    {
        Assert.Fail($"{path} has no line with {word}:\n{result.Memory.Find(path)}\nrefused: {string.Join('\n', result.Report.Refused)}");
        return "";
    }
}
