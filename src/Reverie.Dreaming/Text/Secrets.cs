using System.Text.RegularExpressions;

namespace Reverie.Dreaming.Text;

/// <summary>
/// Finds what must never be copied: keys, tokens, passwords, private keys, card and account numbers, e-mail addresses
/// and telephone numbers. Errs on the side of finding: a lost quote costs little, a leaked key much.
/// </summary>
internal static partial class Secrets
{
    private static readonly string[] SecretKeys =
        ["pass", "pwd", "secret", "token", "credential", "apikey", "auth", "pin", "cvv", "cvc", "ssn", "iban", "card", "mail", "phone", "private", "otp", "login", "bearer"];

    private static readonly string[] VendorPrefixes =
        ["AKIA", "ASIA", "sk-", "sk_", "pk_", "rk_", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "xoxa-", "AIza", "eyJ", "hf_", "npm_", "shpat_", "SG.", "dop_v1_", "pypi-"];

    /// <summary>True when <paramref name="text"/> holds something that must not be copied.</summary>
    public static bool In(string text) => Find(text).Count > 0;

    /// <summary>
    /// True when the name of a session or an event holds a key or personal data. Unlike in prose, a random token is what
    /// such names are made of.
    /// </summary>
    public static bool InName(string name)
    {
        if (Email().IsMatch(name) || UrlLogin().IsMatch(name) || SocialNumber().IsMatch(name) || DottedCard().IsMatch(name)) return true;
        foreach (var match in Token().EnumerateMatches(name))
            if (IsVendorKey(name.AsSpan(match.Index, match.Length))) return true;
        foreach (var match in Phone().EnumerateMatches(name))
            if (name[match.Index] == '+') return true;
        return false;
    }

    /// <summary>True when a field of this name holds a secret whatever its value looks like.</summary>
    public static bool IsSecretField(string path)
    {
        var words = Words.OfIdentifier(path);
        foreach (var word in words)
        {
            if (word == "key" && words.Count == 1) return true;
            foreach (var secret in SecretKeys)
                if (word.StartsWith(secret, StringComparison.Ordinal)) return true;
        }
        return words.Contains("key") && (words.Contains("api") || words.Contains("access"));
    }

    /// <summary>Where the secrets stand: start and end, ascending, not overlapping.</summary>
    public static List<(int Start, int End)> Find(string written)
    {
        var found = new List<(int Start, int End)>();
        if (written.Length < 4) return found;
        var text = Lookalikes.Digits(written);
        var digits = 0;
        var humps = 0;
        var previous = ' ';
        var at = false;
        var keyword = text.AsSpan().ContainsAny(KeywordSearch);
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c)) digits++;
            else if (c == '@') at = true;
            else if (char.IsAsciiLetterUpper(c) && char.IsAsciiLetterLower(previous)) humps++;
            previous = c;
        }
        if (at)
        {
            Add(found, Email().EnumerateMatches(text));
            foreach (Match match in UrlLogin().Matches(text)) found.Add((match.Groups["value"].Index, match.Groups["value"].Index + match.Groups["value"].Length));
        }
        if (text.Contains("-u", StringComparison.Ordinal))
        {
            foreach (Match match in CommandLogin().Matches(text))
                if (match.Groups["value"].ValueSpan.ContainsAnyInRange('A', 'z')) found.Add((match.Groups["value"].Index, match.Groups["value"].Index + match.Groups["value"].Length));
        }
        if (keyword)
        {
            Add(found, PrivateKey().EnumerateMatches(text));
            foreach (Match match in Password().Matches(text))
            {
                var value = match.Groups["value"];
                if (!IsOrdinary(value.ValueSpan)) found.Add((value.Index, value.Index + value.Length));
            }
            foreach (Match match in Labelled().Matches(text))
            {
                var value = match.Groups["value"];
                if (LooksSecret(value.ValueSpan)) found.Add((value.Index, value.Index + value.Length));
            }
        }
        if (keyword && digits >= 3)
        {
            foreach (Match match in LabelledNumber().Matches(text)) found.Add((match.Groups["value"].Index, match.Groups["value"].Index + match.Groups["value"].Length));
        }
        if (digits >= 8)
        {
            foreach (var match in LongNumber().EnumerateMatches(text))
                if (IsAccountNumber(text.AsSpan(match.Index, match.Length))) found.Add((match.Index, match.Index + match.Length));
            Add(found, Iban().EnumerateMatches(text));
            Add(found, Phone().EnumerateMatches(text));
            Add(found, NationalPhone().EnumerateMatches(text));
            Add(found, SocialNumber().EnumerateMatches(text));
            Add(found, DottedCard().EnumerateMatches(text));
        }
        TellingContexts.Find(text, digits, found);
        if (digits > 0 || humps >= 2 || keyword || text.AsSpan().ContainsAny(VendorSearch))
        {
            foreach (var match in Token().EnumerateMatches(text))
                if (IsRandomToken(text.AsSpan(match.Index, match.Length))) found.Add((match.Index, match.Index + match.Length));
        }
        if (found.Count < 2) return found;
        found.Sort();
        var merged = new List<(int Start, int End)> { found[0] };
        foreach (var span in found.Skip(1))
        {
            if (span.Start <= merged[^1].End) merged[^1] = (merged[^1].Start, Math.Max(merged[^1].End, span.End));
            else merged.Add(span);
        }
        return merged;
    }

    private static readonly System.Buffers.SearchValues<string> KeywordSearch = System.Buffers.SearchValues.Create(
        ["pass", "pwd", "pin", "secret", "token", "key", "credential", "code", "login", "bearer", "authorization", "kennwort", "mdp", "contrase", "clave", "senha", "wachtwoord",
         "hasło", "lösenord", "adgangskode", "salasana", "heslo", "jelszó", "parola", "şifre", "парол", "密码", "密碼", "口令", "パスワード", "비밀번호", "ssn", "social", "tax", "cpf", "dni", "cvv", "cvc", "phone", "tel", "mobil", "handy"], StringComparison.OrdinalIgnoreCase);

    private static readonly System.Buffers.SearchValues<string> VendorSearch = System.Buffers.SearchValues.Create(VendorPrefixes, StringComparison.Ordinal);

    /// <summary>A labelled value is a secret unless it is an ordinary word or a short number.</summary>
    private static bool LooksSecret(ReadOnlySpan<char> value)
    {
        var digits = 0;
        var letters = 0;
        var other = 0;
        foreach (var c in value)
        {
            if (char.IsDigit(c)) digits++;
            else if (char.IsLetter(c)) letters++;
            else other++;
        }
        return digits > 0 && (digits >= 4 || letters + other >= 4) && value.Length >= 4;
    }

    /// <summary>What messages say of passwords without giving one away: "required", "expired", "must", "wrong".</summary>
    private static bool IsOrdinary(ReadOnlySpan<char> value)
    {
        var word = value.TrimEnd(".!?)]}…");
        if (word.Length < 4 || word[0] is '<' or '{' or '[' or '$' or '*' or '•') return true;
        foreach (var c in word)
            if (!char.IsLetter(c) && c is not ('-' or '_')) return false;
        return NoPassword().IsMatch(word);
    }

    /// <summary>Thirteen to nineteen digits that pass the card checksum and begin as cards of that length do, or any such run written in groups of four.</summary>
    private static bool IsAccountNumber(ReadOnlySpan<char> number)
    {
        Span<int> digits = stackalloc int[24];
        var count = 0;
        var grouped = false;
        foreach (var c in number)
        {
            if (char.IsAsciiDigit(c))
            {
                if (count == digits.Length) return false;
                digits[count++] = c - '0';
            }
            else grouped = true;
        }
        if (count is < 13 or > 19) return false;
        if (grouped && count >= 15) return true;
        var sum = 0;
        for (var i = 0; i < count; i++)
        {
            var digit = digits[count - 1 - i];
            if (i % 2 == 1 && (digit *= 2) > 9) digit -= 9;
            sum += digit;
        }
        return sum % 10 == 0 && (count >= 15 || IsShortCard(digits[..count]));
    }

    /// <summary>Cards of 13 and 14 digits begin with a four, or with 30, 36 or 38; a number that checks as one printed on goods is one.</summary>
    private static bool IsShortCard(ReadOnlySpan<int> digits)
    {
        if (digits.Length == 14) return digits[0] == 3 && digits[1] is 0 or 6 or 8;
        var sum = 0;
        for (var i = 0; i < digits.Length; i++) sum += digits[i] * (i % 2 == 0 ? 1 : 3);
        return digits[0] == 4 && sum % 10 != 0;
    }

    /// <summary>
    /// A token nobody would choose as a name: long, with digits and both cases mixed, or with a vendor-style prefix.
    /// Plain hexadecimal digests and UUIDs are names of things and stay.
    /// </summary>
    private static bool IsRandomToken(ReadOnlySpan<char> token)
    {
        int lower = 0, upper = 0, digit = 0, switches = 0, previous = -1;
        var longest = 0;
        var run = 0;
        foreach (var c in token)
        {
            var kind = char.IsAsciiDigit(c) ? 2 : char.IsUpper(c) ? 1 : char.IsLower(c) ? 0 : 3;
            if (kind == 3)
            {
                run = 0;
                previous = -1;
                continue;
            }
            if (kind == 0) lower++;
            else if (kind == 1) upper++;
            else digit++;
            if (previous >= 0 && kind != previous) switches++;
            previous = kind;
            longest = Math.Max(longest, ++run);
        }
        if (longest < 8) return false;
        if (IsScrambled(token)) return true;
        if (IsVendorKey(token) || (longest >= 16 && upper >= 16 && lower == 0 && switches <= 12 && !IsHex(token))) return true;
        if (digit == 0) return false;
        if (lower > 0 && upper > 0 && switches >= 4) return true;
        return token.Length >= 20 && longest >= 16 && switches >= 5 && (lower > 0 != upper > 0) && !IsHex(token);
    }

    /// <summary>
    /// Eight letters or more whose case changes as no name's does: "DXDvEDrQ" holds small letters alone between capitals
    /// twice, where the words of "getUserName" are longer.
    /// </summary>
    private static bool IsScrambled(ReadOnlySpan<char> token)
    {
        int letters = 0, switches = 0, alone = 0;
        for (var i = 0; i < token.Length; i++)
        {
            if (!char.IsAsciiLetter(token[i]))
            {
                letters = switches = alone = 0;
                continue;
            }
            letters++;
            var isLower = char.IsAsciiLetterLower(token[i]);
            var follows = letters > 1;
            if (follows && isLower != char.IsAsciiLetterLower(token[i - 1])) switches++;
            if (isLower && !(follows && char.IsAsciiLetterLower(token[i - 1])) && !(i + 1 < token.Length && char.IsAsciiLetterLower(token[i + 1]))) alone++;
            if (letters >= 8 && switches >= 4 && alone >= 2) return true;
        }
        return false;
    }

    private static bool IsVendorKey(ReadOnlySpan<char> token)
    {
        foreach (var prefix in VendorPrefixes)
            if (token.Length >= prefix.Length + 12 && token.StartsWith(prefix, StringComparison.Ordinal)) return true;
        return false;
    }

    private static bool IsHex(ReadOnlySpan<char> token)
    {
        foreach (var c in token)
            if (!char.IsAsciiHexDigit(c) && c != '-') return false;
        return true;
    }

    private static void Add(List<(int, int)> found, Regex.ValueMatchEnumerator matches)
    {
        foreach (var match in matches) found.Add((match.Index, match.Index + match.Length));
    }

    [GeneratedRegex(@"[\w.+%'-]+@(?:[\w-]+(?:\.[\w-]+)+|localhost\b)")]
    private static partial Regex Email();

    [GeneratedRegex(@"-----BEGIN[A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END[A-Z ]*PRIVATE KEY-----|$)")]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"(?i)\b(?:pass(?:word|wd|code|phrase)?|pwd|pin|secret|token|api[ _-]?key|key|credentials?|code|login|bearer|authorization)\b[^\n.;]{0,40}?(?:\bis\b|\bwas\b|[:=]|\bbearer\b|(?:key|token|secret|password|pin)(?= \S*\d))\s*[""'`]?(?<value>[^\s""'`,;]{4,})")]
    private static partial Regex Labelled();

    /// <summary>Not the end of a UUID, whose digits may happen to be many.</summary>
    [GeneratedRegex(@"(?<![\d.])(?<![0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{0,4}-?[0-9a-fA-F]{0,11})\d(?:[ -]?\d){12,18}(?![\d])")]
    private static partial Regex LongNumber();

    /// <summary>
    /// The value behind a word for "password": with a colon or an equals sign whatever it is, with a verb as the last word of
    /// its clause. "Pass" alone may end the name of a tool.
    /// </summary>
    [GeneratedRegex(@"(?i)(?:(?<![./:-])\bpass\b|\b(?:pass(?:word|wort|wd|code|phrase)|passwd|pwd|kennwort|mot de passe|mdp|contrase(?:ñ|n)a|clave|senha|palavra-passe|wachtwoord|has[łl]o|lösenord|adgangskode|salasana|heslo|jelsz[óo]|parola|[şs]ifre)\b|парол[ья]|密码|密碼|口令|パスワード|비밀번호)(?:\s*[:=：＝]\s*[""'`“]?(?<value>[^\s""'`,;”]{4,})|\s+(?:is|was|lautet|ist|est|es|é|è|to)\s+(?:[""'`“](?<value>[^\s""'`”]{4,})|(?<value>[^\s""'`,;.!?]{4,})(?=[,;.!?]|$))|[是は为]\s*(?<value>[\x21-\x7e]{4,}))|\bbearer\s+(?<value>[\w.~+/-]{12,}=*)")]
    private static partial Regex Password();

    [GeneratedRegex(@"(?i)^(?:required|missing|invalid|incorrect|wrong|expired|empty|mandatory|optional|necessary|needed|forgotten|string|text|null|none|true|false|undefined|unknown|hidden|redacted|masked|must|should|shall|cannot|can't|does|needs?|contains?|here|again|only|that|this|your|their|with|from|field|input|login|long|short|weak|strong|secure|safe|fine|okay|valid|obligatoire|incorrecte?|requis|falsch|ungültig|abgelaufen|erforderlich|leer|obligatoria|incorrecta|inválida|errata|obrigatória|\w{2,}(?:ed|able|ible|ory|ive|ing|ent))$")]
    private static partial Regex NoPassword();

    /// <summary>Numbers that are personal by their label.</summary>
    [GeneratedRegex(@"(?i)\b(?:ssn|social security(?: (?:number|no\.?))?|tax id|cpf|dni|(?:tele)?phone|tel|mobile|handy|cell)\b[^\w\n]{0,4}(?:(?:number|no|nr|is)\b[^\w\n]{0,3}){0,2}(?<value>\(?\d[\d ()./-]{5,16}\d)|\bcv[vc]2?\b[^\w\n]{0,3}(?:is\s+)?(?<value>\d{3,4})\b|\bpin\b\s*[:=]?\s*(?<value>\d{3,8})\b")]
    private static partial Regex LabelledNumber();

    /// <summary>The login in an address: "https://user:word@host".</summary>
    [GeneratedRegex(@"://(?<value>[^\s/:@""'<>]*:[^\s/@""'<>]+)@")]
    private static partial Regex UrlLogin();

    /// <summary>The login of a command line: "curl -u user:word".</summary>
    [GeneratedRegex(@"(?<!\S)(?:-u|--user|--proxy-user)[ =]?[""']?(?<value>[^\s:""'=-][^\s:""']*:[^\s""']+)")]
    private static partial Regex CommandLogin();

    [GeneratedRegex(@"(?<![\w-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])")]
    private static partial Regex SocialNumber();

    [GeneratedRegex(@"(?<![\d./])\d{4}([./])\d{4}\1\d{4}\1\d{4}(?![\d./])")]
    private static partial Regex DottedCard();

    /// <summary>Numbers as they are dialled within a country: "0170 1234567", "020 7946 0958", "06 12 34 56 78".</summary>
    [GeneratedRegex(@"(?<![\w.,:/#-])(?:0[1-9]\d{1,3}[ /-]\d{5,8}|0[1-9]\d{1,3} \d{3,4} \d{3,4}|0[1-9](?:([ .-])\d\d)(?:\1\d\d){3})(?![\w:/-])")]
    private static partial Regex NationalPhone();

    [GeneratedRegex(@"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")]
    private static partial Regex Iban();

    [GeneratedRegex(@"(?<![\w.])(?:\+\d{1,3}[ .-]?(?:\(?\d{1,4}\)?[ .-]?){2,5}\d{2,4}|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4})(?!\w)")]
    private static partial Regex Phone();

    [GeneratedRegex(@"[A-Za-z0-9][A-Za-z0-9_-]{7,}")]
    private static partial Regex Token();
}
