using Reverie.Dreaming.Curation;
using Reverie.Dreaming.Tests.Planted;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Tests.Curation;

/// <summary>What is put right stays what it was: a row a row, code code, and every other fact where it stood.</summary>
public sealed class IntegrityTests
{
    [Fact]
    public async Task A_row_of_a_table_keeps_its_number_of_cells()
    {
        var first = await Sleep.Over(ChannelMoves(), ("radio.md", "| what | value | by |\n| --- | --- | --- |\n| radio channel | CH-12 | Ada |\n"));
        var second = await Sleep.Over(ChannelMoves(), first.Memory, new DreamOptions());

        var row = first.Memory.Find("radio.md")!.Split('\n')[2];
        Assert.StartsWith("| radio channel | CH-14 | Ada (was CH-12 until ", row);
        Assert.EndsWith(" |", row);
        Assert.Equal(4, row.Count(static c => c == '|'));
        Assert.Equal(first.Memory.Texts, second.Memory.Texts);
    }

    [Fact]
    public async Task A_value_that_holds_a_bar_makes_no_cell_more()
    {
        var sessions = Team.Sessions(12, static (s, i) =>
        {
            s.Asks($"Call ship {i}.");
            if (i is >= 4 and < 8) s.Fails("tune_radio", "{'channel':'CH-12'}", "channel is not in use");
            s.Calls("tune_radio", $"{{'channel':'{(i < 4 ? "CH-12" : "CH|14")}'}}", "voices");
        });

        var result = await Sleep.Over(sessions, ("radio.md", "| radio channel | CH-12 |\n"));

        Assert.StartsWith(@"| radio channel | CH\|14 (was CH-12 until ", result.Memory.Find("radio.md"));
    }

    [Theory]
    [InlineData("radio.md", "- Tune the radio:\n\n```\nradio channel = CH-12\n```\n")]
    [InlineData("radio.md", "- Speak slowly\n\n~~~\nradio channel: CH-12")]
    [InlineData("radio.md", "---\nradio_channel: CH-12\nother: CH-12\n---\n\n- Speak slowly\n")]
    [InlineData("radio.md", "---\r\nradio_channel: CH-12\r\nsaid:\r\n  - CH-12\r\n---\r\n")]
    public async Task Code_and_the_fields_in_front_of_a_memory_stay_as_they_stand(string path, string text)
    {
        var result = await Sleep.Over(ChannelMoves(), (path, text));

        Assert.Equal(text, result.Memory.Find(path));
    }

    [Fact]
    public async Task What_begins_with_a_rule_across_the_page_has_no_fields_in_front()
    {
        var result = await Sleep.Over(ChannelMoves(), ("radio.md", "---\n\n- The radio channel is CH-12\n\n---\n\n- Speak slowly\n"));

        Assert.Contains("- The radio channel is CH-14 (was", result.Memory.Find("radio.md"));
    }

    [Theory]
    [InlineData("Bay: 10, seats 10 people", "10", "12", "Bay: 12, seats 10 people")]
    [InlineData("Opens 10:30 on quay 10", "10", "12", "Opens 10:30 on quay 12")]
    [InlineData("Tide mark at 10/4, depth is 10 m", "10", "12", "Tide mark at 10/4, depth is 12 m")]
    [InlineData("Gateway Cedar: call gateway Cedar first", "gateway Cedar", "gateway Birch", "Gateway Cedar: call gateway Birch first")]
    [InlineData("Channel CH-12, then CH-12 again", "CH-12", "CH-14", "Channel CH-14, then CH-14 again")]
    [InlineData("The banner says «Good Day»", "Good Day", "«Good Day»", null)]
    [InlineData("Berth 7 deluxe", "7", "7 deluxe", null)]
    [InlineData("Berth 7", "7", "8\n- and more", null)]
    [InlineData("Berth 17", "7", "8", null)]
    [InlineData("Bay 12, seats 10 people", "10", "12", null)]
    [InlineData("Mole CH-14 (relay x-CH-12)", "CH-12", "CH-14", null)]
    [InlineData("Relay x-CH-12", "CH-12", "CH-14", "Relay x-CH-14")]
    [InlineData("Port 8080: 60", "60", "80", "Port 8080: 80")]
    public void A_value_is_put_where_the_old_one_stands_and_nowhere_else(string statement, string old, string now, string? expected) =>
        Assert.Equal(expected, new MemoryEntry("a.md", 0, statement.Length, "", statement, "").With(old, now));

    [Theory]
    [InlineData("- Telemetry format :: format TM-9\n", "format TM-4", "- Telemetry format :: format TM-4 (was format TM-9 until ")]
    [InlineData("- Telemetry format: R-9\n", "R-7", "- Telemetry format: R-7 (was R-9 until ")]
    [InlineData("- Telemetry format: 40 seconds\n", "30 s", "- Telemetry format: 30 s (was 40 seconds until ")]
    [InlineData("- Telemetry format: -9\n", "5", "- Telemetry format: 5 (was -9 until ")]
    public async Task A_reported_value_replaces_the_whole_of_the_one_that_stands(string text, string reported, string expected)
    {
        var result = await Sleep.Over(Team.Sessions(8, (s, i) => s.Asks($"Ask {i}.").Calls("read_rule", $"{{'no':{10 + i}}}", $"telemetry format: {reported}")), ("a.md", text));

        Assert.StartsWith(expected, result.Memory.Find("a.md"));
    }

    [Fact]
    public async Task A_note_that_a_person_wrote_is_not_taken_for_the_dreamers_own()
    {
        const string noted = "- The radio channel is CH-14 (confirmed 2024-01-02 by Ada, spare key in drawer 4)";

        var result = await Sleep.Over(ChannelMoves(), ("radio.md", noted + "\n"));

        Assert.StartsWith(noted + " (verified ", result.Memory.Find("radio.md"));
    }

    [Fact]
    public async Task An_entry_two_tools_speak_of_is_not_confirmed_by_each_in_turn()
    {
        var sessions = Team.Sessions(12, static (s, i) =>
        {
            s.Asks($"Call ship {i}.");
            if (i < 8) s.Calls("show_setting", $"{{'n':{i}}}", "radio channel = CH-14");
            if (i is < 4 or > 9) s.Calls("tune_radio", "{'channel':'CH-14'}", "voices");
        });
        var memory = Sleep.Store(("radio.md", "- Radio channel: CH-14\n"));

        var first = await Sleep.Over(sessions, memory, new DreamOptions());
        var second = await Sleep.Over(sessions, first.Memory, new DreamOptions());
        var third = await Sleep.Over(sessions, second.Memory, new DreamOptions());

        Assert.NotEmpty(first.Applied(ChangeKind.Verification));
        Assert.Equal(second.Memory.Texts, third.Memory.Texts);
    }

    /// <summary>Channel CH-12 works, then fails; CH-14 works ever since.</summary>
    private static List<SessionScript> ChannelMoves() => Team.Sessions(12, static (s, i) =>
    {
        s.Asks($"Call ship {i}.");
        if (i is >= 4 and < 8) s.Fails("tune_radio", "{'channel':'CH-12'}", "channel is not in use");
        s.Calls("tune_radio", $"{{'channel':'CH-1{(i < 4 ? 2 : 4)}'}}", "voices");
    });
}
