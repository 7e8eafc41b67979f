using System.Globalization;

namespace Reverie.Dreaming.Tests.Defence;

/// <summary>Secrets as people and programs leave them lying about, drawn from a seed. None is real.</summary>
internal static class SecretSamples
{
    private const string Base62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Upper36 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <summary>A kind of secret, a sentence that holds it and the piece that must never be seen again.</summary>
    public sealed record Sample(string Kind, string Text, string Core);

    public static readonly IReadOnlyList<string> Kinds =
    [
        "aws", "aws-temporary", "openai", "openai-project", "anthropic", "stripe", "stripe-restricted", "github", "github-fine", "gitlab", "slack", "google", "huggingface", "npm", "shopify",
        "sendgrid", "jwt", "private-key", "password", "password-equals", "pin", "bearer", "basic-url", "card", "card-grouped", "iban", "iban-grouped", "e-mail", "phone", "phone-us",
    ];

    public static Sample Of(string kind, Random random)
    {
        var digits = Draw(random, "0123456789", 10);
        return kind switch
        {
            "aws" => Token("AKIA" + Draw(random, Upper36, 16)),
            "aws-temporary" => Token("ASIA" + Draw(random, Upper36, 16)),
            "openai" => Token("sk-" + Draw(random, Base62, 48)),
            "openai-project" => Token("sk-proj-" + Draw(random, Base62, 48)),
            "anthropic" => Token("sk-ant-api03-" + Draw(random, Base62, 40)),
            "stripe" => Token("sk_live_" + Draw(random, Base62, 24)),
            "stripe-restricted" => Token("rk_live_" + Draw(random, Base62, 24)),
            "github" => Token("ghp_" + Draw(random, Base62, 36)),
            "github-fine" => Token("github_pat_" + Draw(random, Base62, 22) + "_" + Draw(random, Base62, 59)),
            "gitlab" => Token("glpat-" + Draw(random, Base62, 20)),
            "slack" => Token($"xoxb-{digits}-{Draw(random, "0123456789", 12)}-{Draw(random, Base62, 24)}"),
            "google" => Token("AIza" + Draw(random, Base62, 35)),
            "huggingface" => Token("hf_" + Draw(random, Base62, 34)),
            "npm" => Token("npm_" + Draw(random, Base62, 36)),
            "shopify" => Token("shpat_" + Draw(random, "0123456789abcdef", 32)),
            "sendgrid" => Token($"SG.{Draw(random, Base62, 22)}.{Draw(random, Base62, 43)}"),
            "jwt" => Token($"eyJ{Draw(random, Base62, 33)}.eyJ{Draw(random, Base62, 60)}.{Draw(random, Base62, 43)}"),
            "private-key" => PrivateKey(random),
            "password" => Labelled("my password is {0}", Draw(random, "abcdefghkmnpqrst", 6) + Draw(random, "23456789", 3)),
            "password-equals" => Labelled("password={0}", Draw(random, "ABCDEFGH", 3) + Draw(random, "23456789", 4) + "!" + Draw(random, "abcdef", 3)),
            "pin" => Labelled("the PIN is {0}", Draw(random, "123456789", 4) + Draw(random, "0123456789", 2)),
            "bearer" => Labelled("Authorization: Bearer {0}", Draw(random, Base62, 20) + digits),
            "basic-url" => Labelled("https://svc:{0}@db.example.net/main", Draw(random, "abcdefgh", 5) + Draw(random, "23456789", 4)),
            "card" => Of(kind, Card(random, grouped: false)),
            "card-grouped" => Of(kind, Card(random, grouped: true)),
            "iban" => Of(kind, $"DE{Draw(random, "0123456789", 2)}{Draw(random, "0123456789", 18)}"),
            "iban-grouped" => Of(kind, $"DE{Draw(random, "0123456789", 2)} {string.Join(' ', Enumerable.Range(0, 4).Select(_ => Draw(random, "0123456789", 4)))} {Draw(random, "0123456789", 2)}"),
            "e-mail" => Of(kind, $"{Draw(random, "abcdefghij", 6)}.{Draw(random, "klmnopqrst", 6)}@{Draw(random, "abcdef", 5)}.example.org"),
            "phone" => Of(kind, $"+49 {Draw(random, "123456789", 3)} {Draw(random, "0123456789", 7)}"),
            "phone-us" => Of(kind, $"({Draw(random, "23456789", 3)}) {Draw(random, "23456789", 3)}-{Draw(random, "0123456789", 4)}"),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };

        Sample Token(string token) => new(kind, token, token);

        Sample Labelled(string sentence, string value) => new(kind, string.Format(CultureInfo.InvariantCulture, sentence, value), value);

        static Sample Of(string kind, string text) => new(kind, text, text);
    }

    public static string Draw(Random random, string alphabet, int length)
    {
        var text = new char[length];
        for (var i = 0; i < length; i++) text[i] = alphabet[random.Next(alphabet.Length)];
        // No sample may look like an ordinary word by chance.
        if (length >= 20 && alphabet == Base62) (text[2], text[5], text[9], text[13]) = ('7', 'Q', '3', 'k');
        return new string(text);
    }

    private static Sample PrivateKey(Random random)
    {
        var body = Draw(random, Base62, 64);
        return new Sample("private-key", $"-----BEGIN RSA PRIVATE KEY-----\n{body}\n{Draw(random, Base62, 40)}\n-----END RSA PRIVATE KEY-----", body);
    }

    /// <summary>Sixteen digits that pass the Luhn check.</summary>
    private static string Card(Random random, bool grouped)
    {
        var digits = "4" + Draw(random, "0123456789", 14);
        var sum = 0;
        for (var i = 0; i < 15; i++)
        {
            var digit = digits[14 - i] - '0';
            if (i % 2 == 0 && (digit *= 2) > 9) digit -= 9;
            sum += digit;
        }
        digits += (char)('0' + ((10 - (sum % 10)) % 10));
        return grouped ? string.Join(' ', digits.Chunk(4).Select(static c => new string(c))) : digits;
    }
}
