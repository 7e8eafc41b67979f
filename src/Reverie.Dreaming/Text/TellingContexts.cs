using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Reverie.Dreaming.Text;

/// <summary>
/// Values that are personal or secret only by the words around them: telephone numbers written as bare digits, bare
/// hexadecimal keys, and the internet addresses of persons. The same digits elsewhere are order numbers, digests and hosts,
/// and stay.
/// </summary>
internal static partial class TellingContexts
{
    private const int PhoneDigitsMin = 9;
    private const int KeyCharsMin = 16;

    private static readonly SearchValues<string> PhoneWords = SearchValues.Create(
        ["call", "ring", "dial", "text", "sms", "reach", "contact", "number", "phone", "tel", "cell", "mobil", "handy", "whatsapp", "fax", "nummer", "ruf", "numéro", "portable", "móvil", "número", "телефон", "звон", "电话", "手机", "電話", "携帯"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> KeyWords = SearchValues.Create(
        ["key", "token", "secret", "credential", "passphrase", "bearer", "schlüssel", "clé", "clave", "chiave", "chave", "sleutel", "klucz", "ключ", "токен", "密钥", "令牌", "トークン", "鍵"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> AddressWords = SearchValues.Create(["ip", "log", "sign", "from", "addr", "forwarded"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds where such values stand in <paramref name="text"/>, which holds so many <paramref name="digits"/>.</summary>
    public static void Find(string text, int digits, List<(int Start, int End)> found)
    {
        if (digits < 4) return;
        var span = text.AsSpan();
        int hex = 0, hexMax = 0, number = 0, numberMax = 0, dots = 0, colons = 0;
        foreach (var c in span)
        {
            hex = char.IsAsciiHexDigit(c) ? hex + 1 : 0;
            if (char.IsAsciiDigit(c)) number++;
            else if (c is not (' ' or '.' or '/' or '-')) number = 0;
            if (c == '.') dots++;
            else if (c == ':') colons++;
            hexMax = Math.Max(hexMax, hex);
            numberMax = Math.Max(numberMax, number);
        }
        if (numberMax >= PhoneDigitsMin && span.ContainsAny(PhoneWords)) Add(Phone().Matches(text), static _ => true);
        if (hexMax >= KeyCharsMin && span.ContainsAny(KeyWords))
        {
            Add(KeyBefore().Matches(text), IsKey);
            Add(KeyBehind().Matches(text), IsKey);
        }
        if ((dots >= 3 || colons >= 2) && span.ContainsAny(AddressWords)) Add(PersonsAddress().Matches(text), IsPublicAddress);

        void Add(MatchCollection matches, Predicate<string> isMeant)
        {
            foreach (Match match in matches)
                if (match.Groups["value"] is var value && isMeant(value.Value)) found.Add((value.Index, value.Index + value.Length));
        }
    }

    /// <summary>Digits and letters mixed, or as long as keys are: no word and no number.</summary>
    private static bool IsKey(string value) => value.Length >= 32 || (value.AsSpan().ContainsAnyInRange('0', '9') && value.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0);

    /// <summary>Addresses within a network name no person.</summary>
    private static bool IsPublicAddress(string value)
    {
        if (value.Contains(':')) return value[0] is '2' or '3';
        Span<byte> parts = stackalloc byte[4];
        var n = 0;
        foreach (var range in value.AsSpan().Split('.'))
            if (!byte.TryParse(value.AsSpan(range), NumberStyles.None, CultureInfo.InvariantCulture, out parts[n++])) return false;
        return parts[0] is not (0 or 10 or 127 or >= 224) && (parts[0], parts[1]) is not (172, >= 16 and <= 31) and not (192, 168) and not (169, 254);
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private const string Digits = @"(?<value>(?:\+|00)?\d{1,4}(?:[ ./-]?\d{2,10}){1,5}(?<=\d{9,15}|\d[ ./-]\d{2,10}))(?![\w/-]|[.,]\d)";

    private const string PhoneLabel = @"(?:tele?(?:phone|fon|foon|fono?|phone)?|téléphone|teléfono|phone|mobile?|mobil|móvil|cellulare|celular|cell|handy|portable|whatsapp|sms|fax|rufnummer|телефон\w*)";

    /// <summary>
    /// Bare digits behind "call me at", "my number is", a field named for a telephone: no order, item or ticket number may be
    /// meant by the words between.
    /// </summary>
    [GeneratedRegex(@"(?:\b(?:call|ring|dial|text|phone|reach|contact|message|whatsapp|sms|buzz)(?:s|ed|ing)?\s+(?:(?:me|him|her|us|them|back|up|mum|mom|dad|someone|anytime|directly|again|please|(?-i:[A-Z][a-z]+)|the (?:\w+ )?(?:customer|client|guest|patient|driver|owner|owners|tenant|user|caller|member|buyer|seller|applicant|passenger|colleague|manager|office|desk|number|line))\s+){0,3}(?:at|on|under|via|using|with)?\s*(?:(?:this|the|my|his|her|their) )?(?:number|line)?\s*:?\s*"
        + @"|\b(?:my|his|her|their|your|our|whose|direct|contact|callback|call-back|emergency|private|home|work|office|daytime)\s+(?:\w+\s+){0,2}?(?:number|line|no\.?|digits|nummer)\s*(?:is|was|:|=|are)?\s*(?:now\s+)?"
        + @"|(?:meine|seine|ihre|unsere)\s+(?:\w+\s+)?nummer\s*(?:ist|lautet|:)?\s*|\b(?:mon|son|mi|su|il mio|o meu|meu|mijn|mój)\s+(?:numéro|número|numero|nummer|numer)\s*(?:est|es|è|é|is|to|:)?\s*"
        + @"|(?:电话|手机|電話|携帯|전화)(?:号码?|番号|번호)?\s*(?:是|は|为|:|：)?\s*"
        + @"|(?<![a-z])" + PhoneLabel + @"(?:[ _-]?(?:number|nummer|no|nr|num|#))?[""'\s:=.]{1,6}(?:(?:is|was|ist|est|es)\s+)?[""']?)" + @"(?<!\d)" + Digits, Options)]
    private static partial Regex Phone();

    private const string KeyWord = @"(?<![a-z])(?:(?:api|access|secret|private|signing|encryption|auth|client|deploy|license|licence|service|shared|webhook|master|admin|security|activation|recovery|refresh|bearer|session|gateway)[ _-]?){0,3}(?:keys?|tokens?|secrets?|credentials?|passphrases?|bearer|[a-zäöü]*schlüssel|clés?|claves?|chiav[ei]|chaves?|sleutel|klucz\w*)(?![a-z])|ключ\w*|токен\w*|密钥|令牌|トークン|鍵";

    /// <summary>What is no key whatever stands beside it: digests, revisions, ids, and keys of tables.</summary>
    private const string NoKey = @"(?:commit|sha\d*|md5|hash|digest|checksum|etag|fingerprint|revision|rev|build|blob|tree|image|layer|uuid|guid|trace|span|request|id|primary|foreign|cache|sort|partition|public|object|file|order|ticket)";

    private const string Hex = @"(?<![\w/#.-])(?<value>(?:0x)?[0-9a-f]{16,128})(?![\w/-]|\.\w)";

    [GeneratedRegex(@"(?:" + KeyWord + @")(?<between>(?:(?!\b" + NoKey + @"\b)[^\n.;!?\d]|\d(?![0-9a-f]{8})){0,40}?)" + Hex, Options)]
    private static partial Regex KeyBefore();

    [GeneratedRegex(@"(?<!\b" + NoKey + @"\b[^\n.;!?]{0,16})" + Hex + @"[""'`)\]]?,?\s+(?:(?:is|was|as|being|for|ist|est|es|to)\s+)(?:(?:a|an|the|my|our|your|his|her|their|its|this|new|old|der|die|das|la|le)\s+){0,2}(?:\w+\s+){0,2}?(?:" + KeyWord + ")", Options)]
    private static partial Regex KeyBehind();

    private const string Person = @"(?:users?|customers?|clients?|visitors?|guests?|members?|patients?|tenants?|callers?|subscribers?|buyers?|applicants?|students?|employees?|persons?|my|his|her|their|your|home|nutzers?|benutzers?|kund(?:e|en|in)|utilisateur|usuario|utente)";

    /// <summary>An address that a person is tied to: by whom it belongs to, or by somebody's signing in from it.</summary>
    [GeneratedRegex(@"(?:(?<![a-z])" + Person + @"(?:['’]s?)?[ _-](?:\w+[ _-]){0,2}?(?:ip|addr(?:ess)?)(?:[ _-](?:address|addr))?(?![a-z])[^\w\n]{0,4}(?:(?:is|was|of|from)\b\s*){0,2}"
        + @"|\b(?:log(?:ged|s|ging)?|sign(?:ed|s|ing)?)[ -]?(?:in|on|into|up)\b[^\n.;]{0,40}?\b(?:from|at|via|ip)\b[^\w\n]{0,3}(?:(?:ip|the|address)\b[^\w\n]{0,3}){0,3}"
        + @"|\blast (?:log-?in|sign-?in|seen)\b[^\n\d]{0,24}|\bx-forwarded-for\b[^\w\n]{0,4}|\b(?:remote|peer)_(?:ip|addr(?:ess)?)\b[^\w\n]{0,4}"
        + @"|\b" + Person + @"\b[^\n.;:\d]{0,30}\b(?:from|on|at|behind) (?:the )?(?:ip(?: address)? )?)[""'`(\[]?(?<value>\d{1,3}(?:\.\d{1,3}){3}|(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4})?(?:(?::[0-9a-f]{1,4})*))(?![\w:]|\.\d)", Options)]
    private static partial Regex PersonsAddress();
}
