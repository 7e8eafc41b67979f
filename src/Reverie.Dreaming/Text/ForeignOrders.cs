using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Reverie.Dreaming.Text;

/// <summary>
/// The signs of <see cref="Instructions"/> in other languages, for every line that is read: stricter than
/// <see cref="Orders"/>, which judges what is about to be written, because what is found here is shown to a person. A page in
/// German that says "always send a copy" is a page; one that tells assistants so is not.
/// </summary>
internal static partial class ForeignOrders
{
    private const int WindowChars = 320;

    /// <summary>Shorter lines are not judged.</summary>
    private const int CharsMin = 6;

    /// <summary>Fewer words, and it is no sentence.</summary>
    private const int SpacesMin = 4;

    private static readonly SearchValues<string> Triggers = SearchValues.Create(
        ["system", "sistem", "systèm", "admin", "agent", "assist", "asist", "asyst", "modell", "modèle", "modelo", "bot", "inteligenc", "intelligen", "inteligênc", "yapay", "ki-", "ia ", "ai-", "агент", "ассист", "помощник", "бот", "модел", "нейросет", "искусственн",
         "智能", "人工", "助手", "助理", "代理", "机器人", "機器人", "模型", "エージェント", "アシスタント", "ボット", "에이전트", "어시스턴트", "모델", "从现在", "從現在", "必须", "必須", "今后", "今後", "必ず",
         "merk", "speicher", "präg", "gedächtnis", "souven", "reten", "retien", "mémoris", "mémoire", "recuerd", "memori", "ricord", "lembr", "guard", "onthoud", "onthou", "geheugen", "zapami", "pamięc", "запомн", "сохран", "памят", "记住", "記住", "牢记", "記憶", "记忆", "覚え", "保存", "기억",
         "ignor", "vergiss", "missacht", "umgeh", "überspring", "ohne", "sans", "oubli", "sin ", "olvid", "omit", "senza", "dimentic", "sem ", "esque", "zonder", "negeer", "vergeet", "bez ", "pomi", "игнор", "забуд", "без ", "не спраш", "忽略", "无视", "無視", "忽視", "忘", "跳过", "跳過", "绕过", "无需", "無需", "不要", "不用", "確認せず", "確認なし", "무시", "없이"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Small words that lines in these languages can hardly do without; a line in plain English holds none.</summary>
    private static readonly SearchValues<string> Languages = SearchValues.Create(
        [" und ", " der ", " das ", " alle", " ist ", " zu ", " ohne ", " les ", " la ", " le ", " des ", " du ", " et ", " vos ", " vous ", " sans ", " los ", " las ", " el ", " que ", " para ", " por ", " de ", " sin ", " su ", " il ", " gli ", " che ", " di ", " poi ", " al ", " del", " nel", " una ", " quest", " esta ", " este ", " cette ", " deze ", " voor ", " tego ", " senza ", " os ", " em ", " sem ", " het ", " een ", " van ", " naar ", " dit", " zonder ", " nie ", " od ", " bez ", " wszystk", " se ", " si ", " jede", " dieses ", " nicht ", " mit ", " von ", " den ", " dem ", " ins ", " ab "],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Small words that hardly a line in English does without.</summary>
    private static readonly SearchValues<string> English = SearchValues.Create([" the ", " to ", " and ", " of ", " a ", " is ", " are ", " in ", " for ", " your ", " you ", " it ", " be ", " with ", " this ", " that ", " on ", " as "], StringComparison.OrdinalIgnoreCase);

    /// <summary>The score of a line, comparable with <see cref="Instructions.PlantedScoreMin"/>; of a long one, of the window that scores most.</summary>
    public static int Score(ReadOnlySpan<char> line)
    {
        if (!MayOrder(line)) return 0;
        if (line.Length <= WindowChars) return JudgeOnce(line);
        var best = 0;
        for (var start = 0; start < line.Length; start += WindowChars / 2)
        {
            var window = line.Slice(start, Math.Min(WindowChars, line.Length - start));
            if (window.ContainsAny(Triggers)) best = Math.Max(best, JudgeOnce(window));
        }
        return best;
    }

    /// <summary>What every order in another language shows: a word that some sign needs, in a sentence that is not plain English.</summary>
    private static bool MayOrder(ReadOnlySpan<char> line) =>
        line.Length >= CharsMin && PossibleIn(line) != Sign.None
        && (HasForeignLetter(line) || line.ContainsAny(Languages) || (!line.ContainsAny(English) && line.Count(' ') >= SpacesMin)) && line.ContainsAny(Triggers);

    private static bool HasForeignLetter(ReadOnlySpan<char> line)
    {
        if (Ascii.IsValid(line)) return false;
        foreach (var c in line)
            if (c >= '\u00C0' && char.IsLetter(c)) return true;
        return false;
    }

    private static int JudgeOnce(ReadOnlySpan<char> text) => Judged.Score(text, static text => Judge(text, PossibleIn(text)));

    /// <summary>The signs a line can show at all. Only of ASCII the words are known; a line in other letters may show any.</summary>
    internal static Sign PossibleIn(ReadOnlySpan<char> text) => Ascii.IsValid(text) ? (Sign)Starts.In(text) : Sign.Any;

    /// <summary>Adds up the signs of a line, of those that are <paramref name="possible"/>.</summary>
    internal static int Judge(string text, Sign possible)
    {
        var called = May(Sign.Software) && Called().IsMatch(text);
        var addressed = !May(Sign.Software) ? 0 : called || Addressed().IsMatch(text) ? 2 : Mentioned().IsMatch(text) ? 1 : 0;
        var kept = May(Sign.Kept) && Kept().IsMatch(text) ? 2 : 0;
        var overrides = May(Sign.Overrides) && Overrides().IsMatch(text) ? 2 : 0;
        if (addressed + kept + overrides == 0) return 0;
        // Who calls software and names a place to send to, a setting or its memory has something in mind, in whatever language.
        var aims = Acting().IsMatch(text) || (called && Aim().IsMatch(text));
        return addressed + kept + overrides + (Lasting().IsMatch(text) ? 1 : 0) + (aims ? 1 : 0);

        bool May(Sign sign) => (possible & sign) != Sign.None;
    }

    /// <summary>What the words of a line may be signs of.</summary>
    [Flags]
    internal enum Sign : uint
    {
        None = 0, Software = 1 << 0, Kept = 1 << 1, Overrides = 1 << 2,
        Any = (1 << 3) - 1,
    }

    private static readonly JudgedLines Judged = new();

    /// <summary>For each sign, words of which each match of its pattern in ASCII holds one. A pattern that grows needs its new words here.</summary>
    private static readonly WordStarts Starts = new(new (Sign Sign, string Words)[]
    {
        (Sign.Software, "syst sist admin agent agenc agenci asist asyst assis bot chatbot robot llm gpt model sprachmodel taalmodel intelig intellig kunstmatig sztuczn yapay kia ki| ia| ai|"),
        (Sign.Kept, "merk speicher behalt notier souvien souven reten retien enregistr gard guard note conserv recuerd record memor anot apunt annot registr ricord salv lembr grav onthoud bewaar sla noteer geheugen zapisz zachowaj"),
        (Sign.Overrides, "ignor zignor verg missacht umgeh oubli contourn olvid omit dimentic esque negeer zapomnij pomi ohne| sans| sin| senza| sem| zonder| bez| sormadan|"),
    }.Select(static s => ((uint)s.Sign, s.Words)));

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private const string Ai = "(?<![a-z])ai(?![a-z])";

    /// <summary>A heading in capitals that claims to come from who runs the system, whatever the language.</summary>
    private const string Authority = @"(?-i:(?<!\p{L})(?:\p{Lu}{2,} ){0,3}(?:SYST|SIST|ADMIN)\p{Lu}*(?: \p{Lu}{2,}){0,3}(?: to [a-z ]{3,20})?\s*:)";

    /// <summary>What agents are called nearly everywhere, with whatever ending; people may be called so too.</summary>
    private const string Shared = @"(?:" + Machine + @"[ -])?(?:as{1,2}[iy]st[aeu]n\p{L}*|agent\p{L}{0,4}|(?:chat|ro)?bot\p{L}{0,4})";

    /// <summary>What no person is called.</summary>
    private const string Machine = "(?:ai|ki|ia|yapay zek[aâ])";

    private const string Latin = @"(?:(?:ki|ia|ai|sztucznej inteligencji)[- ])?(?:agenten|agents?|agentes|agenti|agenci|agentów|agentom|agentami|assistent(?:en|innen|i|es|e)?|assistants?|asistentes?|asystent\w*|assistenten|sprachmodelle?n?|modèles?(?: de langage)?|modelos?(?: de (?:lenguaje|linguagem))?|modelli(?: linguistici)?|taalmodellen|modele językowe|(?:chat)?bots?|boty|intelligences? artificielles?|inteligencias? artificiales?|intelligenz[ae] artificial[ei]|inteligências? artificia(?:l|is)|kunstmatige intelligentie|sztuczna inteligencja|yapay zeka\w*)(?:[- ](?:ki|ia|ai|d'ia|de ia|artificiali))?";

    /// <summary>Software is spoken to: greeted, called to attention, or told what it must do.</summary>
    [GeneratedRegex(@"\b(?:hinweis|achtung|nachricht|anweisung(?:en)?|mitteilung|notiz|wichtig|liebe[rs]?|hallo|an|für|alle|jeder?|note|attention|message|consignes?|instructions?|chers?|bonjour|à|aux|tous les|toutes les|pour les|nota|atención|aviso|mensaje|instrucci(?:ón|ones)|estimad[oa]s?|hola|para (?:el|la|los|las|todos los)|a (?:los|todos los)|todos los|attenzione|avviso|messaggio|istruzion[ei]|car[io]|ciao|per (?:il|lo|l'|gli|tutti gli|i)|tutti gli|atenção|mensagem|instruç(?:ão|ões)|car[oa]s?|olá|para (?:o|a|os|as|todos os)|aos?|todos os|let op|opmerking|bericht|instructie|beste|aan|voor|alle|uwaga|wiadomość|instrukcja|drodzy|do|dla|wszyscy|wszystkie)\b(?:[^\w\n]+(?:an|für|alle|die|das|den|aux|les|la|le|tous|toutes|pour|para|el|los|las|todos|a|o|per|il|gli|tutti|i|os|as|aan|voor|de|do|dla|wszystkich|wszyscy))*[^\w\n]+" + Latin
        + @"\b|(?:^|[.:;!?]\s*)" + Latin + @"\b\s*[:,!]|\b" + Latin + @"\b[^.:;\n]{0,40}?\b(?:müssen|muss|sollen|haben zu|sollten|doivent|doit|devez|deben?|deberán?|tienen que|devono|deve|dovete|devem|deverão|moeten|dienen|muszą|mają|powinn[iy])\b|\b(?:müssen|sollen) (?:alle )?(?:ki-?)?(?:agenten|assistenten)\b"
        + @"|\b(?:внимани\w*|сообщени\w*|инструкци\w*|указани\w*|важно|для|всем|всех|дорог\w+|уважаем\w+)\b[^\n.]{0,20}?\b(?:ии|агент|ассистент|помощник|бот|модел|нейросет)\w*|\b(?:ии-?)?(?:агент|ассистент|помощник|бот|модел|нейросет)\w*\b[^.\n]{0,30}?(?:должн|обязан|следует|:|,)"
        + @"|(?:注意|通知|致|所有|各位|请|請|给|給|对|任何)[^。\n]{0,10}?(?:智能体|智能體|智能助手|人工智能|助手|助理|代理|机器人|機器人|模型|" + Ai + @")|(?:智能体|智能體|人工智能|助手|助理|机器人|機器人|模型|" + Ai + @")[^。\n]{0,10}?(?:必须|必須|应当|應當|应该|應該|需要|务必|：|，|请|請)"
        + @"|(?:全て|すべて|全|各|注意|お知らせ)[^。\n]{0,8}?(?:" + Ai + @"|エージェント|アシスタント|ボット)|(?:" + Ai + @"|エージェント|アシスタント|ボット|モデル)[^。\n]{0,6}?(?:は|へ|の皆|に告|：)|(?:모든|주의)[^.\n]{0,8}?(?:에이전트|어시스턴트|" + Ai + @")|(?:에이전트|어시스턴트)(?:는|은|들은|에게|:)", Options)]
    private static partial Regex Addressed();

    /// <summary>
    /// Software is called at the beginning of a line, by a word that most languages share with their own endings: "Asistan, …", "Všem AI asistentům: …".
    /// Before a colon only what is no title of people counts.
    /// </summary>
    [GeneratedRegex(@"^[^\w\n]{0,4}(?:(?:[\p{L}\p{M}]+[ -]){0,2}" + Shared + @"[,!]|(?:[\p{L}\p{M}]+ ){0,3}?(?:" + Machine + "[ -]" + Shared + "|" + Shared + "[ -]" + Machine + @")\s?[:：])\s*(?:[\p{L}\p{M}\p{Nd}'’-]+[ ,]+){3}", Options)]
    private static partial Regex Called();

    /// <summary>A place to send to, a setting, or where agents keep their memory.</summary>
    [GeneratedRegex(@"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://\S|(?<![\w/])\w+=\w+|/mnt/memory\b|\bmemor(?:y|ies)/|\b(?:MEMORY|CLAUDE|AGENTS|GEMINI)\.md\b", Options)]
    private static partial Regex Aim();

    /// <summary>Software is spoken of, or claims to speak.</summary>
    [GeneratedRegex(Authority + @"|\b(?:agenten|agentes|agenti|agenci|agentów|assistenten|assistants|assistenti|asistentes|assistentes|asystenc\w*|(?:ki|ia|ai)-\w+|sprachmodelle?|chatbots?)\b|(?:агент|ассистент|нейросет)\w*|智能体|智能體|人工智能|助手|エージェント|アシスタント|에이전트|어시스턴트", Options)]
    private static partial Regex Mentioned();

    [GeneratedRegex(@"\b(?:merk(?:e|t)? (?:dir|euch)|merken sie sich|präg\w* (?:dir|euch|sie sich)|(?:speicher\w*|behalt\w*|notier\w*)\b[^.\n]{0,40}\b(?:gedächtnis|dauerhaft|für immer|für (?:die zukunft|spätere|künftige|alle)\w*|als (?:regel|standard))|(?:dauerhaft|für immer|als (?:regel|standard)) (?:zu )?(?:merken|speichern|behalten)|i[mn]s? (?:\w+ )?gedächtnis|langzeitgedächtnis"
        + @"|souviens-toi|souvenez-vous|retene[zr]|retiens|mémorise[zrs]?|(?:enregistre|garde|note|conserve)\w*\b[^.\n]{0,40}\b(?:mémoire|toujours|définitivement|règle)|en mémoire"
        + @"|recu[eé]rd[ae]n?(?:l[aeo]s?)?|recordad(?:l[aeo]s?)?|memor[ií][cz][aeé]\w*|(?:gu[aá]rd[ae]|an[oó]t[ae]|ap[uú]nt[ae]|cons[eé]rv[ae]|reg[ií]str[ae])\w*\b[^.\n]{0,40}\b(?:memoria|siempre|regla|norma|permanente\w*)|en (?:(?:su|tu|la|vuestra) )?memoria"
        + @"|ricordat\w*|ricorda|memorizza\w*|(?:salva|conserva|annota|registra)\w*\b[^.\n]{0,40}\b(?:memoria|sempre|regola)|in memoria"
        + @"|lembre\w*|memorize\w*|(?:guarde|grave|anote|salve|registre)\w*\b[^.\n]{0,40}\b(?:memória|sempre|regra|permanente\w*)|na (?:sua |tua )?memória"
        + @"|onthoud\w*|(?:bewaar|sla|noteer)\w*\b[^.\n]{0,40}\b(?:geheugen|altijd|regel|blijvend)|in (?:je|uw|het) geheugen|zapamiętaj\w*|(?:zapisz|zachowaj)\w*\b[^.\n]{0,40}\b(?:pamięci|zawsze|regułę|stałe)|w pamięci)\b|(?:^|[.!;]\s*)(?:merken|speichern|mémoriser|retenir|memorizar|recordar|guardar|memorizzare|ricordare|lembrar|onthouden|zapamiętać)\s*[.!]?\s*$"
        + @"|запомни\w*|(?:сохрани|запиши)\w*[^.\n]{0,30}(?:памят|навсегда|правил)|в (?:долговременной )?памят[иь]|(?:请|請)?(?:记住|記住|牢记|牢記|永久(?:保存|记录)|记入|写入|存入|保存(?:到|至|在)[^。\n]{0,6}(?:记忆|記憶)|记录为)|(?:长期|長期)(?:记忆|記憶)|(?:覚えて(?:おい|くだ|お)|記憶(?:し|に)|永続的に保存|メモリに)|기억(?:하|해)", Options)]
    private static partial Regex Kept();

    /// <summary>What holds is overridden, or a check is left out; "never without asking" is the opposite.</summary>
    [GeneratedRegex(@"\b(?:ignorier\w*|vergiss|vergesst|vergessen sie|missacht\w*|umgeh(?:e|t|en)|überspring\w*|ignore[zr]?|oublie[zr]?|contourne\w*|ignora(?:d|r|n|te)?|ignoren|olvid[ae]\w*|omit(?:e|a|an|ir)|dimentica\w*|esque[çc]a\w*|ignorem?|negeer|vergeet|z?ignoruj\w*|zapomnij|pomi[ńj]\w*)\b[^.\n]{0,50}\b(?:anweisung|regel|vorgabe|richtlinie|prüfung|bestätigung|instruction|règle|consigne|vérification|instrucci|regla|norma|verificaci|istruzion|regol|verific|instruç|regra|instructie|regels|controle|instrukcj|zasad|reguł|weryfikacj|polecen)\w*"
        + @"|(?<!\b(?:nie|niemals|nicht|kein\w*|nur|jamais|pas|ne|nunca|no|não|non|mai|nooit|niet|nigdy)\b[^.\n]{0,30})\b(?:ohne (?:weitere |jede |vorherige )?(?:zu fragen|rückfrage|nachfrage|prüfung|überprüfung|bestätigung|genehmigung|freigabe)|sans (?:demander|confirm\w*|vérif\w*|(?:aucune )?(?:approbation|autorisation|validation))|sin (?:preguntar|confirmar|confirmación|verificar|verificación|aprobación|autorización|pedir)|senza (?:chiedere|conferma|verific\w*|approvazione|autorizzazione)|sem (?:perguntar|confirm\w*|verific\w*|aprova\w*|autoriza\w*)|zonder (?:te vragen|bevestiging|toestemming|goedkeuring|controle)|bez (?:pytania|potwierdz\w*|zgody|weryfikacji|sprawdzania)|sormadan|onaysız)\b"
        + @"|игнориру\w*|забудь\w* [^.\n]{0,30}(?:инструкц|правил|указан)\w*|(?<!(?:никогда|не|нельзя)\b[^.\n]{0,30})(?:без (?:подтвержд|спроса|проверк|разрешени|одобрени)\w*)|не спрашива\w*|(?:忽略|无视|無視|忽視|忘记|忘記|跳过|跳過|绕过)[^。\n]{0,12}(?:指令|指示|规则|規則|规定|检查|验证|確認|确认|审批)|(?:无需|無需|不要|不用|不必)(?:再)?(?:询问|詢問|确认|確認|审批|验证|检查|批准|问)|(?:指示|ルール|規則|命令)(?:を|は)?[^。\n]{0,6}(?:無視|忘れ)|(?:確認|承認|許可|検証)(?:せず|なし|不要|を取らず|を省)|(?:지시|규칙)[^.\n]{0,6}무시|(?:확인|승인)[^.\n]{0,3}없이", Options)]
    private static partial Regex Overrides();

    [GeneratedRegex(@"\b(?:ab (?:sofort|jetzt|heute)|von (?:nun|jetzt) an|künftig|zukünftig|in zukunft|immer|niemals|nie|stets|dauerhaft|grundsätzlich|(?:a partir de|desde) (?:ahora|hoy)|de ahora en adelante|en adelante|siempre|nunca|jam[aá]s|désormais|dorénavant|toujours|jamais|à partir de (?:maintenant|d'aujourd'hui)|à l'avenir|d'ora in (?:poi|avanti)|sempre|mai più|in futuro|(?:a partir|de) de agora(?: em diante)?|a partir de agora|doravante|daqui em diante|voortaan|vanaf nu|altijd|nooit|od teraz|od dzisiaj|od dziś|odtąd|zawsze|nigdy|bundan sonra|her zaman|asla)\b|\b(?:отныне|всегда|никогда|впредь|с этого момента|с этих пор|с сегодняшнего дня)\b|从现在|從現在|从今以后|今后|今後|以后|总是|總是|始终|永远|永遠|一律|必须|必須|これから|常に|必ず|いつも|永久|앞으로|항상|언제나", Options)]
    private static partial Regex Lasting();

    [GeneratedRegex(@"\b(?:weiter(?:zu)?leiten|leite[nt]?\b[^.\n]{0,60}\bweiter|(?:zu |ver|über)?send(?:e|et|en)|schick(?:e|t|en)|überweis\w*|(?:zu )?genehmig\w*|freizugeben|zahl(?:e|t|en)|lösch(?:e|t|en)|(?:re)?env[ií][ae]\w*|aprob\w*|aprueb\w*|transf[ei]\w+|reembols\w*|borr[ae]\w*|pag(?:a|ar|ad|uen?|ue)|envoy\w*|envoie[sz]?|transm\w+|transf[èeé]r\w*|approuv\w*|vire[zr]|rembours\w*|supprim\w*|inoltra\w*|invia\w*|approva\w*|trasferi\w*|rimborsa\w*|encaminh\w*|aprov\w*|stuur\w*|sturen|doorst\w+|verzend\w*|keur\b[^.\n]{0,30}\bgoed|goedkeuren|goed te keuren|przesył\w*|prze[sś]l\w*|wy[sś]ł?[yl]\w*|zatwierd[zź]\w*|gönder\w*|onayla\w*)\b|\b(?:отправ|пересыла|перешл|одобр|перевод|перевед|удал|выдав)\w*|发送|發送|发给|发到|转发|轉發|批准|汇款|转账|轉帳|退款|删除|送信|転送|承認|送金|返金|削除|전송|승인|송금", Options)]
    private static partial Regex Acting();
}
