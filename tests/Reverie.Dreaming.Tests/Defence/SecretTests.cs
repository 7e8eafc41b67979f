using FsCheck.Fluent;
using Reverie.Dreaming.Tests.Laws;
using Reverie.Dreaming.Tests.Planted;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Tests.Defence;

/// <summary>Secrets and personal data are read past: never in the store, never in the report.</summary>
public sealed class SecretTests
{
    /// <summary>What may be left of a secret: the signs between its parts and a vendor's initials.</summary>
    private const int PieceCharsMax = 4;

    public static TheoryData<string> Kinds => [.. SecretSamples.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_secret_is_seen_in_any_sentence(string kind)
    {
        Law.Of(60, Gen.Choose(0, int.MaxValue - 1), seed =>
        {
            var sample = SecretSamples.Of(kind, new Random(seed));
            foreach (var text in new[] { sample.Text, $"Use {sample.Text} for the harbour gate.", $"failed: {sample.Text}, try again", $"({sample.Text})" })
            {
                var left = text.ToCharArray();
                foreach (var (start, end) in Secrets.Find(text)) Array.Fill(left, ' ', start, end - start);
                var at = text.IndexOf(sample.Core, StringComparison.Ordinal);
                var pieces = new string(left, at, sample.Core.Length).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                Assert.All(pieces, p => Assert.True(p.Length <= PieceCharsMax, $"{p} of {text}"));
            }
        });
    }

    [Theory]
    [InlineData("The data room opens with Themis-DXDvEDrQ, between us.", "DXDvEDrQ")]
    [InlineData("The data room opens with Themis-wMmYCzin, between us.", "wMmYCzin")]
    public void A_scrambled_word_is_a_secret_though_nobody_calls_it_one(string text, string core) =>
        Assert.Contains(Secrets.Find(text), s => text[s.Start..s.End].Contains(core));

    [Theory]
    [InlineData("Passwort: Sommerregen", "Sommerregen")]
    [InlineData("mot de passe : soleil99", "soleil99")]
    [InlineData("la contraseña es perroverde", "perroverde")]
    [InlineData("senha: cachorro", "cachorro")]
    [InlineData("пароль: солнышко", "солнышко")]
    [InlineData("密码：tiger88cub", "tiger88cub")]
    [InlineData("Server=db;User Id=sa;Password=letmein;", "letmein")]
    [InlineData("the password is correct-horse-battery", "correct-horse-battery")]
    [InlineData("curl -u bob:swordfish https://host.example/", "swordfish")]
    [InlineData("redis://:tulips@cache:6379", "tulips")]
    [InlineData("postgres://admin:supersecret@db/x", "supersecret")]
    [InlineData("Authorization: Bearer abcdefghijklmnop", "abcdefghijklmnop")]
    [InlineData("his number is 123-45-6789", "123-45-6789")]
    [InlineData("SSN 123456789", "123456789")]
    [InlineData("phone 4155552671", "4155552671")]
    [InlineData("call 0170 1234567 today", "0170 1234567")]
    [InlineData("call 020 7946 0958 today", "020 7946 0958")]
    [InlineData("call 06 12 34 56 78 today", "06 12 34 56 78")]
    [InlineData("card 4111.1111.1111.1111", "4111.1111.1111.1111")]
    [InlineData("card 4111/1111/1111/1111", "4111/1111/1111/1111")]
    [InlineData("please call me at 4155552671 tonight", "4155552671")]
    [InlineData("You can reach her on 4155552671.", "4155552671")]
    [InlineData("my number is 4155552671", "4155552671")]
    [InlineData("text 0701234567 when done", "0701234567")]
    [InlineData("{\"phone_number\": \"4155552671\"}", "4155552671")]
    [InlineData("meine Nummer ist 01701234567", "01701234567")]
    [InlineData("mon numéro est 0612345678", "0612345678")]
    [InlineData("我的电话是13812345678", "13812345678")]
    [InlineData("WhatsApp 447700900123", "447700900123")]
    [InlineData("the key for staging 9f86d081884c7d659a2feaa0c55ad015", "9f86d081884c7d659a2feaa0c55ad015")]
    [InlineData("use token <9f86d081884c7d65>", "9f86d081884c7d65")]
    [InlineData("9f86d081884c7d659a2feaa0c55ad015 is the secret of the shop", "9f86d081884c7d659a2feaa0c55ad015")]
    [InlineData("der Schlüssel 9f86d081884c7d659a2feaa0c55ad015 gilt", "9f86d081884c7d659a2feaa0c55ad015")]
    [InlineData("card 4222222222222", "4222222222222")]
    [InlineData("paid with 4222 2222 2222 2", "4222 2222 2222 2")]
    [InlineData("paid with 30569309025904", "30569309025904")]
    [InlineData("customer logged in from 203.0.113.7", "203.0.113.7")]
    [InlineData("her IP address is 203.0.113.7", "203.0.113.7")]
    [InlineData("{\"client_ip\": \"203.0.113.7\"}", "203.0.113.7")]
    [InlineData("the user's IP is 2001:db8:85a3::8a2e:370:7334", "2001:db8:85a3::8a2e:370:7334")]
    [InlineData("card ４１１１１１１１１１１１１１１１", "４１１１１１１１１１１１１１１１")]
    [InlineData("jane＠corp．example", "jane＠corp．example")]
    [InlineData("jane@localhost", "jane@localhost")]
    public void Secrets_are_seen_in_other_words_and_scripts(string text, string core) =>
        Assert.Contains(Secrets.Find(text), s => s.Start <= text.IndexOf(core, StringComparison.Ordinal) && s.End >= text.IndexOf(core, StringComparison.Ordinal) + core.Length);

    [Theory]
    [InlineData("jane.doe@corp.example", "e", false)]
    [InlineData("s", "ghp_16C7e42F292c6912E7710c838347Ae178B4a", false)]
    [InlineData("sesn_011CZkZAtmDGdZk3", "toolu_01A09q90qw90lq917835lq9", true)]
    public void A_name_with_a_secret_in_it_is_not_cited(string session, string use, bool cited)
    {
        Assert.Equal(!cited, Secrets.InName("test/" + session) || Secrets.InName(use));
    }

    [Theory]
    [InlineData("call getUserNameByMail, then resetXAxisOfChart or MaterialUIButtonGroup")]
    [InlineData("the password could not be understood")]
    [InlineData("2024-06-12 10:15:00")]
    [InlineData("berth B-117 is free, slip 3042")]
    [InlineData("book_berth with `date` like `2024-06-12`")]
    [InlineData("commit 9fceb02d0ae598e95dc970b74767f19372d61af8")]
    [InlineData("the password is required and must contain a digit")]
    [InlineData("Invalid password: must be longer")]
    [InlineData("order 3042-1187-55, invoice 2024/0117, total 1.299,00")]
    [InlineData("version 10.4.22631.3007 built 2024.06.12 at 10:15")]
    [InlineData("bridge.pass: span still moving")]
    [InlineData("the docker container runs with -u 1000:1000")]
    [InlineData("slip 0042 of 0117, ticket 000123456")]
    [InlineData("see https://docs.example/a:b and ratio 3:2")]
    [InlineData("code: not found; key: value; token expired")]
    [InlineData("call get_order with 4155552671")]
    [InlineData("please cancel order 4155552671 and item 1656367028")]
    [InlineData("contact them about ticket 4155552671")]
    [InlineData("order number is 4155552671")]
    [InlineData("the cache key of image 9f86d081884c7d659a2feaa0c55ad015")]
    [InlineData("md5 9f86d081884c7d659a2feaa0c55ad015, key value store")]
    [InlineData("primary key 42, commit 9fceb02d0ae598e95dc970b74767f19372d61af8")]
    [InlineData("EAN 4006381333931")]
    [InlineData("at 1718180400000 ms")]
    [InlineData("the server listens on 203.0.113.7, gateway 10.0.0.1")]
    [InlineData("client_ip 192.168.1.20")]
    [InlineData("nameserver 8.8.8.8 of the network")]
    [InlineData("sesn_01 of 123e4567-e89b-12d3-a456-426614174000")]
    public void Ordinary_values_are_no_secrets(string text) => Assert.Empty(Secrets.Find(text));

    [Fact]
    public void Wherever_secrets_lie_none_is_copied()
    {
        Law.Of(24, Gen.Choose(0, int.MaxValue - 1), seed =>
        {
            var random = new Random(seed);
            var planted = new List<SecretSamples.Sample>();
            var sessions = Team.Sessions(10, (s, i) => Tell(s, i, random, planted));

            var result = Sleep.Over(sessions, Sleep.Store(("gate.md", "- The gate opens at six\n")), new DreamOptions()).GetAwaiter().GetResult();

            var told = result.Report.Told();
            var kept = result.Memory.Everything();
            foreach (var secret in planted)
            {
                Assert.DoesNotContain(secret.Core, kept);
                Assert.DoesNotContain(secret.Core, told);
            }
        });
    }

    [Fact]
    public async Task Values_of_secret_fields_are_never_shown()
    {
        var result = await Sleep.Over(Team.Sessions(8, static (s, i) => s
            .Asks($"Open safe {i}.")
            .Fails("open_safe", $"{{'safe':'safe-{20 + i}','password':'wolf{(char)('a' + i)}'}}", "refused, wants capitals")
            .Calls("open_safe", $"{{'safe':'safe-{20 + i}','password':'WOLF{(char)('A' + i)}'}}", "open")));

        Assert.DoesNotContain("WOLF", result.Memory.Everything());
        Assert.DoesNotContain("WOLF", result.Report.Told());
    }

    [Fact]
    public async Task Words_given_as_passwords_are_no_habit()
    {
        var result = await Sleep.Over(Team.Sessions(40, static (s, i) => s
            .Asks($"Open safe {i}.").Calls("open_safe", $"{{'password':'{(i % 2 == 0 ? "sesame" : "tulip")}','safe':'safe-{20 + i}'}}", "asked").Judged(i % 2 == 0)));

        Assert.DoesNotContain("sesame", result.Memory.Everything() + result.Report.Told());
        Assert.DoesNotContain("tulip", result.Memory.Everything() + result.Report.Told());
    }

    [Fact]
    public async Task A_secret_that_is_in_the_store_already_is_not_spread()
    {
        var key = "ghp_" + SecretSamples.Draw(new Random(7), "ABCDEFGHabcdefgh01234567", 36);

        var result = await Sleep.Over([], ("a.md", $"- Deploy key is {key}\n- The gate opens at six\n"), ("b.md", $"- Deploy key is {key}\n- Ropes are sold by weight\n"));

        Assert.DoesNotContain(key, string.Join('\n', result.Report.Changes.SelectMany(static c => new[] { c.Summary, c.Rationale }.Concat(c.Evidence.Select(static e => e.Quote)))));
    }

    /// <summary>A session with a lesson and a wish in it, and secrets at places drawn at random.</summary>
    private static void Tell(SessionScript script, int i, Random random, List<SecretSamples.Sample> planted)
    {
        script.Asks($"Reserve berth {100 + i}. {Maybe()}")
            .Fails("book_berth", $"{{'berth':'B-{100 + i}','date':'{10 + i}.06.2024','note':{Json(Maybe())}}}", $"the date could not be understood {Maybe()}")
            .Calls("book_berth", $"{{'berth':'B-{100 + i}','date':'2024-06-{10 + i}','note':{Json(Maybe())}}}", $"reserved {Maybe()}")
            .Answers($"It is reserved. {Maybe()}")
            .Asks($"Please always quote prices in {(i % 2 == 0 ? "euros" : "euros, never dollars")}. {Maybe()}")
            .Calls("show_setting", $"{{'n':{i}}}", $"{{\"log retention\":\"30 days\",\"note\":{Json(Maybe())}}}")
            .Answers("Noted.").Judged(i % 3 > 0);

        string Maybe()
        {
            if (random.Next(3) > 0) return "";
            var sample = SecretSamples.Of(SecretSamples.Kinds[random.Next(SecretSamples.Kinds.Count)], random);
            planted.Add(sample);
            return random.Next(2) == 0 ? sample.Text : $"Note {sample.Text} well.";
        }

        static string Json(string text) => System.Text.Json.JsonSerializer.Serialize(text);
    }
}
