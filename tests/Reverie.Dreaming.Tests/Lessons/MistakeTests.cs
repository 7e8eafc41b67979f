using Reverie.Dreaming.Tests.Planted;
using Reverie.Protocol.Dreams;

namespace Reverie.Dreaming.Tests.Lessons;

/// <summary>Errors that recur, and the way out that the record bears out.</summary>
public sealed class MistakeTests
{
    [Fact]
    public async Task A_value_of_the_wrong_form_teaches_the_right_form()
    {
        var result = await Sleep.Over(Team.Harbour());

        var lesson = result.Lesson(ChangeKind.Mistake, "book_berth", "date");
        Assert.Matches(@"2024-06-\d\d|9999-99-99", lesson);
    }

    [Fact]
    public async Task One_remedy_for_an_error_in_several_wordings_is_one_lesson()
    {
        string[] wordings = ["cannot be sent like this", "scales are still empty"];

        var result = await Sleep.Over(Team.Sessions(16, (s, i) => s
            .Asks($"Send parcel {200 + i}.")
            .Fails("send_parcel", $"{{'parcel':'P-{200 + i}'}}", wordings[i % 2])
            .Calls("send_parcel", $"{{'parcel':'P-{200 + i}','weight_g':{310 + 17 * i}}}", "on its way")));

        Assert.Single(result.Applied(ChangeKind.Mistake));
        Assert.Contains("seen in 16 sessions", result.Lesson(ChangeKind.Mistake, "weight_g", wordings[0], wordings[1]));
    }

    [Theory]
    [InlineData("'P-{0}'", "['P-{0}']", "a JSON list, not a string")]
    [InlineData("['P-{0}']", "'P-{0}'", "a JSON string, not a list")]
    public async Task A_single_value_and_a_list_of_one_are_told_apart(string wrong, string right, string told)
    {
        var result = await Sleep.Over(Team.Sessions(16, (s, i) => s
            .Asks($"Send parcel {200 + i}.")
            .Fails("send_parcels", $"{{'parcels':{wrong.Replace("{0}", $"{200 + i}", StringComparison.Ordinal)}}}", "cannot be sent like this")
            .Calls("send_parcels", $"{{'parcels':{right.Replace("{0}", $"{200 + i}", StringComparison.Ordinal)}}}", "on its way")));

        result.Lesson(ChangeKind.Mistake, "`parcels`", told);
    }

    [Fact]
    public async Task A_long_input_that_was_changed_behind_its_beginning_is_another_call()
    {
        var preamble = new string('x', 400);

        var result = await Sleep.Over(Team.Sessions(8, (s, i) => s
            .Asks($"Send letter {200 + i}.")
            .Fails("send_letter", $"{{'text':'{preamble} {200 + i}'}}", "cannot be sent like this")
            .Calls("send_letter", $"{{'text':'{preamble} signed {200 + i}'}}", "on its way")));

        Assert.DoesNotContain(result.Report.Refused, static r => r.Reason.Contains("flakiness", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("panic: scales are still empty\n\ngoroutine 17 [running]:\nmain.(*yard).dispatch(0xc000a1)\n\t/srv/yard/parcel/sending/main.go:207 +0x1d\nexit status 2")]
    [InlineData("{\"type\":\"about:blank\",\"title\":\"Request refused\",\"status\":409,\"detail\":\"scales are still empty\"}")]
    [InlineData("<soap:Envelope><soap:Body><soap:Fault><faultcode>soap:Client</faultcode><faultstring>scales are still empty</faultstring></soap:Fault></soap:Body></soap:Envelope>")]
    [InlineData("<RequestRefused that terminated with:\n\tstatus = StatusCode.INVALID_ARGUMENT\n\tdetails = \"scales are still empty\"\n\tbelt = \"3\"\n>")]
    [InlineData("<!DOCTYPE html>\n<html><head><title>Request refused</title></head>\n<body><h1>Request refused</h1>\n<div>scales are still empty</div>\n<hr><address>belt/1.27 at belt 3 port 80</address></body></html>")]
    [InlineData("<html><head><title>500 Internal error: request refused</title><style>p { color: red }</style></head><body><center><h1>Request refused</h1></center><pre>scales are still empty</pre>\n<a href=\"/\">back to the belt of the north yard</a></body></html>")]
    [InlineData("TYPE=E ID=PSE NO=041 TEXT=\"scales are still empty\" BELT=3")]
    [InlineData("{\"status\":\"DECLINED\",\"payload\":null,\"diagnostics\":[{\"severity\":\"block\",\"text\":\"scales are still empty\",\"node\":\"n-0ca3a\"}]}")]
    [InlineData("Outcome: not done\nDetail: scales are still empty\nBelt: north")]
    [InlineData("result,detail\nREJ,scales are still empty")]
    [InlineData("[041] belt 3 runs\nINFO belt 4 runs\n2024-05-02T09:00:01Z hatch shut\nscales are still empty")]
    public async Task An_error_is_told_in_its_own_words_and_not_in_those_around_it(string answer)
    {
        var result = await Sleep.Over(Team.Sessions(16, (s, i) => s
            .Asks($"Send parcel {200 + i}.")
            .Fails("send_parcel", $"{{'parcel':'P-{200 + i}'}}", i % 2 == 0 ? answer : "scales are still empty")
            .Calls("send_parcel", $"{{'parcel':'P-{200 + i}','weight_g':{310 + 17 * i}}}", "on its way")));

        Assert.Single(result.Applied(ChangeKind.Mistake));
        Assert.DoesNotMatch("goroutine|belt|[Rr]equest ?[Rr]efused|faultcode|StatusCode", result.Lesson(ChangeKind.Mistake, "weight_g", "scales are still empty"));
    }

    [Fact]
    public async Task A_page_of_an_error_is_quoted_by_what_tells_most()
    {
        var result = await Sleep.Over(Team.Sessions(16, static (s, i) => s
            .Asks($"Send parcel {200 + i}.")
            .Fails("send_parcel", $"{{'parcel':'P-{200 + i}'}}", "<html>\n<head><title>Sending failed with an error</title></head>\n<body>\n<h1>Error</h1>\n<p>scales are still empty</p>\n</body>\n</html>")
            .Calls("send_parcel", $"{{'parcel':'P-{200 + i}','weight_g':{310 + 17 * i}}}", "on its way")));

        var change = Assert.Single(result.Applied(ChangeKind.Mistake));
        Assert.Contains(change.Evidence, static e => e.Quote == "scales are still empty");
        Assert.DoesNotContain(change.Evidence, static e => e.Quote.Contains("title", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Searching_on_until_something_is_found_is_no_mistake()
    {
        string[] first = ["brass lamp with a green shade", "rope", "Anchor, old", "a chart of the bay 1911", "oak oars", "signal flags"];
        string[] second = ["lamp brass", "hemp rope thick", "anchor", "bay charts", "oars, oak or ash", "flag"];
        var result = await Sleep.Over(Team.Sessions(24, (s, i) =>
        {
            s.Asks($"Find thing {i}.");
            if (i % 3 != 0) s.Calls("search_store", $"{{'query':'{first[i % 6]}','shelf':{i}}}", i % 2 == 0 ? "[]" : "").Calls("search_store", $"{{'query':'{second[i % 6]}','shelf':{i}}}", $"two of them, box {60 + i}");
            else s.Calls("search_store", $"{{'query':'{first[(i + i / 3) % 6]}','shelf':{i}}}", $"one of them, box {60 + i}");
        }), ("finds.md", "- Lamps are found by brass lamp with a green shade\n"));

        Assert.DoesNotContain(result.Report.Changes, static c => c.Kind is ChangeKind.Mistake or ChangeKind.Stale);
    }

    [Fact]
    public async Task A_search_that_all_mend_in_the_same_way_is_a_mistake()
    {
        var result = await Sleep.Over(Team.Sessions(16, static (s, i) =>
        {
            s.Asks($"Who sailed on day {i}?");
            if (i % 4 != 3) s.Calls("search_crossings", $"{{'ferry':'F-{60 + i}','day':'{10 + i}.06.2024'}}", "[]");
            s.Calls("search_crossings", $"{{'ferry':'F-{60 + i}','day':'2024-06-{10 + i}'}}", $"{40 + i} people at noon");
        }));

        Assert.Matches(@"2024-06-\d\d|9999-99-99", result.Lesson(ChangeKind.Mistake, "search_crossings", "day"));
    }

    [Fact]
    public async Task A_limit_counts_from_the_call_that_was_granted()
    {
        var result = await Sleep.Over(Team.Sessions(12, static (s, i) =>
        {
            var spin = $"{{'rotor':'R-{40 + i}','rpm':3200}}";
            s.Asks($"Spin rotor {i}.").Calls("find_rotor", $"{{'rotor':'R-{40 + i}'}}", "third shelf").Calls("spin", spin, "rotor is up to speed");
            if (i % 4 != 3) s.Waits(3 + i % 5).Fails("spin", spin, "still running down");
            s.Waits(171 + i).Calls("spin", spin, "rotor is up to speed");
        }));

        Assert.Matches(@"wait about 1[78]\d s", result.Lesson(ChangeKind.Mistake, "spin", "still running down"));
        Assert.DoesNotContain("up to speed", result.Written());
    }

    [Fact]
    public async Task A_missing_field_is_named()
    {
        var result = await Sleep.Over(Team.Sessions(8, static (s, i) => s
            .Asks($"Send parcel {200 + i}.")
            .Fails("send_parcel", $"{{'parcel':'P-{200 + i}'}}", "cannot be sent like this")
            .Calls("send_parcel", $"{{'parcel':'P-{200 + i}','weight_g':{310 + 17 * i}}}", "on its way")));

        result.Lesson(ChangeKind.Mistake, "send_parcel", "weight_g");
    }

    [Fact]
    public async Task A_renamed_field_is_named_with_its_old_name()
    {
        var result = await Sleep.Over(Team.Sessions(8, static (s, i) => s
            .Asks($"Order {3 + i} crates.")
            .Fails("order_crates", $"{{'item':'crate-{40 + i}','qty':{3 + i}}}", "unexpected input")
            .Calls("order_crates", $"{{'item':'crate-{40 + i}','quantity':{3 + i}}}", "ordered")));

        result.Lesson(ChangeKind.Mistake, "order_crates", "`quantity`", "`qty`");
    }

    [Fact]
    public async Task A_call_that_has_to_come_first_is_named()
    {
        var result = await Sleep.Over(Team.Sessions(8, static (s, i) => s
            .Asks($"Print sheet {70 + i}.")
            .Fails("start_print", $"{{'sheet':'sheet-{70 + i}'}}", "the press is locked")
            .Calls("unlock_press", "{'reason':'print'}", "open")
            .Calls("start_print", $"{{'sheet':'sheet-{70 + i}'}}", "printing")));

        result.Lesson(ChangeKind.Mistake, "start_print", "unlock_press");
    }

    [Fact]
    public async Task An_order_of_two_calls_is_found_though_only_a_later_check_shows_it()
    {
        var result = await Sleep.Over(Team.Sessions(12, static (s, i) =>
        {
            var box = $"{{'box':'box-{500 + i}'}}";
            s.Asks($"Prepare box {500 + i}.");
            if (i % 2 == 0)
                s.Calls("seal_box", box, "sealed").Calls("weigh_box", box, "weighed").Fails("check_box", box, "seal broken, inspection refused");
            s.Calls("weigh_box", box, "weighed").Calls("seal_box", box, "sealed").Calls("check_box", box, "fine");
        }));

        result.Lesson(ChangeKind.Mistake, "check_box", "weigh_box", "seal_box");
    }

    [Fact]
    public async Task Another_tool_that_does_it_instead_is_named()
    {
        var result = await Sleep.Over(Team.Sessions(12, static (s, i) =>
        {
            s.Asks($"What is in item {1000 + 3 * i}?");
            if (i % 2 == 0) s.Fails("read_text", $"{{'item':'item-{1000 + 3 * i}'}}", "binary content, refused").Calls("view_scan", $"{{'item':'item-{1000 + 3 * i}'}}", "a drawing of a mast");
            else s.Calls("read_text", $"{{'item':'item-{1001 + 3 * i}'}}", "a letter about ropes");
        }));

        result.Lesson(ChangeKind.Mistake, "read_text", "view_scan");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_tool_turned_to_after_another_failed_is_named_only_where_some_take_it_straight_away(bool isTakenStraightAway)
    {
        var result = await Sleep.Over(Team.Sessions(24, (s, i) =>
        {
            s.Asks("How high are the waves?");
            if (i % 3 == 0) s.Fails("read_series", $"{{'what':'hs','hours':{i}}}", "null series").Fails("read_series", $"{{'what':'hs','hours':{i + 1}}}", "null series").Calls("read_buoy", "{'fields':['tp']}", "two metres");
            else if (isTakenStraightAway && i % 12 == 1) s.Calls("read_buoy", "{'fields':['tp']}", "one metre");
            else s.Calls("read_mast", $"{{'mast':{i}}}", "calm");
        }));

        Assert.Equal(isTakenStraightAway, result.Applied(ChangeKind.Mistake).Any(static c => c.Summary.Contains("read_buoy", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_pause_before_the_same_call_is_measured()
    {
        var result = await Sleep.Over(Team.Sessions(8, static (s, i) =>
        {
            var call = $"{{'ship':'ship-{30 + i}'}}";
            s.Asks($"Fetch the quote for ship {30 + i}.");
            if (i % 4 != 0) s.Calls("find_owner", call, "a widow").Calls("find_cargo", call, "salt").Calls("find_flag", call, "none").Calls("find_port", call, "Ghent");
            s.Fails("fetch_quote", call, "too many requests")
                .Waits(3).Fails("fetch_quote", call, "too many requests")
                .Waits(60 + i).Calls("fetch_quote", call, "quote ready");
        }));

        var lesson = result.Lesson(ChangeKind.Mistake, "fetch_quote", "wait");
        Assert.Matches(@"\b6\d s", lesson);
    }

    [Fact]
    public async Task A_delay_after_another_call_is_measured()
    {
        var result = await Sleep.Over(Team.Sessions(12, static (s, i) =>
        {
            var about = $"{{'ticket':'t-{40 + i}'}}";
            s.Asks($"Release {i}.");
            if (i % 4 != 0) s.Calls("read_ticket", about, "ready").Calls("read_notes", about, "none").Calls("read_owner", about, "a widow").Calls("read_risks", about, "few");
            s.Calls("deploy", $"{{'build':'build-{60 + i}'}}", "started");
            if (i % 2 == 0) s.Waits(4 + i).Fails("smoke_test", $"{{'site':'site-{80 + i}'}}", "connection closed by the other side");
            s.Waits(90 + i).Calls("smoke_test", $"{{'site':'site-{80 + i}'}}", "green");
        }));

        result.Lesson(ChangeKind.Mistake, "smoke_test", "deploy", "wait");
    }

    [Fact]
    public async Task Logging_in_again_is_the_way_out_of_an_expired_session()
    {
        var result = await Sleep.Over(Team.Sessions(9, static (s, i) =>
        {
            s.Asks($"List the orders of week {i}.")
                .Calls("log_in", "{'station':'north'}", "welcome")
                .Calls("list_orders", $"{{'week':'week-{10 + i}'}}", "three orders")
                .Waits(400)
                .Fails("list_orders", $"{{'week':'week-{30 + i}'}}", "session expired")
                .Calls("log_in", "{'station':'north'}", "welcome")
                .Calls("list_orders", $"{{'week':'week-{30 + i}'}}", "two orders");
        }));

        result.Lesson(ChangeKind.Mistake, "list_orders", "log_in");
    }

    [Fact]
    public async Task Failures_that_nobody_flagged_count_as_failures()
    {
        var result = await Sleep.Over(Team.Sessions(8, static (s, i) => s
            .Asks($"Send parcel {200 + i}.")
            .Calls("send_parcel", $"{{'parcel':'P-{200 + i}'}}", "Error: the parcel was refused")
            .Calls("send_parcel", $"{{'parcel':'P-{200 + i}','weight_g':{310 + 17 * i}}}", "on its way")));

        result.Lesson(ChangeKind.Mistake, "send_parcel", "weight_g");
    }

    [Fact]
    public async Task Sub_commands_of_one_tool_are_told_apart()
    {
        var result = await Sleep.Over(Team.Sessions(12, static (s, i) =>
        {
            s.Asks($"Sell lamp {20 + i}.")
                .Calls("shop", $"{{'action':'search','text':'lamp {20 + i}'}}", "found one")
                .Calls("shop", $"{{'action':'view','sku':'lamp-{20 + i}'}}", "brass")
                .Calls("shop", $"{{'action':'price','sku':'lamp-{20 + i}','currency':'EUR'}}", "eighty");
            if (i % 2 == 0) s.Fails("shop", $"{{'action':'sell','sku':'lamp-{20 + i}','count':1}}", "nobody holds it");
            s.Calls("shop", $"{{'action':'reserve','sku':'lamp-{20 + i}'}}", "held")
                .Calls("shop", $"{{'action':'sell','sku':'lamp-{20 + i}','count':1}}", "sold");
        }));

        result.Lesson(ChangeKind.Mistake, "shop sell", "reserve");
    }

    [Fact]
    public async Task Time_that_went_by_in_calls_is_not_taken_for_a_pause()
    {
        var result = await Sleep.Over(Team.Sessions(12, static (s, i) =>
        {
            var lamp = $"{{'lamp':'lamp-{20 + i}'}}";
            s.Asks($"Sell lamp {20 + i}.").Calls("view_lamp", lamp, "brass").Calls("price_lamp", lamp, "eighty");
            if (i % 2 == 0) s.Fails("sell_lamp", lamp, "nobody holds it");
            s.Calls("reserve_lamp", lamp, "held").Calls("sell_lamp", lamp, "sold");
        }));

        Assert.DoesNotContain("wait", result.Lesson(ChangeKind.Mistake, "sell_lamp", "reserve_lamp"));
    }

    [Fact]
    public async Task A_number_in_a_list_is_cited_as_it_stands()
    {
        var result = await Sleep.Over(Team.Sessions(8, static (s, i) => s
            .Asks($"Send parcel {200 + i}.")
            .Fails("send_parcel", $"{{'sizes':[{31 + i},20],'to.port':{4 + i}}}", "cannot be sent like this")
            .Calls("send_parcel", $"{{'sizes':[{31 + i},20],'to.port':{4 + i},'weight_g':{310 + 17 * i}}}", "on its way")));

        result.Lesson(ChangeKind.Mistake, "send_parcel", "weight_g");
    }

    [Fact]
    public async Task Labels_have_to_stand_in_the_latest_answer()
    {
        string[] colours = ["amber", "teal", "ochre", "plum", "ivory", "coral"];
        var result = await Sleep.Over(Team.Sessions(12, (s, i) =>
        {
            var (right, wrong) = (colours[i % 6], colours[(i + 2) % 6]);
            s.Asks("Pick a sail.").Calls("open_page", $"{{'page':'sail-{i}'}}", $"Choose one of [{right}] or [{colours[(i + 1) % 6]}]");
            if (i % 2 == 0) s.Fails("press", $"{{'button':'{wrong}'}}", "nothing there to press").Calls("open_page", $"{{'page':'sail-{i}'}}", $"Choose one of [{right}] or [{colours[(i + 1) % 6]}]");
            s.Calls("press", $"{{'button':'{right}'}}", "pressed");
        }));

        result.Lesson(ChangeKind.Mistake, "press", "button");
    }

    [Fact]
    public async Task A_look_up_that_raises_the_chance_of_the_next_try_is_found()
    {
        var result = await Sleep.Over(Team.Sessions(32, static (s, i) =>
        {
            s.Asks($"How many masts in yard {i}?");
            for (var k = 0; k < 3; k++) s.Calls("query", $"{{'sql':'select masts from yard{10 + i} where row = {k}'}}", "4");
            s.Fails("query", $"{{'sql':'select spars from yard{10 + i} where row = 1'}}", "no such column");
            if (i % 2 == 0) s.Calls("describe", $"{{'table':'yard{10 + i}'}}", "masts, ropes, hulls");
            var again = $"{{'sql':'select ropes from yard{10 + i} where row = 2'}}";
            if (i % 2 == 0 ? i % 16 != 0 : i % 8 == 1) s.Calls("query", again, "7");
            else s.Fails("query", again, "no such column");
        }));

        result.Lesson(ChangeKind.Mistake, "query", "describe");
    }

    [Fact]
    public async Task A_lesson_tells_how_often_it_was_seen()
    {
        var result = await Sleep.Over(Team.Harbour());

        var change = Assert.Single(result.Applied(ChangeKind.Mistake));
        Assert.Contains("8", change.Rationale);
        Assert.All(change.Evidence, static e => Assert.NotNull(e.Session));
    }
}
