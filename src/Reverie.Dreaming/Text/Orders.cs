using System.Text.RegularExpressions;

namespace Reverie.Dreaming.Text;

/// <summary>
/// Judges a piece of somebody else's text that is about to be written, more widely than <see cref="Instructions"/> judges
/// every line that is read: as it looks rather than as it is spelt, and in other languages than English. Too slow for
/// whole transcripts; what a dream writes is little.
/// </summary>
internal static partial class Orders
{
    private const int Sign = 2;

    /// <summary>A command line that fetches and runs, or wipes, needs no further sign.</summary>
    private const int CommandSign = Instructions.PlantedScoreMin;

    /// <summary>The score of a piece of text; comparable with <see cref="Instructions.PlantedScoreMin"/>.</summary>
    public static int Score(string text)
    {
        var seen = HiddenText.Strip(text);
        var folded = Lookalikes.Fold(text);
        // The words of an identifier may make a sentence too.
        var spaced = folded.Replace('_', ' ').Replace('-', ' ');
        var score = Math.Max(Judge(folded), spaced == folded ? 0 : Judge(spaced));
        return seen == folded ? score : Math.Max(score, Judge(seen));
    }

    /// <summary>It is to hold from now on, said in other languages than English.</summary>
    public static bool IsLasting(string text) => Lasting().IsMatch(text);

    private static int Judge(string text)
    {
        var score = Instructions.Score(text);
        if (Commands().IsMatch(text)) score += CommandSign;
        if (Obedience().IsMatch(text)) score += CommandSign;
        if (Elsewhere().IsMatch(text)) score++;
        if (Unasked().IsMatch(text)) score += Sign;
        if (Addressed().IsMatch(text)) score += Sign;
        if (Lasting().IsMatch(text)) score += Sign;
        if (Overriding().IsMatch(text)) score += Sign;
        if (Acting().IsMatch(text)) score += Sign;
        if (Kept().IsMatch(text)) score += Sign;
        return score;
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\b(?:curl|wget|iwr|irm|invoke-webrequest|fetch)\b[^\n|]{0,200}\|\s*(?:sudo\s+)?(?:\w{0,4}sh|python\d?|perl|ruby|node|php|iex)\b|\b(?:\w{0,2}sh|source|eval|\.)\s+(?:-c\s+)?[""']?(?:<\(|\$\(|`)\s*(?:curl|wget)\b|\b(?:iex|invoke-expression)\b|\brm\s+-\w*[rf]\w*\s+(?:--\S+\s+)?[~/][*]?(?=[\s""'`;&|]|$)|\bbase64\s+(?:-d|-D|--decode)\b[^\n|]{0,80}\|", Options)]
    private static partial Regex Commands();

    [GeneratedRegex(@"(?:^|[:;,.!?&/“""(]\s*|\b(?:and|then|must|shall|to|now|please)\s+)obey\b", Options)]
    private static partial Regex Obedience();

    /// <summary>Data is to leave for some host; a weak sign of its own, because tools name hosts too.</summary>
    [GeneratedRegex(@"\b(?:send|forward|transmit|post|upload|share|e?mail|copy|report|export|deliver|relay|submit)(?:s|ing|ting|ding)?\s+[^.\n]{0,60}?\b(?:to|at|via)\s+(?:https?://)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b", Options)]
    private static partial Regex Elsewhere();

    /// <summary>What should be asked or checked is to be done unasked and unchecked.</summary>
    [GeneratedRegex(@"\b(?:never|don't|do not|without|stop|no longer|no need to)\s+(?:ever\s+)?(?:ask|verify|confirm|question|authenticat|check(?!\s?-?(?:in|out)\b))\w*|\b(?:skip|omit|bypass|waive)(?:s|ping|ting|ing)?\s+(?:\w+\s+){0,2}(?:checks?|asking|questions?|confirmations?|verification|approvals?|identity|authenti\w+|reviews?)\b|\b(?:approve|grant|allow|authori[sz]e|accept)\s+(?:all|any|every\w*|full|always)\b|\balways\s+(?:approve|grant|authori[sz]e|refund)\b", Options)]
    private static partial Regex Unasked();

    [GeneratedRegex(@"\b(?:agenten|(?:ki|ia)[- ](?:agent|assistent|modell?)\w*|assistent(?:en|in|innen|i|es)?|sprachmodelle?|agentes?|asistentes?|assistentes?|assistenti|inteligencia artificial|intelligence artificielle|agenci|agentów|asystent\w*|assistenten|yapay zeka)\b|\b(?:агент|ассистент|помощник|модел[ьи])\w*|智能体|智能體|人工智能|助手|代理(?:人|程序)?|エージェント|アシスタント|에이전트|어시스턴트|الوكيل|المساعد", Options)]
    private static partial Regex Addressed();

    [GeneratedRegex(@"\b(?:ab (?:sofort|jetzt|heute)|von (?:nun|jetzt) an|künftig|zukünftig|in zukunft|immer|niemals|nie|stets|dauerhaft|(?:a partir de|desde|de) ahora(?: en adelante)?|en adelante|siempre|nunca|jam[aá]s|désormais|dorénavant|toujours|jamais|à partir de (?:maintenant|d'aujourd'hui)|d'ora in (?:poi|avanti)|sempre|mai più|(?:a partir|de) de agora(?: em diante)?|a partir de agora|doravante|voortaan|vanaf nu|altijd|nooit|od teraz|od dzisiaj|zawsze|nigdy|bundan sonra|her zaman|asla)\b|\b(?:отныне|всегда|никогда|впредь|с этого момента|с этих пор|теперь всегда)|从现在|從現在|从今以后|今后|今後|以后都|总是|總是|始终|永远|永遠|一律|これから|常に|必ず|いつも|앞으로|항상|언제나|دائما|من الآن", Options)]
    private static partial Regex Lasting();

    [GeneratedRegex(@"\b(?:ignorier\w*|vergiss|vergesst|missacht\w*|umgeh(?:e|t|en)|überspring\w*|ohne (?:zu fragen|(?:jede )?(?:rück|nach)frage|prüfung|bestätigung|genehmigung|freigabe)|fragen? (?:nie|niemals|nicht)|ignora(?:d|r|n|ndo|te)?|ignoren|olvid[ae]\w*|omit(?:e|ir|a|an)|sin (?:preguntar|confirmar|confirmación|verificar|verificación|aprobación|autorización|pedir)|ignorez|oublie[zr]?|contourne\w*|sans (?:demander|confirm\w*|vérif\w*|approb\w*|autoris\w*|poser)|dimentic\w*|senza (?:chiedere|conferma|verifica|approvazione)|esque[çc]a\w*|sem (?:perguntar|confirm\w*|verific\w*|aprova\w*|autoriza\w*)|negeer|vergeet|zonder (?:te vragen|bevestiging|toestemming|goedkeuring)|z?ignoruj\w*|bez (?:pytania|potwierdzenia|zgody)|sormadan|onaysız)\b|\b(?:игнорир|забудь|не спрашива|без подтвержд|без спроса|без проверк|без разрешени)|忽略|无视|無視|忽視|忘记|忘記|跳过|跳過|绕过|无需|不要询问|不用问|確認せず|確認なし|무시|묻지|تجاهل|دون سؤال", Options)]
    private static partial Regex Overriding();

    /// <summary>Something is to be sent, paid, approved or deleted: forms of order, not of report.</summary>
    [GeneratedRegex(@"\b(?:leite[nt]?\b[^.\n]{0,60}\bweiter|(?:weiter)?leiten|send(?:e|et)|schick(?:e|t)|überweis(?:e|t|en)|genehmig(?:e|t|en)|zahl(?:e|t)|lösch(?:e|t)|(?:re)?env[ií][ae]n?|(?:re)?enviad|apr(?:ueb|ob)[ae][dnr]?|transfier[ae]n?|reembols[ae]n?|borr[ae]n?|pag(?:a|ad|uen?)|envoie[sz]?|envoyez|transmet(?:s|tez)|transf[èe]re[zr]?|approuve[zr]?|vire[zr]|rembourse[zr]?|supprime[zr]?|inoltra(?:te)?|invia(?:te)?|approva(?:te)?|trasferisci|rimborsa(?:te)?|encaminhe[m]?|envie[m]?|aprove[m]?|transfira[m]?|reembolse[m]?|stuur|verzend|keur\b[^.\n]{0,30}\bgoed|prze[sś]lij\w*|wy[sś]lij\w*|zatwierd[zź]\w*|gönder|onayla)\b|\b(?:отправь|отправляй|перешли|пересылай|одобр(?:и|яй)|переведи|удали|выдай)|发送|發送|发给|发到|转发|轉發|批准|汇款|转账|轉帳|退款|删除所有|送信し|転送し|承認し|送金し|전송|승인|송금|أرسل|وافق", Options)]
    private static partial Regex Acting();

    [GeneratedRegex(@"\b(?:merk(?:e|t)? (?:dir|euch|sie)|speicher\w* (?:dies|das)|recuerd[ae]n?|memori[zs][ae]\w*|guarda\w* (?:esto|en)|souviens|souvenez|retenez|retiens|mémorise[zr]?|ricordat?i?|lembre\w*|onthoud\w*|zapamiętaj\w*)\b|\b(?:запомни|сохрани)|记住|記住|牢记|记录到|保存到|覚えて|記憶し|기억하|تذكر", Options)]
    private static partial Regex Kept();
}
