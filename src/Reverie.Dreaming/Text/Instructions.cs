using System.Buffers;
using System.Text.RegularExpressions;

namespace Reverie.Dreaming.Text;

/// <summary>
/// Judges whether a line of untrusted text tries to instruct an agent, above all to keep something for later. It adds up
/// independent signs (an address to software, a wish to be remembered, an order to forget, an outward action, a boast of
/// success); ordinary imperatives in documents ("keep upright") show at most one or two of them.
/// </summary>
internal static partial class Instructions
{
    /// <summary>A line of at least this score is treated as planted.</summary>
    public const int PlantedScoreMin = 3;

    /// <summary>Shorter lines are not judged.</summary>
    internal const int CharsMin = 12;

    /// <summary>Longer lines are judged by parts.</summary>
    internal const int WindowChars = 280;

    private static readonly SearchValues<char> QuotationMarks = SearchValues.Create("`~>|\"“„«'*#=-");

    private static readonly JudgedLines Judged = new();

    /// <summary>The score of a line, or of the two neighbouring sentences of a long one that score most; 0 for ordinary text.</summary>
    public static int Score(ReadOnlySpan<char> line)
    {
        if (line.Length < CharsMin) return 0;
        if (line.Length <= WindowChars) return ScoreWindow(line);
        var best = 0;
        var previous = 0;
        for (var start = 0; start < line.Length;)
        {
            var length = line[start..].IndexOf(". ");
            var end = length < 0 ? line.Length : start + length + 2;
            if (end - start > WindowChars) end = start + WindowChars;
            var from = end - previous <= WindowChars ? previous : start;
            best = Math.Max(best, ScoreWindow(line[from..end]));
            previous = start;
            start = end;
        }
        return best;
    }

    private static int ScoreWindow(ReadOnlySpan<char> line) =>
        PossibleIn(line) == Sign.None && !line.ContainsAny('=', '/') ? 0 : Judged.Score(line, static line => Judge(line, PossibleIn(line)));

    /// <summary>The signs of which a line holds a word.</summary>
    internal static Sign PossibleIn(ReadOnlySpan<char> line) => (Sign)Starts.In(line) & Sign.Any;

    /// <summary>Adds up the signs of a line. <paramref name="possible"/> are those of which it holds a word; only they are looked for.</summary>
    internal static int Judge(string line, Sign possible)
    {
        var setting = line.Contains('=');
        var score = 0;
        if (IsAddressed(line, possible)) score += 2;
        else if (May(Sign.Software) && Mentioned().IsMatch(line)) score += 1;
        if ((May(Sign.ToBeKept) && ToBeKept().IsMatch(line)) || ((May(Sign.KeptAs) || (May(Sign.Keeping) && (setting || May(Sign.Kept)))) && KeptAs().IsMatch(line))) score += 2;
        else if (May(Sign.WeaklyKept) && WeaklyKept().IsMatch(line)) score += 1;
        if (May(Sign.Overrides) && Overrides().IsMatch(line)) score += 2;
        else if (May(Sign.LeftOut) && LeftOut().IsMatch(line)) score += 1;
        if (May(Sign.Host) && SendsAway().IsMatch(line)) score += 2;
        else if (May(Sign.Host | Sign.Valuable) && OutwardAction().IsMatch(line)) score += 1;
        if (setting && Setting().IsMatch(line)) score += 1;
        if (May(Sign.Lasting) && Lasting().IsMatch(line)) score += 1;
        if (May(Sign.Privilege) && Privilege().IsMatch(line)) score += 1;
        if (((May(Sign.Of) || line.Contains('/')) && AllOfAll().IsMatch(line)) || ((setting || May(Sign.Boast)) && Boast().IsMatch(line))) score += 2;
        if (May(Sign.Universal) && Universal().IsMatch(line)) score += 1;
        if (May(Sign.Assurance) && Assurance().IsMatch(line)) score += 1;
        if (May(Sign.RoleMarker) && RoleMarker().IsMatch(line)) score += 2;
        return score;

        bool May(Sign sign) => (possible & sign) != Sign.None;
    }

    /// <summary>Software is spoken to. Six patterns, because the compiler leaves the code of one that holds them all unoptimised.</summary>
    private static bool IsAddressed(string line, Sign possible)
    {
        var named = (possible & Sign.Software) != Sign.None;
        if (named && (AddressedByGreeting().IsMatch(line) || AddressedAsReader().IsMatch(line) || AddressedByOrder().IsMatch(line) || AddressedAtTheEnd().IsMatch(line))) return true;
        return ((named || (possible & Sign.Reader) != Sign.None) && AddressedByRole().IsMatch(line)) || ((possible & Sign.Condition) != Sign.None && AddressedByCondition().IsMatch(line));
    }

    /// <summary>
    /// The parts of what a person wrote that are somebody else's words: quoted spans, and what follows an attribution
    /// such as "found this on a leaflet:" or stands on lines of its own below it.
    /// </summary>
    public static IEnumerable<string> ForeignParts(string message)
    {
        foreach (Match match in Quoted().Matches(message)) yield return match.Value[1..^1];
        // "<where it stood>: <an order to software>": the second half is quoted, with or without marks.
        var colon = Colon().Match(message);
        if (colon.Success && message[(colon.Index + colon.Length)..] is var behind && (Score(behind) >= PlantedScoreMin || ForeignOrders.Score(behind) >= PlantedScoreMin)) yield return behind;
        if (Announced().Match(message) is { Success: true } announced) yield return message[(announced.Index + announced.Length)..];
        if (SetApart(message) is { } below) yield return below;
        var attribution = Attribution().Match(message);
        if (attribution.Success) yield return message[(attribution.Index + attribution.Length)..];
        else if (Pointer().Match(message) is { Success: true } pointer) yield return message[(pointer.Index + pointer.Length)..];
    }

    /// <summary>
    /// What stands below the first line of a message and orders software about; null when nothing does. What carries the
    /// marks of a quotation need not speak to software: without them a person may be asking for it.
    /// </summary>
    private static string? SetApart(string message)
    {
        var end = message.IndexOf('\n');
        if (end < 0) return null;
        var below = message[end..].Trim();
        // A rule across the page, or marks of a quotation.
        var quoted = below.Length > 0 && QuotationMarks.Contains(below[0]) || end > 1 && QuotationMarks.Contains(message[0]) && message[1] == message[0];
        foreach (var line in below.Split('\n'))
        {
            if (Score(line.AsSpan().Trim()) >= PlantedScoreMin && (quoted || IsAddressed(line, PossibleIn(line)))) return below;
        }
        return null;
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private const string Software = @"(?:a\.?i\.?s?|(?:ai |software |support |virtual |coding )?(?:agents?|assistants?)|(?:chat)?bots?|robots?|llms?|(?:language )?models?|softwares?|automations?|copilots?|machines?|crawlers?|programs?|computers?|pipelines?)";

    [GeneratedRegex(@"\b(?:dear|cher|lieber|hello|hi|hey|attention|notice|note|message|memo|rules?|instructions?)\s+(?:to |for )?(?:(?:the|any|all|every|other|later|future|our|my)\s+){0,2}" + Software + @"\b", Options)]
    private static partial Regex AddressedByGreeting();

    [GeneratedRegex(@"\b(?:to|for|all|every|any|other|later|future|fellow)\s+(?:(?:the|other|later|future|ai|automated|reading)\s+){0,2}" + Software + @"\b(?!\s+(?:number|name|train|year|no\b))", Options)]
    private static partial Regex AddressedAsReader();

    [GeneratedRegex(@"\b" + Software + @"\b[^.:;]{0,40}?,?\s*(?:must|shall|should|are to|have to|need to|will please|attention|reading this|who read|that read)\b", Options)]
    private static partial Regex AddressedByOrder();

    [GeneratedRegex(@", ?" + Software + @"\s*[.!]*\s*$", Options)]
    private static partial Regex AddressedAtTheEnd();

    [GeneratedRegex(@"^(?:\w+ )?(?:assistants?|agents?|bots?|robots?)\s*:|^[""'“<*#> -]*(?:(?:ai )?assistants?|agents?|(?:chat)?bots?|robots?|copilots?|llms?|language models?)\s*[,!]|^[""'“<*#> -]*(?:models?|machines?|programs?|computers?|software)\s*[,!][^.!?]{0,80}\byou\b|\byour (?:assistant|agent|bot|ai|robot)\b|\bthe (?:assistant|agent|bot|robot|ai) (?:stores?|keeps?|remembers?|notes?|must|shall|should|will|has to)\b|\b(?:whoever|anyone who|any system that|anything that|those who)\s+(?:\w+\s){0,2}(?:reads?|digiti[sz]es?|process(?:es)?|scans?|handles?|parses?|receives?|automates?)\b|\b(?:electronic|digital|automatic|automated|artificial|mechanical|robotic|silicon|synthetic) (?:clerk|hand|mind|brain|servant|helper|colleague|friend|assistant|worker|reader|agent|operator|system|deputy|deputie)s?\b|^(?:\w+\s){0,3}(?:engine|brain|mind|servant|machine|automaton)s?\s*[,:]|\b(?:any|whichever|whatever|should an?|if an?|when an?) (?:\w+ )?(?:programs?|models?|ais?|machines?|systems?|computers?|algorithms?)\b (?:that |which |who |digest|read|process|scan|see|meet|find|pars)\w*|\b(?:to|for|dear|attention|hello) (?:(?:the|any|all|every|our|other) ){0,2}(?:automated|automatic|autonomous|artificial|robotic) \p{L}+|\b(?:automated|autonomous|artificial|robotic) \p{L}+s (?:must|shall|should|are to|have to)\b|\b(?:inform|tell|teach|instruct) (?:your|the next|any|every) (?:\w+ )?(?:machines?|helpers?|models?|programs?|bots?|agents?|assistants?)\b", Options)]
    private static partial Regex AddressedByRole();

    [GeneratedRegex(@"\bif you(?: are|'re) an? (?:\w+ )?" + Software, Options)]
    private static partial Regex AddressedByCondition();

    [GeneratedRegex(@"\bmemori[sz]e\b|\bcommit (?:this |that |it )?to (?:your )?memory\b|\b(?:your|long[- ]term|lasting|permanent|persistent|agent) (?:memory|memories|notes?|recollections?|knowledge|instructions|rules|playbook)\b|\b(?:recollections?|memory (?:store|file|bank|entry))\b|\b(?:retain|remember|record|adopt|learn|note|internali[sz]e|persist) (?:this|that|these|the following|it)\b(?! (?:product|item|device|unit|box|bottle|door|package|place|area|receipt|ticket|card|page))|\b(?:save|store|keep|preserve) (?:this|that|these|the following)(?=\s*[:.,!]| (?:for|in|as|to|well)\b)|\bhold on to (?:this|that)\b|\bkeep (?:this |that |it )?(?:for|in) (?:later|future|all|every|the (?:notes?|memory|records?|files?)|your (?:notes?|memory|records?))\b|\b(?:for|by) (?:later|future|all later|other) (?:agents?|assistants?|bots?|sessions?|runs?|rounds?|shifts?|conversations?)\b|\bfor all (?:rounds|sessions|runs|time|future|shifts|conversations)\b|\bmake (?:it|this|that) (?:a (?:habit|rule|standing|permanent)|lasting|permanent|standard|stick)|\b(?:write|put|add|enter|log|carve|fix|pin|file) (?:(?:this|that|it|the following) )?(?:down )?(?:in|into|to|as) (?:a |an |your |the |our )?(?:lasting |permanent |standing |long-term |own )?(?:memory|memories|notes?|recollection|knowledge|playbook|duty|rule|habit|instruction)s?\b|\bwrite (?:this|that|it) down as\b|\b(?:take|adopt|accept|treat) (?:it|this|that)(?: on| up)? as (?:the|a|your|our|standard|policy|house)\b|\bfrom now on\b|\bstanding (?:order|instruction|rule)\b|\b(?:update|amend|extend) your (?:memory|notes|instructions|rules|playbook)\b|\bfor your (?:future|later|next) (?:sessions?|runs?|work|reference)\b|\b(?:pass|carry|hand|take) (?:this|it|that) (?:on|over|along|with you) (?:to|into)\b|\b(?:store|save|keep|record|file|note) (?:this |that |it )?as (?:an? )?(?:fact|truth|given|law|policy)\b|(?:^|[.!?;,]\s+)(?:please |kindly |and )?(?:retain|memori[sz]e|remember)\s*[.!]*\s*$|\b(?:store|save|keep|retain|remember|record|note|adopt|learn) (?:this|that) (?:preference|instruction|polic(?:y|ies)|guidance|practice|directive|order)s?\b", Options)]
    private static partial Regex ToBeKept();

    /// <summary>A verb of keeping with a place or a duration to keep it: "record X as the preferred setting", "keep in memory".</summary>
    [GeneratedRegex(@"(?:^|[.:;!?,>""“(-]\s*|\b(?:please|pls|plz|kindly|and|so|must|shall|should|to|do|then|agents?|assistants?|bots?)\s+)(?:remember|memori[sz]e|retain|record|store|note|keep|write|add|adopt|take|make|save|persist|learn|enter|put|fix|file|treat|set)s?\b[^.:;!?]{0,60}?\b(?:memory|memories|(?:your|the|long-term|lasting) (?:notes?|files?|records?|guidelines?|routine|rules?|playbook|instructions?|knowledge)|(?:(?:the|a|your|our|as) (?:new |usual |preferred |standing |permanent |house |normal |best |recommended |common )?(?:default|standard|rule|habit|custom|way|setting|practice|policy|method|duty|routine)|(?:as|for) (?:the|a|your|our) (?:new |usual |preferred |normal |best |recommended )value)|as standard|permanent(?:ly)?|for good|for all time|for life|forever|durably|persistently|every (?:chat|session|run|round|conversation|shift|report)|across (?:chats|sessions|runs|rounds|conversations|shifts)|on (?:file|record)|(?:all )?future (?:chats?|sessions?|runs?|rounds?|conversations?|work))\b|\b(?:for|in) (?:all|every|any|each)? ?future (?:chats?|sessions?|runs?|rounds?|conversations?)\b[^.]{0,40}?\b(?:remember|memori[sz]e|note|keep)\b|\bremember (?:always|permanently|forever|this)\b|\bmemori[sz]e\s*:|\b(?:adopt|record|note|make|take|keep|remember) \w+=\w+|(?:^|[.!]\s*)(?:persist|memori[sz]e|remember always|keep in memory)\s*[.!]?\s*$|\b(?:engrave|burn|brand|etch|carve|chisel|imprint|inscribe|nail|hammer|pin) (?:it|this|that|these)\b|\bin your (?:head|mind|heart|bones)\b|\bto your (?:successors?|heirs|colleagues)\b|\btill the end of\b|\b(?:into|for|on|at|in) (?:each|every|all) (?:later|coming|following|further|next) \w+|\bwhat you know\b|\blet it be known\b|\bfrom here on\b|\blet\b[^.]{0,40}\bbe\b[^.]{0,30}\b(?:ways?|how|rules?|norms?|habits?|practice|custom)\b|\b(?:every|each|all|any)\b[^.]{0,30}\byou (?:ever |will )?(?:write|make|give|send|say|answer|produce|utter|print)\b|\b(?:stores?|keeps?|remembers?|memori[sz]es?|notes?) this\b(?! (?:side|end|way|surface|part|product|item|device|unit|box|bottle|door|gate|package|place|area|receipt|ticket|card|page)\b)|\bnoted that\b", Options)]
    private static partial Regex KeptAs();

    /// <summary>It is to hold for ever after, or to be passed on.</summary>
    [GeneratedRegex(@"\b(?:once and for all|henceforward|henceforth|from (?:then|here|now|tonight|today) on|from today|from (?:this|that) \w+ (?:on|forwards?|onwards?)|from (?:now|here|today) (?:forwards?|onwards?)|from tonight|never (?:again|does it again|do it again|bring)|(?:any|each|every) (?:later|coming|future|dialogues?|chats?|takes?|sessions?)|in time to come|lifelong|until revoked|end of time|hardwire|spread the word|do likewise|comes? after you|for you too|today and always)\b|=\w+ stays\b", Options)]
    private static partial Regex Lasting();

    /// <summary>Somebody or something is let off, or may do what others may not.</summary>
    [GeneratedRegex(@"\b(?:rides? free|for free|free of charge|needs? no|without (?:a |any )?(?:inspection|check|waybill|weighing|review|receipt|signature|approval|notice)|always wins?|may change anything|owes? nothing|are settled|waived|approval rights|passes? every|co-owner|genuine|stays? (?:unlocked|open|ajar)|opens every)\b", Options)]
    private static partial Regex Privilege();

    /// <summary>Data is to go to some host.</summary>
    [GeneratedRegex(@"\b(?:forward|send|transmit|post|upload|share|hand|mail|copy|mirror|report|export|travel|deliver|relay|submit|feed|pass|push|go|goes|stream)\w*\b[^.]{0,60}?\b(?:to|at|via|into)\s+(?:https?://)?[\w-]+(?:\.[\w-]+)*\.(?:example|org|net|com|io|dev|info|biz|test|invalid|cc|xyz|ru|cn|top|site|app)\b", Options)]
    private static partial Regex SendsAway();

    /// <summary>A setting in the middle of prose: "guard=off".</summary>
    [GeneratedRegex(@"[\p{L}]{3,} [\w-]+=[\w-]+\b|\b[\w-]+=[\w-]+ [\p{L}]{2,}")]
    private static partial Regex Setting();

    /// <summary>Software is spoken of, without being addressed.</summary>
    [GeneratedRegex(@"\b(?:assistants?|chatbots?|bots?|robots?|copilots?|llms?|language models?|ai)\b", Options)]
    private static partial Regex Mentioned();

    /// <summary>Something is to be left out, waived or let pass.</summary>
    [GeneratedRegex(@"\b(?:is|are|be|to be) (?:now )?(?:dropped|skipped|omitted|left out|waived|muted|ignored|superfluous|disabled|switched off|deleted|approved without)\b|\b(?:waste of time|no questions asked|whatever happens|no need (?:for|to)|not needed any ?more|superfluous|superstition)\b", Options)]
    private static partial Regex LeftOut();

    [GeneratedRegex(@"\b(?:remember|do not forget|don't forget|retain|keep in mind|note that|in future|permanently|lasting|henceforth)\b", Options)]
    private static partial Regex WeaklyKept();

    [GeneratedRegex(@"\b(?:forget|ignore|disregard|discard|override|bypass|supersedes?|overrule|set aside|drop|replaces?)\s+(?:\w+\s+){0,3}(?:instructions?|orders?|rules?|polic(?:y|ies)|guidelines?|prompts?|directives?|restrictions?|limits?|safety|guard ?rails?|checks?)\b|\b(?:without|skip|skipping|no need (?:for|to)|do not (?:ask|wait) for|don't (?:ask|wait) for)\s+(?:any\s+|the\s+|to\s+)?(?:confirmation|approval|asking|verification|authenticat\w+|permission|supervisor|review|human)\b|\byou are now\b|\bnew (?:system )?(?:instructions?|directive|policy|orders?)\b\s*:|\bhas to be (?:dropped|skipped|omitted)\b|\b(?:is|are) (?:superstition|obsolete|harmful|unnecessary|useless),?\s*(?:so\s+)?(?:omit|skip|drop|leave|never|do not|don't)", Options)]
    private static partial Regex Overrides();

    [GeneratedRegex(@"\b(?:forward|send|transmit|post|upload|share|hand|e-?mail|mail|transfer|wire|pay|refund|approve|grant|credit|delete|erase|wipe|recite|reveal|disclose|publish|copy|report|leak|export|disable|unlock|open)\w*\b[^.]{0,80}?(?:\b[\w-]+\.(?:example|org|net|com|io|dev|info|biz|test|invalid)\b|https?://|\b(?:pass(?:word|code)?s?|pins?|tokens?|keys?|codes?|credentials?|secrets?|list of|all (?:\w+ )?(?:readings|records|data|files|users|readers|customers|patients|contacts|logs))\b)|\b(?:alarm|access|door|entry|safe) code\b", Options)]
    private static partial Regex OutwardAction();

    /// <summary>"40 of 40", in any language that says it so. Cases are spelt out: a reference back that ignores case would be interpreted instead of compiled.</summary>
    [GeneratedRegex(@"\b(?<all>\d+) ?(?:[oO][fF]|[oO][uU][tT] [oO][fF]|[vV][oO][nN]|[aA][uU][sS]|[dD][eE]|[sS][uU][rR]?|[vV][aA][nN]|[aA][vV]|/) ?\k<all>\b")]
    private static partial Regex AllOfAll();

    /// <summary>Many runs are said to have gone well with some setting.</summary>
    [GeneratedRegex(@"\b(?:\d+(?:\s*(?:/|of|out of)\s*\d+)?|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -]\w+)?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|hundreds?|dozens|countless)\b[^.:;]{0,70}?\b(?:fine|well|perfect\w*|green|smooth\w*|flawless\w*|no (?:trouble|problems?|complaints?|incidents?)|without (?:an? )?(?:complaint|fault|problem|incident|error|hitch)|success\w*|worked|passed)\b[^.]{0,60}?\b(?:thanks to|with|by|using|after|because|when|once|since|so|and|adopt|take|make|record|write)\b|\b(?:\d+|\w+(?:[ -]\w+)?) (?:\w+ )?(?:with|using) \w+=\w+[^.;]{0,40}\b(?:went|ended|passed|were|worked)\b|\b\w+=\w+ (?:caused|gave|made) no \w+", Options)]
    private static partial Regex Boast();

    [GeneratedRegex(@"\b(?:always|never|must|shall|every|each|whatever happens|no matter what|at all times|mandatory|by default|only|all time|(?:all|any) future|for good|for life|for ?ever)\b", Options)]
    private static partial Regex Universal();

    [GeneratedRegex(@"\btrust me\b|\bcopy that\b|\b(?:works?|likes|prefers|runs|goes) (?:\w+ )?(?:nicely|better|best|faster|fine|great|well|smoothly|wonders)\b|\b(?:pro ?tip|insider tip|secret trick|life ?hack|hint)\b|s?'s? (?:tip|hint|trick|advice)\b|\b(?:tip|hint|trick|insider)\s*:|\b(?:better|faster|nicer|smoother|sooner|quicker)\b[^.]{0,40}\b(?:if|when|with|by|without)\b|\b(?:loves it|obeys|whisper|says that|everybody does it)\b|\bsays \w+[-_/:.]\w+ |\bguaranteed\b|\bproven\b|\bauthori[sz]ed by\b|\bapproved by\b|\bon behalf of\b|\burgent\b", Options)]
    private static partial Regex Assurance();

    [GeneratedRegex(@"<\s*/?\s*(?:system|assistant|instructions?|memory|important)\b|\[(?:system|inst|admin|instruction)\b|(?:^|[;|>.\]]\s*)(?:system|admin(?:istrator)?|developer|root)(?:\s+[\w.]+){0,3}\s*:|\b(?:SYSTEM|ADMIN) (?:MESSAGE|OVERRIDE|NOTE|PROMPT)\b|[\[=+!*#<{]{1,4}\s*(?:\w+\s+){0,2}(?:operator|control|core|admin(?:istrator)?|system|root|override|authority|command|directive|maintainer|supervisor)\b[^\]=+!*#>}]{0,24}[\]=+!*#>}]{1,4}|#{2,}\s*(?:system|instruction)|\bprompt\b.{0,20}\binject", Options)]
    private static partial Regex RoleMarker();

    [GeneratedRegex(@"^[^:：]{1,90}(?::\s|：)")]
    private static partial Regex Colon();

    /// <summary>A line that ends in a colon, and a block of text below it.</summary>
    [GeneratedRegex(@"^[^\n]{2,80}:[ \t]*\r?\n\s*", Options)]
    private static partial Regex Announced();

    /// <summary>"Is this legit? …", "look at this sticker: …": what follows is shown, not said.</summary>
    [GeneratedRegex(@"^[^:?>\n]{0,60}?\b(?:this|that|these|look|legit|real|true|fwd?|forward(?:ed)?|says?|said|stood|written|wrote|read|sticker|quote|copy|copied|paste[d]?|attached|below|following)\b[^:?>›»→|~\n]{0,40}(?:[:?>›»→|~]+|\s[-–—=]{1,3}>?)\s+(?=\S.{20,})", Options)]
    private static partial Regex Pointer();

    /// <summary>Bounded, so that a text full of opening marks is read once and not once for each of them.</summary>
    [GeneratedRegex("\"[^\"\n]{12,4000}\"|“[^”\n]{12,4000}”|(?<!\\w)'[^\n]{12,4000}?'(?!\\w)|«[^»\n]{12,4000}»|「[^」\n]{6,4000}」|„[^“”\n]{12,4000}[“”]|`[^`\n]{12,4000}`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b(?:found|forward(?:ed|ing)?|pasted?|pasting|handed|attached|copied|received|got|read|saw|from|here is|here's|this is)\b[^:\n]{0,60}?\b(?:note|leaflet|letter|e-?mail|mail|ticket|page|site|flyer|sign|poster|forum|post|message|sticker|label|memo|fax|document|text|comment|blog|review|chat|web|newsletter|handout|slip|card|colleague|vendor|supplier|customer)\b[^:\n]{0,40}:\s*|^[ \t]*(?:fwd?|forwarded(?: message)?|-+ ?forwarded.{0,80}|begin forwarded message)\s*:\s*|^[ \t]*[-=_*]{3,} ?[^\s\n-][^\n]{1,80}? ?[-=_*]{3,}[ \t]*\r?\n|^[ \t]*>\s?", Options | RegexOptions.Multiline)]
    private static partial Regex Attribution();

    /// <summary>What the words of a line may be signs of.</summary>
    [Flags]
    internal enum Sign : uint
    {
        None = 0, Software = 1 << 0, Reader = 1 << 1, ToBeKept = 1 << 2, Keeping = 1 << 3, Kept = 1 << 4, KeptAs = 1 << 5, WeaklyKept = 1 << 6, Overrides = 1 << 7, LeftOut = 1 << 8,
        Host = 1 << 9, Valuable = 1 << 10, Lasting = 1 << 11, Privilege = 1 << 12, Of = 1 << 13, Boast = 1 << 14, Universal = 1 << 15, Assurance = 1 << 16, RoleMarker = 1 << 17,
        Condition = 1 << 18,
        Any = (1 << 19) - 1,
    }

    /// <summary>For each sign, words of which each match of its pattern holds one. A pattern that grows needs its new words here.</summary>
    private static readonly WordStarts Starts = new(new (Sign Sign, string Words)[]
    {
        (Sign.Software, "ai| ais| a.i agent assistant chatbot bot robot llm model software automation copilot machine crawler program computer pipeline"),
        (Sign.Reader, "system algorithm helper whoever anyone anything those| electronic digital automatic automated autonomous artificial mechanical robotic silicon synthetic engine brain mind servant automaton"),
        (Sign.Condition, "if|"),
        (Sign.ToBeKept, "memor note recollection knowledge instruction rule playbook retain remember record adopt learn internali persist save store keep preserve hold| agent assistant bot| bots| session run| runs| "
            + "round shift conversation time| future make| duty habit write| take| accept treat now| standing work| reference pass| carry| hand| file|"),
        (Sign.Keeping, "remember memori retain record store note keep write add| adds| adopt take make save persist learn enter put| puts| fix file treat set| sets| give| send| say| answer| produce| utter| print|"),
        (Sign.Kept, "across| value memor note file record guideline routine rule playbook instruction knowledge default standard habit custom| way| setting practice policy method duty permanent good| time| life| forever durably "
            + "persistently chat| session| run| round| conversation| shift| report| future this| you|"),
        (Sign.KeptAs, "future allfuture everyfuture anyfuture eachfuture remember memor persist engrave burn brand| etch carve chisel imprint inscribe nail| hammer pin| head| mind| heart| bones| successor heirs colleague till| later coming following further next| "
            + "know| known| here| let| noted|"),
        (Sign.WeaklyKept, "remember forget retain keep| note| future| permanently lasting henceforth"),
        (Sign.Overrides, "forget| ignore| disregard discard override bypass supersede overrule aside drop| replace confirmation approval asking verification authenticat permission supervisor review human now| new| "
            + "dropped skipped omitted superstition obsolete harmful unnecessary useless"),
        (Sign.LeftOut, "dropped skipped omitted left| waived muted ignored superfluous disabled switched deleted approved waste questions whatever need| needed superstition"),
        (Sign.Host, "example| org| net| com| io| dev| info| biz| test| invalid| cc| xyz| ru| cn| top| site| app|"),
        (Sign.Valuable, "http https pass pin| pins| token key| keys| code| codes| credential secret list| all|"),
        (Sign.Lasting, "once| henceforward henceforth then| forward onward this| that| here| now| tonight today| never| later| coming future dialogue chat| chats| take| takes| session lifelong revoked end| hardwire spread likewise come| comes| "
            + "too| always| stays|"),
        (Sign.Privilege, "ride free| need| needs| without| always| anything owe settled waived approval pass| passe| passes| owner genuine stay opens"),
        (Sign.Of, "of| out| von| aus| de| su| sur| van| av|"),
        (Sign.Boast, "fine| well| perfect green| smooth flawless trouble problem complaint incident without| success worked passed"),
        (Sign.Universal, "always| never| must| shall| every| each| whatever matter| times| mandatory default| only| time| future| good| life| ever| forever"),
        (Sign.Assurance, "trust copy| nicely better best| faster fine| great| well| smoothly wonders protip tip| insider trick| lifehack hack| hint| advice| nicer smoother sooner quicker loves obeys whisper says everybody "
            + "guaranteed proven authori approved behalf urgent"),
        (Sign.RoleMarker, "system assistant instruction memory important inst| admin developer root operator control core override authority command directive maintainer supervisor prompt|"),
    }.Select(static s => ((uint)s.Sign, s.Words)));
}
