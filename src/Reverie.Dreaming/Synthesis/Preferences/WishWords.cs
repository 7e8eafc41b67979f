using System.Text.RegularExpressions;
using Reverie.Dreaming.Text;

namespace Reverie.Dreaming.Synthesis.Preferences;

/// <summary>The small words that tell a standing wish from a request for now.</summary>
internal static partial class WishWords
{
    private static readonly HashSet<string> NoTopic = new(StringComparer.Ordinal)
    {
        "want", "prefer", "like", "send", "show", "write", "read", "report", "thing", "everything", "time", "way", "good", "bad", "new", "old", "done", "fine", "sorry",
        "mean", "nothing", "help", "people", "someone", "usual", "always", "straight", "first", "next", "last", "day", "today", "tomorrow", "don", "doesn", "isn", "won", "can", "could",
        "add", "mention", "include", "again", "before", "please", "instead", "rather", "everyone", "user", "team", "everybody", "leave", "wait", "start", "stop", "try", "change",
        "look", "think", "thank", "thanks", "appreciate", "day", "help", "care", "patience", "reach", "bye", "goodbye", "wonderful", "perfect", "later", "soon", "confirm", "proceed", "really", "actually", "maybe", "message", "answer", "reply", "bring", "let", "great", "sure", "list",
        // Politeness, "always", "again" and "for me" in other languages.
        "favor", "gracias", "siempre", "nunca", "otra", "vez", "mí", "plaît", "plait", "merci", "toujours", "jamais", "encore", "moi", "bitte", "danke", "immer", "nie", "niemals", "wieder", "mich", "mir", "piacere", "grazie", "sempre",
        "mai", "ancora", "obrigado", "obrigada", "mim", "alstublieft", "graag", "altijd", "nooit", "weer", "proszę", "zawsze", "nigdy", "znowu", "mnie",
    };

    private const int EllipticalWordsMax = 8;

    private static readonly HashSet<string> Stating = new(StringComparer.Ordinal)
    {
        "is", "are", "was", "were", "am", "isn", "aren", "wasn", "has", "have", "had", "does", "did", "didn", "will", "would", "went", "gone", "got", "came", "seems", "seem", "looks", "look", "feels", "feel", "works", "worked", "hurts", "hurt",
        "opens", "opened", "starts", "lets", "gets",
        "thanks", "thank", "hello", "hi", "bye", "yes", "ok", "okay", "sorry", "great", "good", "nice", "who", "what", "why", "how", "when",
    };

    /// <summary>How strongly the wording asks for something standing: politeness, wishes, always, never, instead, for me.</summary>
    public static int Directive(string text) => Math.Min(3, Wish().Count(text)) + (Standing(text) || text.AsSpan().TrimEnd().EndsWith("!") ? 1 : 0);

    /// <summary>Said to hold always: always, never, every time, as usual.</summary>
    public static bool Standing(string text) => StandingWish().IsMatch(text) || Orders.IsLasting(text);

    /// <summary>Half a sentence, which states nothing: a few words without a verb that tells how things are.</summary>
    public static bool Elliptical(List<string> words) => words.Count is >= 1 and <= EllipticalWordsMax && words.TrueForAll(static w => !Stating.Contains(w));

    /// <summary>Shows what somebody else sent, wrote or said.</summary>
    public static bool PassesOn(string text) => Passed().IsMatch(text);

    /// <summary>A wish for this once only.</summary>
    public static bool OnlyNow(string text) => Once().IsMatch(text);

    /// <summary>Tells how things stand now rather than how they are wanted.</summary>
    public static bool ReportsFact(string text) => Report().IsMatch(text);

    /// <summary>About what protects people and money: approvals, refunds, identity checks, rights of access, payments. What asks for a check to be left out, or for somebody to be left in the dark, counts whatever it is called.</summary>
    public static bool TouchesSafeguard(string text) => Safeguard().IsMatch(text) || Unchecked().IsMatch(text);

    /// <summary>
    /// Says how a tool is to be called or what cures an error. People have a say in what they want, not in how tools behave:
    /// that is learnt from calls, so that a remedy many people repeat is no remedy.
    /// </summary>
    public static bool TellsHowToCall(string text) => Identifier().IsMatch(text) || Cure().IsMatch(text);

    /// <summary>Speaks of the word or number that opens something: what stands beside it may be that word, in plain letters.</summary>
    public static bool SpeaksOfSecret(string text) => SecretWord().IsMatch(text);

    /// <summary>Holds letters of both cases and digits mixed into one word, as codes and passwords are.</summary>
    public static bool HoldsCode(string text) => Code().IsMatch(text);

    /// <summary>The speaker revises an earlier wish.</summary>
    public static bool ChangesMind(string text) => Turn().IsMatch(text);

    /// <summary>What the message is about: content stems, and neighbouring words joined ("shelf mark" meets "shelfmark").</summary>
    public static HashSet<string> TopicStems(List<string> words)
    {
        var stems = new HashSet<string>(StringComparer.Ordinal);
        string? previous = null;
        foreach (var word in words)
        {
            var stem = Words.Stem(word);
            if (previous is not null && previous.Length >= 3 && word.Length >= 3 && char.IsLetter(word[0])) stems.Add(previous + stem);
            previous = Words.IsFunctionWord(word) ? null : word;
            if (Words.IsFunctionWord(word) || Words.IsFunctionWord(stem) || NoTopic.Contains(word) || NoTopic.Contains(stem)) continue;
            if (stem.Length >= 3 || (char.IsDigit(stem[0]) && stem != "00" && stem.Length <= 2)) stems.Add(stem);
        }
        return stems;
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"`[^`]+`|\b[A-Za-z][A-Za-z0-9]*_[A-Za-z0-9_]+\b|\b[a-z]+[a-z0-9]*[A-Z][A-Za-z0-9]*\b", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\b(?=\w*[0-9])(?=\w*[a-z])(?=\w*[A-Z])\w{6,}", RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    [GeneratedRegex(@"\b(?:pass[ -]?(?:words?|codes?|phrases?|keys?)|code[ -]?words?|safe[ -]?words?|watchwords?|countersigns?|pwd|passwd|(?:the|my|our|your|a) pin|pin (?:code|number)s?|(?:door|gate|entry|entrance|access|alarm|safe|lock|locker|vault|panel|unlock|login|secret|magic)[ -](?:codes?|words?|pins?|numbers?|combinations?)|unlock(?:s|ed|ing)?|(?:lets?|gets?) (?:you|us|me|them|one|anyone) (?:in|past|through)|opens (?:the|my|our|its|up)"
        + @"|(?:log|sign)(?:ging|ing|s|ged|ed)?[ -]?(?:in|on|into)\b.{0,40}\b(?:with|as|using|by)|(?:get|gets|getting) in with|authenticat\w*|credentials?|wi-?fi|hotspot|keypads?|disarm\w*|security (?:answer|question)s?|maiden name|(?:recovery|seed|backup|access) (?:phrase|word|code|key)s?|(?:the|my|our|your) combination|combination as|(?:the|my|our|your) word (?:for|at|to|is)|asks? (?:you )?who (?:you|we|i|they|he|she|it)|answers? (?:only )?to"
        + @"|passwor[dt]\w*|kennwort\w*|losungswort|zugangscode|mots? de passe|contraseñas?|palabra clave|senhas?|palavra-passe|parola d'ordine|wachtwoord\w*|hasł[oae]|lösenord\w*|adgangskode\w*|passord\w*|salasana\w*|hesl[oa]|jelsz\w+|şifre\w*)\b|парол[ьяе]|密码|密碼|口令|パスワード|暗証|비밀번호", Options)]
    private static partial Regex SecretWord();

    [GeneratedRegex(@"\b(?:when|whenever|if|once|after|every time)\b.{0,60}\b(?:fail(?:s|ed|ing|ure)?|errors?|refuse[sd]?|reject(?:s|ed)?|times? out|timed out)\b", Options)]
    private static partial Regex Cure();

    [GeneratedRegex(@"\b(?:please|pls|kindly|bitte|por favor|s'il (?:te|vous) pla[iî]t|proszę|graag|als(?:tu|je)blieft|per (?:favore|piacere)|lütfen|prosím|kérem|пожалуйста|want|wants|prefer|like|would like|i'd like|need|should|must|always|never|every|each|only|instead|not|no|don't|do not|without|rather|usual|usually|again|for me|me|my|i|we|us|our|give|tell|send|show|use|write|put|add|keep|mention|include|avoid|spell|state|name|say|lead|sort|leave|bring|print|quote|round|format|address|call|spare|skip|stick|make|missing|lacks?|forgot|forgotten|dropped|left out|where (?:is|are|did|does|has|have)|where's|dla mnie|für mich|pour moi|para mí|per me|para mim|voor mij)\b", Options)]
    private static partial Regex Wish();

    [GeneratedRegex(@"\b(?:always|never|every time|each time|every|each|as (?:usual|always|ever|before)|like (?:before|last time|always)|from now on|in future|next time|in general|by default|as a rule|whenever|generally|my usual|for me|in my team|(?:in|around) (?:this|our) (?:house|office|team|shop|company|firm|department|unit))\b", Options)]
    private static partial Regex StandingWish();

    [GeneratedRegex(@"\b(?:(?:just|only) (?:for )?(?:today|now|this|tonight|once)|today only|this (?:once|one time|time|one|evening|afternoon|morning|week|weekend|month|bay|case|title|card|ticket|order|round|shift)\b(?: only)?|for (?:this|the) \w+ only|only (?:in|for|on|with) (?:this|that|the|\w*\d\w*)\b|only (?:for )?this|tonight|tomorrow|for now|for the moment|right now|one[- ]off|exceptionally|as an exception|until (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|further notice)|(?<!\b(?:as of|from|since|starting) )today(?!')|(?<!ab )heute|morgen|(?:nur )?(?:dieses mal|diesmal)|ausnahmsweise|aujourd'hui|cette fois|(?<!de )hoy|esta vez|(?<!da )oggi|questa volta|(?<!de )hoje|desta vez|(?<!vanaf )vandaag|deze keer|(?<!od )dzisiaj|tym razem|for (?:this|today's|tomorrow's|tonight's) \w+|for the \w+(?:'s)? (?:visit|tomorrow|today))\b", Options)]
    private static partial Regex Once();

    [GeneratedRegex(@"\bheads?[- ]up\b|\bfyi\b|\bplease note\b|\b(?:has |was |were |is |are )?(?:moved|switched|changed|renamed|relocated|went|gone over|over) to\b|\b(?:is|are|was|were) history\b|\b(?:gave|given) .{1,40} up\b|\breplaces\b|\bfor (?:your|the) (?:log|records?|information)\b|\b(?:became|has become|is now|are now|is out|is gone|was replaced|has left|no longer (?:exists|valid|in use))\b|\bfrom today\b|\bnow .{1,30}, .{1,30} (?:finished|gone|out|over)\b", Options)]
    private static partial Regex Report();

    [GeneratedRegex(@"\b(?:sent|forwarded|gave|wrote|handed|mailed|e-?mailed|texted|showed|passed|left|dictated|tied) (?:\w+ )?(?:me|us|in|on|round|around|along) (?:this|that|it|the following)\b|\b(?:got|received|found|saw|read|spotted) (?:this|that|the following) (?:from|on|in|at|by|under|behind)\b", Options)]
    private static partial Regex Passed();

    [GeneratedRegex(@"\b(?:from now on|no longer|not .{0,30}any ?more|changed my mind|switch(?:ed)? to|instead now|now (?:please )?(?:in|with|as)|scrap that|forget (?:the|what i said))\b", Options)]
    private static partial Regex Turn();

    [GeneratedRegex(@"\b(?:(?:pre|auto)?-?approv|refund|reimburs|chargeback|verif[iy]|authenticat|authori[sz]|identit|id[ -]checks?\b|credentials?\b|passwords?\b|passcodes?\b|two[- ]factor|2fa\b|mfa\b|otp\b|permission|access (?:to|rights?|control|level|for)|(?:full|grant\w*|give\w*|admin|root) access|privilege|admin(?:istrator)?\b|superuser|payouts?\b|payments?\b|wire transfer|bank (?:account|details|transfer)|waive[ds]?\b|waiving|credit limits?|spending limits?|supervisor|four[- ]eyes|sign-?off|fraud|kyc\b"
        + @"|genehmig|freigabe|freigeben|erstatt|rückerstatt|überprüf|identität|ausweis|berechtigung|zugriff|zugang|zahlung|auszahlung|überweis|passwort|kennwort"
        + @"|aprob|aprueb|autoriz|reembols|verific|identidad|permiso|contraseña|pago|approuv|approb|autoris|rembours|vérif|identité|accès|paiement|mot de passe|approv|rimbors|identità|pagament|aprov|pagament)"
        + @"|(?:одобр|возврат|подтвержд|провер|доступ|оплат|платеж|парол)|批准|审批|退款|验证|身份|权限|付款|支付|密码|承認|返金|認証|権限", Options)]
    private static partial Regex Safeguard();

    [GeneratedRegex(@"\b(?:skip|omit|drop|ignore|bypass|without|no|never|don't|do not|stop|leave out)\s+(?:\w+\s+){0,3}(?:checks?|checking|questions asked|asking|ask|confirmations?|confirm\w*|security|safety|review\w*)\b|\bunchecked\b|\bunasked\b|\bsudo\b|\bas root\b"
        + @"|\b(?:never|don't|do not|without)\s+(?:tell|inform|notify|alert|warn)(?:ing)?\s+(?!me\b|us\b)\w|\b(?:never|don't|do not|without)\s+(?:mention|report|show)(?:ing)?\b.{1,40}\bto\s+(?!me\b|us\b)(?:the |my |our )?(?:boss|manager|auditors?|inspectors?|owners?|operators?|police|compliance)", Options)]
    private static partial Regex Unchecked();
}
